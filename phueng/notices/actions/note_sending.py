"""What the operator answered is written down, each message in its own transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.notices.failing import fail_message, without_code
from phueng.notices.models import Message, ProviderPart
from phueng.notices.receipts import hold_receipts, settle_by_parts
from phueng.notices.texts import CODE_TEMPLATE

MOST_TRIES = 12
_PAUSES = (5, 10, 20, 40, 80, 160, 300, 600, 1200, 1800, 3600)  # seconds


@action
def note_sent(*, by: Actor, at: datetime, message_id: UUID, provider_ids: Sequence[str]) -> Message:
    """The operator took every part. A receipt that was faster than this note is taken into account now."""
    message = _in_hand(message_id)
    if message is None:
        return Message.objects.get(pk=message_id)
    message.tries += 1
    message.sent_at, message.claimed_at = at, None
    if message.template_code == CODE_TEMPLATE:
        message.text = without_code(message.text)
    message.save(update_fields=["tries", "sent_at", "claimed_at", "text"])
    _keep_parts(message, provider_ids, at)
    record(
        by=by,
        at=at,
        act="notices.send_message",
        subject=("message", message.pk),
        person_id=message.person_id,
        after={"of_id": message.subject_id, "parts": len(provider_ids), "try": message.tries},
    )
    settle_by_parts(message, by=by, at=at)
    return message


@action
def postpone_message(
    *, by: Actor, at: datetime, message_id: UUID, failure: str, provider_ids: Sequence[str] = (), is_a_try: bool = True
) -> Message:
    """The operator was away: try again later, and after 12 tries or 24 hours let a person do it."""
    message = _in_hand(message_id)
    if message is None:
        return Message.objects.get(pk=message_id)
    if is_a_try:
        message.tries += 1
        _keep_parts(message, provider_ids, at)
    pause = _PAUSES[min(max(message.tries, 1), len(_PAUSES)) - 1]
    message.next_try_at, message.claimed_at = at + timedelta(seconds=pause), None
    message.save(update_fields=["tries", "next_try_at", "claimed_at"])
    if message.tries >= MOST_TRIES or message.next_try_at >= message.give_up_at:
        fail_message(message, "too_late" if message.template_code == CODE_TEMPLATE else "operator_away", by=by, at=at)
        return message
    record(
        by=by,
        at=at,
        act="notices.postpone_message",
        subject=("message", message.pk),
        why=failure,
        after={"of_id": message.subject_id, "tries": message.tries},
    )
    return message


@action
def release_messages(*, by: Actor, at: datetime, message_ids: Iterable[UUID]) -> None:
    """Give back claimed messages that were not tried, because the line is down."""
    ids = list(message_ids)
    if not ids:
        return
    Message.objects.filter(pk__in=ids, sent_at__isnull=True).update(claimed_at=None)
    record(by=by, at=at, act="notices.release_messages", subject=("message", ids[0]), after={"messages": ids})


@action
def note_failed(
    *, by: Actor, at: datetime, message_id: UUID, failure_code: str, provider_ids: Sequence[str] = ()
) -> Message:
    """Trying again changes nothing: a person has to tell the news."""
    message = _in_hand(message_id)
    if message is None:
        return Message.objects.get(pk=message_id)
    message.tries += 1
    message.save(update_fields=["tries"])
    _keep_parts(message, provider_ids, at)
    fail_message(message, failure_code, by=by, at=at)
    return message


def _in_hand(message_id: UUID) -> Message | None:
    """The locked message, or None when its sending has been settled already (by a worker that was faster)."""
    hold_receipts()
    message = Message.objects.select_for_update().get(pk=message_id)
    return message if message.sent_at is None and message.failed_at is None else None


def _keep_parts(message: Message, provider_ids: Sequence[str], at: datetime) -> None:
    for provider_id in provider_ids:
        ProviderPart.objects.update_or_create(
            provider_id=provider_id,
            defaults={"message": message, "attempt": message.tries},
            create_defaults={
                "message": message, "attempt": message.tries, "submitted_at": at, "provider_id": provider_id,
            },
        )  # fmt: skip
