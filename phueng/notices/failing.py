"""How is a message closed as failed?"""

from datetime import datetime

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.notices.models import Message
from phueng.notices.texts import CODE_TEMPLATE
from phueng.notices.unreached import make_task


def fail_message(message: Message, failure_code: str, *, by: Actor, at: datetime) -> None:
    """Close a locked message as failed and hand it to a person; a code that failed is simply asked for again."""
    message.failed_at, message.failure_code, message.claimed_at = at, failure_code, None
    if message.template_code == CODE_TEMPLATE:
        message.text = without_code(message.text)
    message.save(update_fields=["failed_at", "failure_code", "claimed_at", "text"])
    record(
        by=by,
        at=at,
        act="notices.fail_message",
        subject=("message", message.pk),
        person_id=message.person_id,
        why=failure_code,
        after={"of_id": message.subject_id, "tries": message.tries},
    )
    if message.template_code == CODE_TEMPLATE:
        return
    make_task(
        by=by,
        at=at,
        key=message.dedupe_key,
        template_code=message.template_code,
        subject=(message.subject_kind, message.subject_id),
        reason=failure_code,
        message=message,
    )


def without_code(text: str) -> str:
    """What is kept of a one-time code: that there was one."""
    return "".join("•" if letter.isdigit() else letter for letter in text)
