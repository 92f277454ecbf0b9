"""Which day does a file from outside mean, and was it written in the Buddhist era by mistake?

A date of the Buddhist era is valid in form and wrong by 543 years: it is never converted silently, always told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 2000, 2200
BUDDHIST_YEARS = range(FIRST_YEAR + 543, LAST_YEAR + 544)

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class NotADay:
    """Why this is no day of the Christian era, in both languages."""

    th: str
    en: str


def read_day(said: str) -> date | NotADay:
    """`2026-11-25`; a time zone behind it, which XML allows, changes nothing."""
    found = _ISO_DAY.fullmatch(said)
    if found is None:
        return NotADay("ไม่ใช่วันที่แบบ ปี-เดือน-วัน", "it is not a date YYYY-MM-DD.")
    return day_of(*map(int, found.groups()))


def read_moment(said: str) -> datetime | NotADay:
    """`2026-11-25T10:00:00+07:00`; a moment without zone stays without."""
    if not _MOMENT.fullmatch(said):
        return NotADay("ไม่ใช่วันเวลาแบบ ISO 8601", "it is not a date and time of ISO 8601.")
    day = read_day(said[:10])
    if isinstance(day, NotADay):
        return day
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return NotADay("ไม่มีเวลานี้ในวัน", "there is no such time of day.")


def day_of(year: int, month: int, day: int) -> date | NotADay:
    """The day, while its year can be meant."""
    if year in BUDDHIST_YEARS:
        return NotADay(
            f"ปี {year} เป็นพุทธศักราช แฟ้มนี้ใช้คริสต์ศักราช ({year} คือ {year - 543})",
            f"{year} is a year of the Buddhist era; this file uses the Christian era ({year} is {year - 543}).",
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return NotADay(f"ปี {year} เป็นไปไม่ได้", f"the year {year} cannot be meant.")
    try:
        return date(year, month, day)
    except ValueError:
        return NotADay("ไม่มีวันนี้ในปฏิทิน", "there is no such day in the calendar.")
