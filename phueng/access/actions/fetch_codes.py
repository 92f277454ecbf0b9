"""How do notices get the codes to send?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from phueng.access.models import OneTimeCode
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@dataclass(frozen=True, slots=True)
class CodeToSend:
    """A code on its way; after this nobody can read it here any more."""

    id: UUID
    purpose: str
    phone: str
    text: str
    language: str
    expires_at: datetime


@action
def fetch_codes(*, limit: int = 50, by: Actor, at: datetime) -> list[CodeToSend]:
    """Hand over the codes that wait to be sent, and forget their text.

    Call it inside the transaction that writes the outbox: both happen or neither. A code whose time is over
    is forgotten unsent.
    """
    rows = list(
        OneTimeCode.objects.select_for_update(skip_locked=True)
        .filter(fetched_at__isnull=True)
        .order_by("created_at")[:limit]
    )
    handed = [
        CodeToSend(row.id, row.purpose, row.phone, row.text_to_send, row.language, row.expires_at)
        for row in rows
        if row.expires_at > at and row.text_to_send
    ]
    OneTimeCode.objects.filter(id__in=[row.id for row in rows]).update(fetched_at=at, text_to_send="")
    for code in handed:
        record(by=by, at=at, act="access.fetch_code", subject=("code", code.id))
    return handed
