"""When is the answer given, so that nobody waits any more?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.resume_clock import close_pause
from phueng.calendars.models import Clock


@action
def stop_clock(*, subject_id: UUID, code: str, why: str, by: Actor, at: datetime) -> Clock | None:
    """Stop the running clock for good; None when none runs (it was stopped before, or never started)."""
    clock = Clock.objects.select_for_update().filter(subject_id=subject_id, code=code, stopped_at=None).first()
    if clock is None:
        return None
    close_pause(clock, at=at)
    clock.stopped_at, clock.stopped_why = at, why
    clock.save(update_fields=["stopped_at", "stopped_why"])
    record(
        by=by,
        at=at,
        act="calendars.stop_clock",
        subject=("clock", clock.id),
        why=why,
        after={"stopped_at": at, "due_on": clock.due_on},
    )
    return clock
