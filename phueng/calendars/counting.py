"""On which day is a clock due, when it may have stood still on its very last day?"""

from datetime import date, datetime

from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import Deadline, working_day_on_or_after


def fair_due_on(counted: Deadline, as_of: date | None = None) -> date:
    """The last day in time; `as_of` is needed while a pause is open.

    The day on which a clock is stopped counts as used. When that was the last day, the office would be
    late the moment the citizen answers: then the last day is the one on which the clock runs again.
    """
    due_on = counted.due_on(as_of)
    for paused, resumed in sorted(counted.pauses, key=lambda pause: _day(pause[0])):
        runs_again_on = _day(resumed) if resumed is not None else as_of
        if runs_again_on is not None and _day(paused) <= due_on < runs_again_on:
            due_on = runs_again_on
            if counted.unit == "working":
                due_on = working_day_on_or_after(due_on, frozenset(counted.holidays))
    return due_on


def _day(moment: date) -> date:
    return in_bangkok(moment).date() if isinstance(moment, datetime) else moment
