"""How does a page that has checked access let the browser fetch a file?

With a signed ticket in the address, good for a quarter of an hour and, for staff, for one account only: an address that
was copied into a chat opens nothing for anybody else. Documents itself knows nothing of cases and offices.
"""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.urls import reverse

SECONDS = 15 * 60
_SALT = "phueng.documents.tickets"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket opens: `what` is evidence, thumbnail or letter; `account_id` None is for whoever holds it."""

    what: str
    id: UUID
    account_id: UUID | None


def ticket_for(evidence_id: UUID, *, account_id: UUID | None = None, is_thumbnail: bool = False) -> str:
    """A ticket for one file."""
    return _signed("thumbnail" if is_thumbnail else "evidence", evidence_id, account_id)


def letter_ticket(letter_id: UUID, *, account_id: UUID | None = None) -> str:
    """A ticket for one letter as PDF."""
    return _signed("letter", letter_id, account_id)


def evidence_url(evidence_id: UUID, *, account_id: UUID | None = None) -> str:
    """The address of the file, ticket included."""
    return _address("documents:evidence", evidence_id, ticket_for(evidence_id, account_id=account_id))


def thumbnail_url(evidence_id: UUID, *, account_id: UUID | None = None) -> str:
    """The address of the small picture, ticket included."""
    ticket = ticket_for(evidence_id, account_id=account_id, is_thumbnail=True)
    return _address("documents:evidence", evidence_id, ticket)


def letter_url(letter_id: UUID, *, account_id: UUID | None = None) -> str:
    """The address of the PDF, ticket included."""
    return _address("documents:letter_pdf", letter_id, letter_ticket(letter_id, account_id=account_id))


def read_ticket(text: str) -> Ticket | None:
    """The ticket, or None when it is forged, cut off or over."""
    if len(text) > 600:
        return None
    try:
        what, one, account = signing.loads(text, salt=_SALT, max_age=SECONDS)
        return Ticket(what, UUID(one), UUID(account) if account else None)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _signed(what: str, one: UUID, account_id: UUID | None) -> str:
    return signing.dumps([what, one.hex, account_id.hex if account_id else ""], salt=_SALT)


def _address(name: str, one: UUID, ticket: str) -> str:
    return f"{reverse(name, args=[one])}?{urlencode({'ticket': ticket})}"
