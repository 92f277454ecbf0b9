"""Who may receive the disability allowance, how much a month, and from which month?"""

from __future__ import annotations

import polars as pl

from phueng.schemes.conditions import Amount, Condition, Rules, Terms
from phueng.schemes.expressions import (
    ALIVE,
    age_on,
    is_true,
    month_after,
    not_in_state_shelter,
    registered_here,
    thai_nationality,
)
from phueng.schemes.words import Words

LAW = "moi_disability_2553"


def _monthly_amount(terms: Terms) -> pl.Expr:
    """The higher sum under the age or with a welfare card; unknown when neither can be told apart.

    Both branches are named: `otherwise` would pay the lower sum to a person whose card is merely not known
    yet.
    """
    is_higher = (age_on(terms.on) < terms.number("higher_rate_below_age")) | pl.col("has_state_welfare_card")
    return (
        pl.when(is_higher)
        .then(pl.lit(terms.satang("higher_monthly_rate")))
        .when(~is_higher)
        .then(pl.lit(terms.satang("monthly_rate")))
    )


RULES = Rules(
    conditions=(
        ALIVE,
        thai_nationality(LAW),
        registered_here(LAW),
        Condition(
            code="disability_card",
            label=Words("มีบัตรประจำตัวคนพิการ", "Holds a disability card"),
            law=LAW,
            columns=("has_disability_card",),
            passes=lambda terms: is_true("has_disability_card"),
            fails=Words(
                "ยังไม่พบบัตรประจำตัวคนพิการที่ใช้ได้ของคุณ ขอทำบัตรได้ที่สำนักงาน พมจ. หรือโทร 1479",
                "We found no valid disability card. Ask for one at the provincial office, or call 1479.",
            ),
        ),
        not_in_state_shelter(LAW, switched_by="shelter_residents_excluded"),
    ),
    amount=Amount(
        code="amount",
        label=Words("เงินรายเดือน", "Monthly sum"),
        law="cabinet_disability_2563",
        columns=("born_on", "born_on_precision", "has_state_welfare_card"),
        expression=_monthly_amount,
    ),
    first_month=Amount(
        code="first_month",
        label=Words("เดือนแรกที่ได้รับ", "First month due"),
        law=LAW,
        columns=("registered_on",),
        expression=lambda terms: month_after(pl.col("registered_on")),
    ),
)
