"""The operator tells what became of our messages."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.gateways.sms.contract import Receipt
from phueng.notices.failing import fail_message
from phueng.notices.models import Message, ProviderPart
from phueng.notices.receipts import FINAL, hold_receipts, settle_by_parts

RECEIPT_AWAITED_FOR = timedelta(hours=24)


@action
def keep_receipts(*, by: Actor, at: datetime, receipts: Sequence[Receipt]) -> int:
    """Keep receipts; returns how many told something new. The operator repeats them, so a repetition changes nothing.

    A receipt without a sending that we know of is kept too: its sending is noted a moment later, or never, when a worker
    was killed in between.
    """
    hold_receipts()
    news = [part for part in (_kept(receipt, at) for receipt in receipts) if part is not None]
    for message_id in dict.fromkeys(part.message_id for part in news if part.message_id):
        message = Message.objects.select_for_update().get(pk=message_id)
        settle_by_parts(message, by=by, at=at)
    return len(news)


def _kept(receipt: Receipt, at: datetime) -> ProviderPart | None:
    part, is_unknown = ProviderPart.objects.get_or_create(
        provider_id=receipt.provider_id,
        defaults={"submitted_at": at, "status": receipt.status, "status_at": receipt.at or at},
    )
    if is_unknown:
        return part
    if part.status in FINAL or part.status == receipt.status:
        return None
    part.status, part.status_at = receipt.status, receipt.at or at
    part.save(update_fields=["status", "status_at"])
    return part


@action
def give_up_waiting(*, by: Actor, at: datetime, limit: int = 50) -> int:
    """Messages that were sent a day ago and never confirmed: nobody knows whether they arrived, so a person asks."""
    hold_receipts()
    rows = Message.objects.select_for_update(skip_locked=True).filter(
        sent_at__lt=at - RECEIPT_AWAITED_FOR, delivered_at__isnull=True, failed_at__isnull=True
    )
    silent = list(rows.order_by("sent_at")[:limit])
    for message in silent:
        fail_message(message, "no_receipt", by=by, at=at)
    return len(silent)
