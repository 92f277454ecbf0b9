"""Which clocks were counted by a calendar that has changed since?"""

from django.db import transaction

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.calendars.actions.recompute_due import recompute_due
from phueng.calendars.models import Clock, Unit
from phueng.calendars.queries import calendar_version


@transaction.atomic
def recompute_deadlines(*, limit: int = 200) -> int:
    """Count anew up to `limit` running clocks behind the office calendar; returns how many."""
    behind = (
        Clock.objects.select_for_update(skip_locked=True)
        .filter(stopped_at=None, unit=Unit.WORKING, calendar_version__lt=calendar_version("office"))
        .order_by("due_on")
        .values_list("id", flat=True)[:limit]
    )
    at = now()
    clock_ids = list(behind)
    for clock_id in clock_ids:
        recompute_due(clock_id=clock_id, by=SYSTEM("deadlines"), at=at)
    return len(clock_ids)
