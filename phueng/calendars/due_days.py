"""On which day is a clock due, by the office calendar as it is known now?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, cast

from phueng.calendars.counting import fair_due_on
from phueng.calendars.models import Clock, ClockMove, ClockPause
from phueng.calendars.queries import calendar_version, holidays
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import Deadline, Pause


def counted_due_on(*, start: datetime, length: int, unit: str, pauses: Sequence[Pause] = ()) -> date:
    """The last day in time. Every pause must be closed."""
    known: frozenset[date] = frozenset()
    if unit == "working":
        begins_on = in_bangkok(start).date()
        paused_days = sum(((until - since).days + 1 for since, until in pauses if until is not None), 0)
        # Longer than any mix of weekends, holidays and pauses could stretch it.
        known = holidays("office", begins_on, begins_on + timedelta(days=length * 3 + paused_days + 60))
    return fair_due_on(Deadline(start, length, cast(Literal["calendar", "working"], unit), known, pauses))


def count_anew(clock: Clock, *, why: str, at: datetime) -> bool:
    """Bring `due_on` of a locked clock up to date; True when it moved. The reason is written first."""
    version = calendar_version("office")
    pauses = ClockPause.objects.filter(clock=clock, until_at__isnull=False).values_list("from_at", "until_at")
    due_on = counted_due_on(start=clock.started_at, length=clock.length, unit=clock.unit, pauses=list(pauses))
    has_moved = due_on != clock.due_on
    if has_moved:
        ClockMove.objects.create(
            clock=clock,
            due_before=clock.due_on,
            due_after=due_on,
            why=why,
            calendar_version=version,
            moved_at=at,
        )
    if has_moved or version != clock.calendar_version:
        clock.due_on, clock.calendar_version = due_on, version
        clock.save(update_fields=["due_on", "calendar_version"])
    return has_moved
