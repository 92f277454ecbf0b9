"""How are the lines of a large run let go of after it was abandoned? A batch at a time, so that nobody waits for it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.payments.models import Line, Run

BATCH = 5_000
# A run that was dropped whole is not searched for ever.
LOOKED_AT_FOR = timedelta(days=7)


def drop_lines(*, limit: int = 20) -> int:
    """Drop up to `limit` batches of the lines of each run abandoned lately; repeating it changes nothing."""
    lately = Run.objects.filter(abandoned_at__gt=now() - LOOKED_AT_FOR, wanted_count__gt=settings.PHUENG_RUN_BATCH)
    done = 0
    for run_id in lately.order_by("abandoned_at").values_list("pk", flat=True):
        for _ in range(limit):
            count = _drop(by=SYSTEM("payments.drop_lines"), at=now(), run_id=run_id)
            done += count
            if not count:
                break
    return done


@action
def _drop(*, by: Actor, at: datetime, run_id: UUID) -> int:
    held = Line.objects.filter(run_id=run_id, dropped_at__isnull=True).select_for_update(skip_locked=True)
    batch = list(held.order_by("number").values_list("pk", flat=True)[:BATCH])
    count = Line.objects.filter(pk__in=batch).update(dropped_at=at)
    if count:
        record(by=by, at=at, act="payments.drop_lines", subject=("run", run_id), after={"lines": count})
    return count
