"""When does the time to answer stand still, for instance while the citizen looks for a document?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.models import Clock, ClockPause
from phueng.calendars.running import running_clock


@action
def pause_clock(*, subject_id: UUID, code: str, reason_code: str, by: Actor, at: datetime) -> Clock:
    """Let a running clock stand still. One that stands still already keeps its first reason.

    Raises Refused(no_running_clock).
    """
    clock = running_clock(subject_id, code)
    pause, is_new = ClockPause.objects.get_or_create(
        clock=clock, until_at=None, defaults={"reason_code": reason_code, "from_at": at}
    )
    if is_new:
        record(
            by=by,
            at=at,
            act="calendars.pause_clock",
            subject=("clock", clock.id),
            why=reason_code,
            after={"pause_id": pause.id, "from_at": at},
        )
    return clock
