"""When is something due, how many days are left, and which is the next day an office or a bank is open?

Days are counted as the Administrative Procedure Act B.E. 2539 s.64 counts them: the day on which a clock starts is not
counted. Holidays are handed in (office or bank, which differ); Saturdays and Sundays are known here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from phueng.kernel.thai_dates import in_bangkok

Unit = Literal["calendar", "working"]
Pause = tuple[date, date | None]  # moments or days; None: still paused

_ONE_DAY = timedelta(days=1)


def _as_set(holidays: Collection[date]) -> Collection[date]:
    return holidays if isinstance(holidays, (set, frozenset)) else frozenset(holidays)


def _day_of(moment: date) -> date:
    """The day in Thailand. A bare date is already one."""
    return in_bangkok(moment).date() if isinstance(moment, datetime) else moment


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_day_on_or_after(day: date, holidays: Collection[date]) -> date:
    holidays = _as_set(holidays)
    while not is_working_day(day, holidays):
        day += _ONE_DAY
    return day


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """The first working day strictly after `day`."""
    return working_day_on_or_after(day + _ONE_DAY, holidays)


def next_bank_day(day: date, bank_holidays: Collection[date]) -> date:
    """The first day strictly after `day` on which banks settle. Hand in bank holidays, not office ones.

    Strictly after, because a file reaches the bank during `day` at the earliest.
    """
    return working_day_on_or_after(day + _ONE_DAY, bank_holidays)


def add_working_days(start: date, n: int, holidays: Collection[date]) -> date:
    """The n-th working day after `start` (before it when n is negative); `start` itself is never counted."""
    holidays = _as_set(holidays)
    step = _ONE_DAY if n >= 0 else -_ONE_DAY
    day = start
    for _ in range(abs(n)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """Working days after `start` up to and including `end`; negative, counted back, when `end` lies before."""
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (end - start).days
    weeks, rest = divmod(days, 7)
    weekdays = weeks * 5 + sum((start + timedelta(days=d)).weekday() < 5 for d in range(1, rest + 1))
    return weekdays - sum(start < day <= end and day.weekday() < 5 for day in _as_set(holidays))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock: when it started, how long it runs, in which unit, and when it stood still.

    `rolls_forward`: a last day that falls on a holiday moves to the next working day. s.64 grants that to a person; for
    a duty of the office it holds only where the rule says so, hence off unless told.
    """

    start: date
    length: int
    unit: Unit
    holidays: Collection[date] = field(default=frozenset(), repr=False)
    pauses: Sequence[Pause] = ()
    rolls_forward: bool = False

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("a deadline cannot have a negative length")
        if any(resumed is not None and _day_of(resumed) < _day_of(paused) for paused, resumed in self.pauses):
            raise ValueError("a pause cannot end before it begins")

    @property
    def is_paused(self) -> bool:
        return any(resumed is None for _, resumed in self.pauses)

    def _standstill(self, as_of: date | None) -> list[tuple[date, date]]:
        """Each pause as (last day counted, last day not counted)."""
        stretches = []
        for paused, resumed in self.pauses:
            last = resumed if resumed is not None else as_of
            if last is None:
                raise ValueError("the clock stands still: say as_of which day the deadline is asked for")
            stretches.append((_day_of(paused), _day_of(last)))
        return stretches

    def due_on(self, as_of: date | None = None) -> date:
        """The last day in time.

        The day on which the clock is stopped still counts, the day on which it runs again does not (as the day on which
        it started does not). While it stands still the answer moves with `as_of`: the date if it ran again that day.
        """
        holidays = _as_set(self.holidays)
        stretches = self._standstill(as_of)
        day = _day_of(self.start)
        counted = 0
        while counted < self.length:
            day += _ONE_DAY
            if any(paused < day <= resumed for paused, resumed in stretches):
                continue
            if self.unit == "calendar" or is_working_day(day, holidays):
                counted += 1
        return working_day_on_or_after(day, holidays) if self.rolls_forward else day

    def days_left(self, today: date) -> int:
        """Days until due in the clock's own unit; 0 on the last day, negative when late."""
        return days_left(self.due_on(as_of=today), today, self.unit, self.holidays)


def deadline(
    start: datetime,
    length: int,
    unit: Unit,
    holidays: Collection[date],
    pauses: Sequence[Pause] = (),
    *,
    rolls_forward: bool = False,
    as_of: date | None = None,
) -> date:
    """The last day in time of a clock started at `start`. See `Deadline`; `as_of` is needed while a pause is open."""
    return Deadline(start, length, unit, holidays, pauses, rolls_forward).due_on(as_of)


def days_left(due_on: date, today: date, unit: Unit, holidays: Collection[date] = frozenset()) -> int:
    """Days from `today` until `due_on`; 0 on the day itself, negative when late."""
    if unit == "calendar":
        return (due_on - today).days
    return working_days_between(today, due_on, holidays)
