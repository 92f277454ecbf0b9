"""A worker takes a handful of messages in hand."""

from datetime import datetime, timedelta

from django.db.models import Q

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.notices.models import Message

# A worker that was killed between sending and noting it leaves its claim behind. After this time the message is tried
# again: at least once, never not at all. The same message keeps its reference, so a phone joins parts of both tries.
CLAIM_HOLDS_FOR = timedelta(seconds=60)


@action
def claim_messages(*, by: Actor, at: datetime, limit: int) -> list[Message]:
    """Claim what is due, most urgent first (one-time codes run out soonest). Two workers never get the same one."""
    rows = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(sent_at__isnull=True, failed_at__isnull=True, next_try_at__lte=at)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_HOLDS_FOR))
        .order_by("give_up_at", "id")
    )
    claimed = list(rows[:limit])
    if not claimed:
        return []
    Message.objects.filter(pk__in=[message.pk for message in claimed]).update(claimed_at=at)
    for message in claimed:
        message.claimed_at = at
    record(
        by=by,
        at=at,
        act="notices.claim_messages",
        subject=("message", claimed[0].pk),
        after={"messages": [message.pk for message in claimed]},
    )
    return claimed
