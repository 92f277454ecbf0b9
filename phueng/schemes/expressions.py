"""Which expressions and conditions do several schemes share: ages, months, alive, Thai, registered here?

Dates in Polars, never in a loop: the same lines count the age of one person and of sixty-six million.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from phueng.kernel.thai_dates import fiscal_year_be, fiscal_year_range
from phueng.schemes.conditions import Condition
from phueng.schemes.words import Words


def birth_day() -> pl.Expr:
    """The day of birth that the law counts from (Civil and Commercial Code, section 16).

    Known month, unknown day: the first of that month. Unknown month: the first of January. A missing
    precision means the full day is known, because registers store a precision only for the exceptions.
    """
    born, precision = pl.col("born_on"), pl.col("born_on_precision")
    return (
        pl.when(precision == "year")
        .then(born.dt.truncate("1y"))
        .when(precision == "month")
        .then(born.dt.truncate("1mo"))
        .otherwise(born)
    )


def age_on(on: date) -> pl.Expr:
    """Full years of age on this day. Someone born on 29 February turns on 1 March in a common year."""
    born = birth_day()
    birthday_is_still_ahead = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > on.month * 100 + on.day
    return pl.lit(on.year) - born.dt.year() - birthday_is_still_ahead.cast(pl.Int32)


def month_after(day: pl.Expr) -> pl.Expr:
    """The first day of the month after this day."""
    return day.dt.month_start().dt.offset_by("1mo")


def later_of(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The later of two days; null when either is not known (max_horizontal alone would ignore the unknown
    one).
    """
    return pl.when(one.is_not_null() & other.is_not_null()).then(pl.max_horizontal(one, other))


def day_before_fiscal_year(on: date) -> date:
    """30 September before the fiscal year that holds this day."""
    starts_on, _ = fiscal_year_range(fiscal_year_be(on))
    return starts_on - timedelta(days=1)


def is_true(column: str) -> pl.Expr:
    return pl.col(column)


def is_false(column: str) -> pl.Expr:
    return ~pl.col(column)


ALIVE = Condition(
    code="alive",
    label=Words("ยังมีชีวิตอยู่", "Is alive"),
    law="civil_registration_2534",
    columns=("is_alive",),
    passes=lambda terms: is_true("is_alive"),
    fails=Words(
        "ทะเบียนราษฎรแจ้งว่าเจ้าของสิทธิเสียชีวิตแล้ว หากไม่ถูกต้อง แจ้งเจ้าหน้าที่ทันที",
        "The civil register says that this person has died. If that is wrong, tell an officer at once.",
    ),
)


def thai_nationality(law_code: str) -> Condition:
    """Nationality as a fact of the civil register; never read off a digit of the ID number."""
    return Condition(
        code="thai_nationality",
        label=Words("มีสัญชาติไทย", "Has Thai nationality"),
        law=law_code,
        columns=("is_thai",),
        passes=lambda terms: is_true("is_thai"),
        fails=Words(
            "เงินนี้ให้ได้เฉพาะคนสัญชาติไทย ทะเบียนราษฎรแจ้งว่าคุณไม่มีสัญชาติไทย",
            "This allowance is for Thai nationals only. The civil register says that you are not one.",
        ),
    )


def registered_here(law_code: str) -> Condition:
    return Condition(
        code="registered_here",
        label=Words("มีชื่อในทะเบียนบ้านในพื้นที่นี้", "Is in a house register of this area"),
        law=law_code,
        columns=("is_registered_here",),
        passes=lambda terms: is_true("is_registered_here"),
        fails=Words(
            "ทะเบียนบ้านของคุณอยู่นอกพื้นที่นี้ ให้ยื่นที่เทศบาลหรือ อบต. ตามทะเบียนบ้าน",
            "Your house register is outside this area. Apply at the municipality where you are registered.",
        ),
    )


def not_in_state_shelter(law_code: str, switched_by: str | None = None) -> Condition:
    return Condition(
        code="not_in_state_shelter",
        label=Words("ไม่ได้อยู่ในสถานสงเคราะห์ของรัฐ", "Does not live in a state shelter"),
        law=law_code,
        columns=("lives_in_state_shelter",),
        passes=lambda terms: is_false("lives_in_state_shelter"),
        fails=Words(
            "คุณอยู่ในสถานสงเคราะห์ของรัฐ ซึ่งดูแลค่าใช้จ่ายให้อยู่แล้ว จึงรับเงินนี้ไม่ได้",
            "You live in a state shelter, which already covers your costs, so this allowance cannot be paid.",
        ),
        switched_by=switched_by,
    )
