"""What was said about a case, how far did it get, and whom must a person tell?

Notices does not know who may see a case: packages above ask for the subjects that they have already checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from phueng.kernel.phones import mask_phone
from phueng.notices.models import Message, UnreachedTask
from phueng.notices.outcomes import reason_in_words


@dataclass(frozen=True, slots=True)
class MessageCard:
    """One message as a page shows it; the number is masked."""

    id: UUID
    subject_id: UUID
    template_code: str
    text: str
    phone: str
    queued_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    failed_at: datetime | None
    failure_code: str
    tries: int

    @property
    def standing(self) -> str:
        """delivered | failed | sent | retrying | waiting."""
        if self.delivered_at:
            return "delivered"
        if self.failed_at:
            return "failed"
        return "sent" if self.sent_at else "retrying" if self.tries else "waiting"

    @property
    def failure(self) -> tuple[str, str]:
        """Why it failed, Thai and English; two empty texts while it has not."""
        return reason_in_words(self.failure_code) if self.failure_code else ("", "")


@dataclass(frozen=True, slots=True)
class UnreachedCard:
    """News that a person has to tell."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    template_code: str
    reason_code: str
    text: str
    made_at: datetime
    settled_at: datetime | None
    settled_by_name: str
    outcome: str

    @property
    def reason(self) -> tuple[str, str]:
        """Thai and English."""
        return reason_in_words(self.reason_code)


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """How the outbox stands."""

    waiting: int
    sent: int
    delivered: int
    failed: int
    unreached: int


def message_rows(subject_ids: Iterable[UUID]) -> QuerySet[Message]:
    """What `messages_of` reads, for a page that fetches several lists at once."""
    return Message.objects.filter(subject_id__in=list(subject_ids)).order_by("-queued_at", "id")


def message_cards(rows: Iterable[Message]) -> list[MessageCard]:
    """Messages as pages show them."""
    return [_card(row) for row in rows]


def _card(row: Message) -> MessageCard:
    return MessageCard(
        row.pk, row.subject_id, row.template_code, row.text, mask_phone(row.to_phone), row.queued_at, row.sent_at,
        row.delivered_at, row.failed_at, row.failure_code, row.tries,
    )  # fmt: skip


def unreached_open() -> QuerySet[UnreachedTask]:
    """Open tasks, oldest first. The desk keeps those whose subject lies in the viewer's offices:
    `unreached_open().filter(subject_id__in=applications_for(viewer).values("id"))`."""
    return UnreachedTask.objects.filter(settled_at__isnull=True).order_by("made_at", "id")


def unreached_for(subject_ids: Any, *, is_open: bool = True) -> list[UnreachedCard]:
    """Tasks about these subjects (a list or a subquery of ids), oldest first."""
    wanted = subject_ids if isinstance(subject_ids, QuerySet) else list(subject_ids)
    rows = UnreachedTask.objects.filter(subject_id__in=wanted).select_related("message")
    if is_open:
        rows = rows.filter(settled_at__isnull=True)
    return [unreached_card(row) for row in rows.order_by("made_at", "id")]


def unreached_card(row: UnreachedTask) -> UnreachedCard:
    """A task (with its message joined) as a page shows it."""
    return UnreachedCard(
        row.pk, row.subject_kind, row.subject_id, row.template_code, row.reason_code,
        row.message.text if row.message else "", row.made_at, row.settled_at, row.settled_by_name, row.outcome,
    )  # fmt: skip


def message_counts(since: datetime) -> MessageCounts:
    """Counts of messages queued since then, and of all open tasks."""
    counts = Message.objects.filter(queued_at__gte=since).aggregate(
        waiting=Count("id", filter=Q(sent_at=None, failed_at=None)),
        sent=Count("id", filter=Q(sent_at__isnull=False, delivered_at=None, failed_at=None)),
        delivered=Count("id", filter=Q(delivered_at__isnull=False)),
        failed=Count("id", filter=Q(failed_at__isnull=False)),
    )
    return MessageCounts(**counts, unreached=unreached_open().count())
