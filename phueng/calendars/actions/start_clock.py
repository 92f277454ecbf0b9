"""When does someone's time to answer begin?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.due_days import counted_due_on
from phueng.calendars.models import Clock
from phueng.calendars.queries import calendar_version


@action
def start_clock(
    *, subject_id: UUID, code: str, unit: str, length: int, law_th: str, law_en: str, by: Actor, at: datetime
) -> Clock:
    """Start a clock of `length` days ("calendar" or "working"); one that runs already is returned as it is.

    The day of `at` is not counted. It starts now and never at a time somebody types in.
    """
    version = calendar_version("office")
    due_on = counted_due_on(start=at, length=length, unit=unit)
    clock, is_new = Clock.objects.get_or_create(
        subject_id=subject_id,
        code=code,
        stopped_at=None,
        defaults={
            "unit": unit,
            "length": length,
            "law_th": law_th,
            "law_en": law_en,
            "started_at": at,
            "due_on": due_on,
            "calendar_version": version,
        },
    )
    if is_new:
        record(
            by=by,
            at=at,
            act="calendars.start_clock",
            subject=("clock", clock.id),
            after={"subject_id": subject_id, "code": code, "length": length, "unit": unit, "due_on": due_on},
        )
    return clock
