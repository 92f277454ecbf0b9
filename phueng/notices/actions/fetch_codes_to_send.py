"""One-time codes wait in access; the outbox fetches them."""

from datetime import datetime

from phueng.access.actions import fetch_codes
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.notices.models import Message
from phueng.notices.texts import CODE_TEMPLATE


@action
def fetch_codes_to_send(*, by: Actor, at: datetime, limit: int) -> int:
    """Move codes into the outbox, in one transaction with their going from access. The audit never holds the code, and
    the outbox only until the operator has it."""
    codes = fetch_codes(limit=limit, by=by, at=at)
    for code in codes:
        message = Message.objects.create(
            dedupe_key=f"{CODE_TEMPLATE}:{code.id}",
            template_code=CODE_TEMPLATE,
            subject_kind="code",
            subject_id=code.id,
            to_phone=code.phone,
            text=code.text,
            language="en" if code.language == "en" else "th",
            queued_at=at,
            next_try_at=at,
            give_up_at=code.expires_at,
        )
        record(
            by=by,
            at=at,
            act="notices.queue_message",
            subject=("message", message.pk),
            after={"template": CODE_TEMPLATE, "of": "code", "of_id": code.id},
        )
    return len(codes)
