"""What may the auditor ask of the journal, and how does its seal stand?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from phueng.audit.models import Entry, Head, HeadCopy
from phueng.audit.queries import PAGE, oldest_unsealed_at, sealing_is_fresh


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the journal, as they stand in the address."""

    act: str = ""
    office: str = ""
    account: UUID | None = None
    person: UUID | None = None
    kind: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """How far the evidence keeps up with the work."""

    head: Head | None
    copy: HeadCopy | None
    oldest_unsealed_at: datetime | None
    is_fresh: bool


def asked_from(query: QueryDict) -> Asked:
    """Read the filters; what makes no sense is left out rather than refused."""
    before = query.get("before", "")
    kind = query.get("kind", "")
    return Asked(
        act=query.get("act", "").strip()[:80],
        office=query.get("office", "").strip().upper()[:20],
        account=_number(query.get("account", "")),
        person=_number(query.get("person", "")),
        kind=kind if kind in ("reads", "writes") else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )


def _number(typed: str) -> UUID | None:
    try:
        return UUID(typed.strip())
    except ValueError:
        return None


def entries(asked: Asked) -> tuple[list[Entry], int | None]:
    """One page of the journal, newest first, and where the next begins. Each filter has an index, or is a beginning."""
    found = Entry.objects.all()
    if asked.act:
        found = found.filter(act__startswith=asked.act)
    if asked.office:
        found = found.filter(office_code=asked.office)
    if asked.account:
        found = found.filter(actor_id=asked.account)
    if asked.person:
        found = found.filter(person_id=asked.person)
    if asked.kind:
        found = found.filter(is_read=asked.kind == "reads")
    if asked.before is not None:
        found = found.filter(id__lt=asked.before)
    rows = list(found.order_by("-id")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def seal(at: datetime) -> Seal:
    """Latest head, latest copy outside, and what still waits."""
    return Seal(
        head=Head.objects.order_by("-size").first(),
        copy=HeadCopy.objects.order_by("-published_at").first(),
        oldest_unsealed_at=oldest_unsealed_at(),
        is_fresh=sealing_is_fresh(at),
    )
