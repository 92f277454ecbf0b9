"""When does the time to answer run on, and until when now?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.due_days import count_anew
from phueng.calendars.models import Clock, ClockPause
from phueng.calendars.running import running_clock


@action
def resume_clock(*, subject_id: UUID, code: str, by: Actor, at: datetime) -> Clock:
    """Let a clock run on; the days it stood still are added. One that runs stays as it is.

    Raises Refused(no_running_clock).
    """
    clock = running_clock(subject_id, code)
    due_before = clock.due_on
    pause = close_pause(clock, at=at)
    if pause is not None:
        record(
            by=by,
            at=at,
            act="calendars.resume_clock",
            subject=("clock", clock.id),
            why=pause.reason_code,
            before={"due_on": due_before},
            after={"pause_id": pause.id, "until_at": at, "due_on": clock.due_on},
        )
    return clock


def close_pause(clock: Clock, *, at: datetime) -> ClockPause | None:
    """End the open pause of a locked clock and count its due day anew; None when it was running."""
    pause = ClockPause.objects.filter(clock=clock, until_at=None).first()
    if pause is None:
        return None
    pause.until_at = at
    pause.save(update_fields=["until_at"])
    count_anew(clock, why=f"pause:{pause.reason_code}", at=at)
    return pause
