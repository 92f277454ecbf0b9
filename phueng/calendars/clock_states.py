"""What does a clock say on a given day, and how was that counted?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from phueng.calendars.counting import fair_due_on
from phueng.kernel.languages import is_english
from phueng.kernel.thai_dates import format_date, in_bangkok
from phueng.kernel.working_days import Deadline, Pause, days_left, is_working_day


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock on one day. For a stopped clock days_left is what was left when it was stopped."""

    subject_id: UUID
    code: str
    due_on: date
    days_left: int
    is_late: bool
    is_paused: bool
    stopped_on: date | None
    length: int
    unit: Literal["calendar", "working"]
    law_th: str
    law_en: str
    computation_th: str
    computation_en: str

    def law(self, lang: str) -> str:
        """The rule that gives this many days."""
        return self.law_en if is_english(lang) else self.law_th

    def computation(self, lang: str) -> str:
        """How the due day was counted, in words."""
        return self.computation_en if is_english(lang) else self.computation_th


def state_from_row(row: Sequence[Any], on: date) -> ClockState:
    """Read one row of the query: clock columns, pauses as [from, until], days off."""
    subject_id, code, unit, length, law_th, law_en, started_at, due_on, stopped_at, pauses, days_off = row
    stopped_on = in_bangkok(stopped_at).date() if stopped_at is not None else None
    asked_on = stopped_on or on
    counted = Deadline(started_at, length, unit, frozenset(days_off), _as_pauses(pauses))
    if counted.is_paused:
        # Nobody is late while the clock stands still through no fault of theirs: the day moves on with today.
        due_on = fair_due_on(counted, as_of=max(on, _last_pause_on(pauses)))
    left = days_left(due_on, asked_on, unit, frozenset(days_off))
    return ClockState(
        subject_id=subject_id,
        code=code,
        due_on=due_on,
        days_left=left,
        is_late=asked_on > due_on,
        is_paused=counted.is_paused,
        stopped_on=stopped_on,
        length=length,
        unit=unit,
        law_th=law_th,
        law_en=law_en,
        computation_th=_in_words(counted, due_on, "th"),
        computation_en=_in_words(counted, due_on, "en"),
    )


def _as_pauses(pauses: Sequence[Sequence[datetime | None]]) -> list[Pause]:
    return [(since, until) for since, until in pauses if since is not None]


def _last_pause_on(pauses: Sequence[Sequence[datetime | None]]) -> date:
    return max(in_bangkok(since).date() for since, _ in pauses if since is not None)


def _in_words(counted: Deadline, due_on: date, lang: str) -> str:
    begins_on = in_bangkok(counted.start).date() if isinstance(counted.start, datetime) else counted.start
    first, last = format_date(begins_on, lang, "short"), format_date(due_on, lang, "short")
    skipped = _weekdays_off(counted, begins_on, due_on)
    if is_english(lang):
        unit = "working days" if counted.unit == "working" else "days"
        words = f"{counted.length} {unit} counted from the day after {first}, so due on {last}"
        if skipped:
            words += f"; {skipped} public holidays not counted"
        if counted.pauses:
            words += "; stands still now" if counted.is_paused else "; days on hold not counted"
        return words
    unit = "วันทำการ" if counted.unit == "working" else "วัน"
    words = f"{counted.length} {unit} นับจากวันถัดจาก {first} ครบกำหนด {last}"
    if skipped:
        words += f" ไม่นับวันหยุดราชการ {skipped} วัน"
    if counted.pauses:
        words += " ตอนนี้หยุดนับชั่วคราว" if counted.is_paused else " ไม่นับวันที่หยุดนับชั่วคราว"
    return words


def _weekdays_off(counted: Deadline, begins_on: date, due_on: date) -> int:
    if counted.unit == "calendar":
        return 0
    return sum(begins_on < day <= due_on and is_working_day(day, frozenset()) for day in frozenset(counted.holidays))
