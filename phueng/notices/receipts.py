"""What do the receipts of the parts say about the whole message?"""

from datetime import datetime

from django.db import connection

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.gateways.sms.contract import FINAL_FAILURES
from phueng.notices.failing import fail_message
from phueng.notices.models import Message

FINAL = frozenset({"delivered", *FINAL_FAILURES})


def hold_receipts() -> None:
    """Notes of sending and receipts follow one another until commit: a receipt can be faster than the note of the
    sending it belongs to, and each must see the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7023)")


def settle_by_parts(message: Message, *, by: Actor, at: datetime) -> None:
    """Close a locked, sent message when the parts of its last try allow it: all delivered, or one failed."""
    if message.sent_at is None or message.delivered_at is not None or message.failed_at is not None:
        return
    statuses = list(message.parts.filter(attempt=message.tries).values_list("status", flat=True))
    failed = [status for status in statuses if status in FINAL_FAILURES]
    if failed:
        fail_message(message, "expired" if failed[0] == "expired" else "undeliverable", by=by, at=at)
    elif statuses and all(status == "delivered" for status in statuses):
        message.delivered_at = at
        message.save(update_fields=["delivered_at"])
        record(
            by=by,
            at=at,
            act="notices.deliver_message",
            subject=("message", message.pk),
            person_id=message.person_id,
            after={"of_id": message.subject_id},
        )
