"""A person told the news that no message could carry."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_text import clean_text
from phueng.notices.models import UnreachedTask

OUTCOME_IS_MISSING = Problem(
    "outcome_is_missing",
    "ยังไม่ได้บอกว่าติดต่อได้อย่างไร",
    "How the person was reached is missing.",
    "เขียนสั้นๆ เช่น โทรหาผู้ใหญ่บ้าน แจ้งแล้ว",
    "Write a few words, for example: called the village head, told.",
)


@action
def settle_unreached(*, by: Actor, at: datetime, task_id: UUID, outcome: str) -> UnreachedTask:
    """Settle this task and the older open ones of the same subject: one call tells all of it.

    Raises Refused(outcome_is_missing). A task settled before stays as it was.
    """
    words = clean_text(outcome, 300)
    if not words:
        raise Refused(OUTCOME_IS_MISSING)
    task = UnreachedTask.objects.get(pk=task_id)
    rows = UnreachedTask.objects.select_for_update().filter(
        subject_id=task.subject_id, settled_at__isnull=True, made_at__lte=task.made_at
    )
    for one in rows.order_by("made_at", "id"):
        one.settled_at, one.settled_by_id, one.settled_by_name, one.outcome = at, by.id, by.name[:200], words
        one.save(update_fields=["settled_at", "settled_by_id", "settled_by_name", "outcome"])
        record(
            by=by,
            at=at,
            act="notices.settle_unreached",
            subject=("unreached_task", one.pk),
            why=words,
            after={"of_id": one.subject_id, "reason": one.reason_code},
        )
    task.refresh_from_db()
    return task
