"""Who may receive the old-age allowance, how much a month, and from which month?"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from phueng.kernel.thai_dates import fiscal_year_be, fiscal_year_range
from phueng.schemes.conditions import Amount, Condition, Rules, Terms
from phueng.schemes.expressions import (
    ALIVE,
    age_on,
    birth_day,
    day_before_fiscal_year,
    is_false,
    is_true,
    later_of,
    month_after,
    not_in_state_shelter,
    registered_here,
    thai_nationality,
)
from phueng.schemes.words import Words

LAW = "moi_old_age_2566"


def _last_day_to_reach_the_age(terms: Terms) -> date:
    """People register ahead: who reaches the age by the end of the coming fiscal year may register now."""
    _, ends_before = fiscal_year_range(fiscal_year_be(terms.on) + terms.number("registers_ahead"))
    return ends_before - timedelta(days=1)


def _age_reached_by(on: date, terms: Terms) -> pl.Expr:
    """Full years on this day, by the way of counting that is switched on."""
    return age_on(on + timedelta(days=1) if terms.is_on("age_is_reached_the_day_before") else on)


def _reaches_age(terms: Terms) -> pl.Expr:
    return _age_reached_by(_last_day_to_reach_the_age(terms), terms) >= terms.number("minimum_age")


def _monthly_amount(terms: Terms) -> pl.Expr:
    """The sum of the age band. Below the lowest band the lowest sum holds: it is due later, not less."""
    if terms.is_on("step_rises_during_the_year"):
        counted_on = terms.on.replace(day=1) - timedelta(days=1)
    else:
        counted_on = day_before_fiscal_year(terms.on)
    age = _age_reached_by(counted_on, terms)
    bands = terms.satang_by_age("monthly_rates")
    amount = pl.lit(bands[0][1])
    for from_age, satang in bands[1:]:
        amount = pl.when(age >= from_age).then(pl.lit(satang)).otherwise(amount)
    return pl.when(age.is_not_null()).then(amount)


def _first_month(terms: Terms) -> pl.Expr:
    """The month after both the age is reached and the registration is made."""
    reached = birth_day().dt.offset_by(f"{terms.number('minimum_age')}y")
    if terms.is_on("age_is_reached_the_day_before"):
        reached = reached.dt.offset_by("-1d")
    return later_of(month_after(reached), month_after(pl.col("registered_on")))


RULES = Rules(
    conditions=(
        ALIVE,
        thai_nationality(LAW),
        registered_here(LAW),
        Condition(
            code="old_enough",
            label=Words("อายุถึงเกณฑ์ หรือจะถึงภายในปีงบประมาณหน้า", "Is old enough, or will be within the next fiscal year"),
            law=LAW,
            columns=("born_on", "born_on_precision"),
            passes=_reaches_age,
            shows=lambda terms: age_on(terms.on),
            limit="minimum_age",
            fails=Words(
                "คุณอายุ {value} ปี ลงทะเบียนได้เมื่อจะอายุครบ {limit} ปีภายในปีงบประมาณหน้า",
                "You are {value} years old. Register once you reach {limit} within the next fiscal year.",
            ),
        ),
        Condition(
            code="no_state_pension",
            label=Words("ไม่ได้รับบำนาญจากรัฐ", "Receives no state pension"),
            law=LAW,
            columns=("has_state_pension",),
            passes=lambda terms: is_false("has_state_pension"),
            fails=Words(
                "คุณได้รับบำนาญจากรัฐอยู่แล้ว จึงรับเบี้ยยังชีพผู้สูงอายุไม่ได้",
                "You already receive a state pension, so the old-age allowance cannot be paid.",
            ),
        ),
        Condition(
            code="no_regular_state_pay",
            label=Words("ไม่ได้รับเงินเดือนหรือค่าตอบแทนประจำจากรัฐ", "Receives no regular pay from the state"),
            law=LAW,
            columns=("has_regular_state_pay",),
            passes=lambda terms: is_false("has_regular_state_pay"),
            fails=Words(
                "คุณได้รับเงินเดือนหรือค่าตอบแทนประจำจากรัฐ จึงรับเบี้ยยังชีพผู้สูงอายุไม่ได้",
                "You receive regular pay from the state, so the old-age allowance cannot be paid.",
            ),
        ),
        not_in_state_shelter(LAW),
        Condition(
            code="insufficient_income",
            label=Words("ไม่มีรายได้ หรือรายได้ไม่พอยังชีพ", "Has no income, or too little to live on"),
            law=LAW,
            columns=("is_income_insufficient",),
            passes=lambda terms: is_true("is_income_insufficient"),
            switched_by="income_test",
            fails=Words(
                "รายได้ของคุณเกินเกณฑ์ที่คณะกรรมการผู้สูงอายุแห่งชาติกำหนด",
                "Your income is over the limit set by the National Older Persons Committee.",
            ),
        ),
    ),
    amount=Amount(
        code="amount",
        label=Words("เงินรายเดือนตามอายุ", "Monthly sum by age"),
        law="cabinet_old_age_steps",
        columns=("born_on", "born_on_precision"),
        expression=_monthly_amount,
    ),
    first_month=Amount(
        code="first_month",
        label=Words("เดือนแรกที่ได้รับ", "First month due"),
        law=LAW,
        columns=("born_on", "born_on_precision", "registered_on"),
        expression=_first_month,
    ),
)
