"""How does a message that cannot arrive become work for a person?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.notices.models import Message, UnreachedTask


def make_task(
    *,
    by: Actor,
    at: datetime,
    key: str,
    template_code: str,
    subject: tuple[str, UUID],
    reason: str,
    message: Message | None = None,
) -> None:
    """Make the task once for each piece of news; inside an action's transaction."""
    kind, subject_id = subject
    task = UnreachedTask(
        message=message,
        dedupe_key=key,
        template_code=template_code,
        subject_kind=kind,
        subject_id=subject_id,
        reason_code=reason,
        made_at=at,
    )
    UnreachedTask.objects.bulk_create([task], ignore_conflicts=True)
    if UnreachedTask.objects.filter(pk=task.pk).exists():
        record(
            by=by,
            at=at,
            act="notices.make_unreached_task",
            subject=("unreached_task", task.pk),
            after={"of": kind, "of_id": subject_id, "reason": reason, "template": template_code},
        )
