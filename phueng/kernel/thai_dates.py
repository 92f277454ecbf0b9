"""Which day did a person mean, in which era, and how is a day written for them?

Days are kept in the Christian era; Thai pages show the Buddhist era (CE + 543), English pages CE, files ISO.

Before 2484 (1941) the Thai year began on 1 April, so January to March of those years lie a year later than BE - 543
says. We keep BE - 543 all the same, as the ID card and the civil register print it: a date must be the same here and on
the card in the person's hand.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from phueng.kernel.languages import is_english
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import ascii_digits, clean_text

BE_AHEAD_OF_CE = 543
# Thailand has kept UTC+7 without summer time since 1920: no time zone database is needed.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

Style = Literal["long", "short", "numeric"]

MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown (many older people have only a year)."""

    year_ce: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month is not a date")
        date(self.year_ce, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Reads what `iso()` wrote: 1947, 1947-02 or 1947-02-01. ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
            raise ValueError(f"not a partial date: {text!r}")
        return cls(*(int(part) for part in text.split("-")))

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def as_date(self) -> date:
        """An unknown month counts as January, an unknown day as the first: the person is never made younger by it."""
        return date(self.year_ce, self.month or 1, self.day or 1)

    def iso(self) -> str:
        parts = [f"{self.year_ce:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


# ---------------------------------------------------------------------------------------------- reading

_OLDEST_YEARS = 150  # nobody we may meet was born earlier
_FURTHEST_YEARS = 60  # an expiry date may lie ahead, not this far
_FIRST_BE_YEAR = 2400  # above this a year can only be Buddhist era (2400 BE = 1857 CE)

_EMPTY = Problem(
    "empty",
    "ยังไม่ได้กรอกวันที่",
    "The date is missing.",
    "กรอกวัน เดือน ปี เช่น 1/2/2490 หรือ 1 กุมภาพันธ์ 2490",
    "Type day, month and year, for example 1/2/1947 or 1 February 1947.",
)
_NOT_A_DATE = Problem(
    "not_a_date",
    "อ่านวันที่นี้ไม่ได้",
    "This cannot be read as a date.",
    "กรอกวัน เดือน ปี ตามลำดับ เช่น 1/2/2490 หรือ 1 กุมภาพันธ์ 2490",
    "Type day, month and year in this order, for example 1/2/1947 or 1 February 1947.",
)
_NO_SUCH_DAY = Problem(
    "no_such_day",
    "ไม่มีวันนี้ในปฏิทิน",
    "There is no such day in the calendar.",
    "ดูวันและเดือนอีกครั้ง ถ้าไม่รู้วันหรือเดือนให้ใส่ 0",
    "Check the day and the month; type 0 for one that is not known.",
)
_SHORT_YEAR = Problem(
    "short_year",
    "ปีที่กรอกมีไม่ครบ 4 หลัก จึงไม่รู้ว่าเป็นปีใด",
    "The year does not have 4 digits, so it is not clear which year is meant.",
    "กรอกปีให้ครบ 4 หลัก เช่น 2490",
    "Type the year with 4 digits, for example 1947.",
)
_IMPLAUSIBLE_YEAR = Problem(
    "implausible_year",
    "ปีที่กรอกไกลจากปัจจุบันเกินไป",
    "The year is too far from today.",
    "ดูว่าเป็นปี พ.ศ. หรือ ค.ศ. แล้วกรอกใหม่ เช่น พ.ศ. 2490 หรือ ค.ศ. 1947",
    "Check whether the year is BE or CE and type it again, for example BE 2490 or CE 1947.",
)
_FUTURE = Problem(
    "future",
    "วันเกิดอยู่ในอนาคต",
    "The date of birth is in the future.",
    "ดูปีเกิดบนบัตรประชาชนแล้วกรอกใหม่",
    "Look at the year of birth on the ID card and type it again.",
)

_EN_SHORT = tuple(name[:3].lower() for name in MONTHS_EN)
_TH_BARE = tuple(name.replace(".", "") for name in MONTHS_TH_SHORT)
_TH_STEMS = tuple(name.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์") for name in MONTHS_TH)


def _month_named(word: str) -> int | None:
    word = word.lower().replace(".", "").replace(" ", "")
    for names in (MONTHS_TH, _TH_BARE, _TH_STEMS, tuple(name.lower() for name in MONTHS_EN), (*_EN_SHORT[:8], "sept")):
        if word in names:
            return names.index(word) + 1
    return _EN_SHORT.index(word) + 1 if word in _EN_SHORT else None


_BE_WORD = re.compile(r"พุทธศักราช|พ\.? ?ศ\.?(?= ?[0-9]{2})|\bb\.?e\.?(?![a-z])", re.IGNORECASE)
_CE_WORD = re.compile(r"คริสต์ศักราช|ค\.? ?ศ\.?(?= ?[0-9]{2})|\b(?:c\.?e|a\.?d)\.?(?![a-z])", re.IGNORECASE)
_FILLERS = re.compile(r"วันที่|เดือน|ปี")
_LETTERS = re.compile(r"[^\W\d_][^0-9/\-]*", re.UNICODE)

# year, month, day as they stand in each pattern
_PATTERNS = (
    re.compile(r"(?P<year>[0-9]{4})(?:[ /.-](?P<month>[0-9]{1,2})(?:[ /.-](?P<day>[0-9]{1,2}))?)?"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})[ /.-])?(?P<month>[0-9]{1,2})[ /.-](?P<year>[0-9]{1,4})"),
)
_EIGHT = (
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})"),
)


def _with_month_as_figure(written: str) -> str | None:
    """ "1 ก.พ. 2490" as "1 2 2490"; None when a word in it is no month."""
    words = _LETTERS.findall(written)
    if not words:
        return written
    month = _month_named(words[0]) if len(words) == 1 else None
    if month is None:
        return None
    before, after = (part.strip(" -/.") for part in written.split(words[0], 1))
    month_first = re.fullmatch(r"([0-9]{1,2}) ([0-9]{4})", after)
    if not before and month_first:  # February 1, 1947
        return f"{month_first[1]} {month} {month_first[2]}"
    return " ".join(part for part in (before, str(month), after) if part)


def _year_ce(year: int, era: str | None) -> int:
    is_be = era == "BE" or (era is None and year > _FIRST_BE_YEAR)
    return year - BE_AHEAD_OF_CE if is_be else year


def _checked(found: re.Match[str], era: str | None, today: date) -> PartialDate | Problem:
    if len(found["year"]) < 4:
        return _SHORT_YEAR
    year = _year_ce(int(found["year"]), era)
    if not today.year - _OLDEST_YEARS <= year <= today.year + _FURTHEST_YEARS:
        return _IMPLAUSIBLE_YEAR
    month = int(found["month"] or 0) or None
    day = (int(found["day"] or 0) or None) if month else None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return _NO_SUCH_DAY


def parse_date(text: str, today: date) -> PartialDate | Problem:
    """The date that was typed: 1/2/2490, ๑ ก.พ. ๒๔๙๐, 1 กุมภาพันธ์ พ.ศ. 2490, 1990-02-01, 25330201 (chip card), 2490.

    Day before month, unless the year comes first. A year above 2400 is BE unless the text says ค.ศ. A month or day of 0
    is unknown. Problems: empty, not_a_date, no_such_day, short_year, implausible_year.
    """
    written = ascii_digits(clean_text(text, 80)).replace("–", "-").replace("\u2212", "-")
    if not written:
        return _EMPTY
    era = "BE" if _BE_WORD.search(written) else "CE" if _CE_WORD.search(written) else None
    written = _FILLERS.sub(" ", _CE_WORD.sub(" ", _BE_WORD.sub(" ", written))).replace(",", " ")
    written = re.sub(r"\s*([/-])\s*", r"\1", re.sub(r"\s+", " ", written)).strip(" .")
    figures = _with_month_as_figure(written)
    if figures is None:
        return _NOT_A_DATE
    if re.fullmatch(r"[0-9]{8}", figures):
        # The last four figures of a year-first date are never a plausible year: at most one reading stands.
        answers = [_checked(found, era, today) for pattern in _EIGHT if (found := pattern.fullmatch(figures))]
        dates = (answer for answer in answers if isinstance(answer, PartialDate))
        return next(dates, _NO_SUCH_DAY if _NO_SUCH_DAY in answers else answers[0])
    for pattern in _PATTERNS:
        found = pattern.fullmatch(figures)
        if found:
            return _checked(found, era, today)
    return _NOT_A_DATE


def problem_with_birth_date(born: PartialDate, today: date) -> Problem | None:
    """A date of birth is not in the future (code: future)."""
    return _FUTURE if born.as_date() > today else None


# ---------------------------------------------------------------------------------------------- writing


def _calendar_day(day: date | PartialDate) -> PartialDate:
    if isinstance(day, PartialDate):
        return day
    if isinstance(day, datetime):
        day = in_bangkok(day)
    return PartialDate.of(day)


def format_date(day: date | PartialDate, lang: str, style: Style = "long") -> str:
    """1 กุมภาพันธ์ 2490 / 1 February 1947; short 1 ก.พ. 2490 / 1 Feb 1947; numeric 01/02/2490 / 01/02/1947.

    What is unknown is left out; a lone year is written พ.ศ. 2490 in Thai, so that nobody takes it for another number.
    """
    shown = _calendar_day(day)
    english = is_english(lang)
    year = shown.year_ce if english else shown.year_ce + BE_AHEAD_OF_CE
    if shown.month is None:
        return str(year) if english or style == "numeric" else f"พ.ศ. {year}"
    if style == "numeric":
        parts = [f"{shown.day:02d}"] if shown.day else []
        return "/".join([*parts, f"{shown.month:02d}", str(year)])
    if english:
        name = MONTHS_EN[shown.month - 1][: 3 if style == "short" else None]
    else:
        name = (MONTHS_TH_SHORT if style == "short" else MONTHS_TH)[shown.month - 1]
    return f"{shown.day} {name} {year}" if shown.day else f"{name} {year}"


def in_bangkok(moment: datetime) -> datetime:
    """The moment on a Thai clock. ValueError for a naive moment: guessing its zone moves deadlines by a day."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(BANGKOK)


def format_moment(moment: datetime, lang: str, style: Style = "long") -> str:
    """1 กุมภาพันธ์ 2569 เวลา 14:05 น. / 1 February 2026 at 14:05, on a Thai clock."""
    local = in_bangkok(moment)
    day = format_date(local.date(), lang, style)
    if is_english(lang):
        return f"{day} at {local:%H:%M}" if style == "long" else f"{day} {local:%H:%M}"
    return f"{day} เวลา {local:%H:%M} น." if style == "long" else f"{day} {local:%H:%M} น."


# ---------------------------------------------------------------------------------------------- counting years


def fiscal_year_be(day: date) -> int:
    """The fiscal year a day falls in: 1 October 2568 to 30 September 2569 is 2569."""
    return day.year + BE_AHEAD_OF_CE + (1 if day.month >= 10 else 0)


def fiscal_year_range(year_be: int) -> tuple[date, date]:
    """(starts_on, ends_before) of a fiscal year."""
    year_ce = year_be - BE_AHEAD_OF_CE
    return date(year_ce - 1, 10, 1), date(year_ce, 10, 1)


def age_on(born: date | PartialDate, on: date) -> int:
    """Full years. Someone born on 29 February has a birthday on 1 March in other years. ValueError before birth."""
    birth = _calendar_day(born).as_date()
    if on < birth:
        raise ValueError("not born yet")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday(born: date | PartialDate, age: int) -> date:
    """The first day on which a person is `age`."""
    birth = _calendar_day(born).as_date()
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return birth.replace(year=year)
