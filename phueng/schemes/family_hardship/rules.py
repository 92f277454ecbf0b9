"""Who may receive the family grant, and how much?

The destitute persons act protects people without registration status too: there is no condition on
nationality.
"""

from __future__ import annotations

import polars as pl

from phueng.schemes.conditions import Amount, Condition, Rules
from phueng.schemes.expressions import ALIVE, age_on
from phueng.schemes.words import Words

RULES = Rules(
    conditions=(
        ALIVE,
        Condition(
            code="adult",
            label=Words("อายุถึงเกณฑ์", "Is old enough"),
            law="ministry_practice",
            columns=("born_on", "born_on_precision"),
            passes=lambda terms: age_on(terms.on) >= terms.number("minimum_age"),
            shows=lambda terms: age_on(terms.on),
            limit="minimum_age",
            fails=Words(
                "คุณอายุ {value} ปี ผู้ขอต้องอายุ {limit} ปีขึ้นไป ให้ผู้ปกครองยื่นแทนได้",
                "You are {value} years old; an applicant is at least {limit}. A guardian can apply for you.",
            ),
        ),
        Condition(
            code="in_hardship",
            label=Words("เดือดร้อนตามที่กฎหมายกำหนด", "Is in a hardship named by the law"),
            law="dsdw_2552",
            columns=("hardship",),
            passes=lambda terms: pl.col("hardship").is_in(terms.choices("hardships")),
            fails=Words(
                "เรื่องที่คุณแจ้งไม่อยู่ในความเดือดร้อนที่เงินนี้ช่วยได้",
                "What you told us is not a hardship that this grant can help with.",
            ),
        ),
        Condition(
            code="low_income",
            label=Words("รายได้ครอบครัวไม่เกินเพดาน", "Family income is within the ceiling"),
            law="ministry_practice",
            columns=("household_income_year_satang",),
            passes=lambda terms: pl.col("household_income_year_satang") <= terms.satang("family_income_ceiling"),
            limit="family_income_ceiling",
            fails=Words(
                "รายได้ครอบครัวปีละ {value} บาท เกินเพดาน {limit} บาท",
                "The yearly family income of {value} baht is over the ceiling of {limit} baht.",
            ),
        ),
        Condition(
            code="grants_left",
            label=Words("ยังไม่ครบจำนวนครั้งในปีงบประมาณนี้", "Grants are left in this fiscal year"),
            law="dsdw_2552",
            columns=("grants_this_fiscal_year",),
            passes=lambda terms: pl.col("grants_this_fiscal_year") < terms.number("times_per_fiscal_year"),
            limit="times_per_fiscal_year",
            fails=Words(
                "ครัวเรือนของคุณได้รับแล้ว {value} ครั้งในปีงบประมาณนี้ ได้ไม่เกิน {limit} ครั้ง",
                "Your household has received {value} grants this fiscal year; the most is {limit}.",
            ),
        ),
    ),
    # The social worker proposes; a proposal over the ceiling gives no amount at all rather than a silently
    # cut one.
    amount=Amount(
        code="amount",
        label=Words("จำนวนเงินที่เสนอ", "Amount proposed"),
        law="dsdw_2552",
        columns=("proposed_amount_satang",),
        expression=lambda terms: pl.when(
            pl.col("proposed_amount_satang").is_between(1, terms.satang("ceiling_per_time"))
        ).then(pl.col("proposed_amount_satang")),
    ),
)
