"""How does a late announced day off reach a clock that already runs?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.due_days import count_anew
from phueng.calendars.models import Clock


@action
def recompute_due(*, clock_id: UUID, by: Actor, at: datetime) -> Clock:
    """Count the due day of a running clock by the calendar as it is now. A stopped clock keeps its day.

    Raises Clock.DoesNotExist.
    """
    clock = Clock.objects.select_for_update().get(id=clock_id)
    due_before, version_before = clock.due_on, clock.calendar_version
    if clock.stopped_at is not None:
        return clock
    count_anew(clock, why="calendar", at=at)
    if (due_before, version_before) != (clock.due_on, clock.calendar_version):
        record(
            by=by,
            at=at,
            act="calendars.recompute_due",
            subject=("clock", clock.id),
            before={"due_on": due_before, "calendar_version": version_before},
            after={"due_on": clock.due_on, "calendar_version": clock.calendar_version},
        )
    return clock
