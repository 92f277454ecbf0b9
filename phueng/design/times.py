"""How are days, moments, amounts and references shown to the person looking?

Thai readers see the Buddhist era, English readers the common era; the arithmetic and the month names are
the kernel's, this file only adds whose language it is.
"""

from datetime import date, datetime
from typing import Literal

from phueng.design.wording import current_language
from phueng.kernel.money import format_baht
from phueng.kernel.references import format_reference, normalise_reference
from phueng.kernel.thai_dates import PartialDate, format_date, format_moment, in_bangkok

WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DayStyle = Literal["short", "long", "numeric", "weekday"]


def day_text(day: date | PartialDate | None, style: DayStyle = "short") -> str:
    """ "27 พ.ย. 2569"; nothing for nothing. "weekday" puts the name of the day in front."""
    if day is None:
        return ""
    if style != "weekday":
        return format_date(day, current_language(), style)
    if isinstance(day, PartialDate):
        return day_text(day)
    return weekday_text(day)


def weekday_text(day: date) -> str:
    """ "ศุกร์ 27 พ.ย. 2569": the weekday is how people keep a promise in mind."""
    local = in_bangkok(day).date() if isinstance(day, datetime) else day
    names = WEEKDAYS_EN if current_language() == "en" else WEEKDAYS_TH
    return f"{names[local.weekday()]} {format_date(local, current_language(), 'short')}"


def moment_text(moment: datetime | None) -> str:
    return "" if moment is None else format_moment(moment, current_language(), "short")


def baht_text(satang: int | None) -> str:
    return "" if satang is None else format_baht(satang, current_language())


def reference_text(reference: str) -> str:
    """In groups 4-4-3. What is not a reference (a bank line, an old paper number) is shown as it stands."""
    plain = normalise_reference(reference)
    return format_reference(plain) if plain else reference
