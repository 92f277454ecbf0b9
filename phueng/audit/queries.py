"""What was done, by whom, to whom; and is the seal keeping up?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from phueng.audit.models import Entry, HeadCopy

UNSEALED_FOR_AT_MOST = timedelta(seconds=60)
OUTSIDE_FOR_AT_MOST = timedelta(hours=4)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first; `older_than` asks for the next page (None: there is none)."""

    entries: tuple[Entry, ...]
    older_than: int | None


def entries_about_person(person_id: UUID, *, older_than: int | None = None, reads: bool | None = None) -> Page:
    """Everything done to, or looked up about, a person. `reads` narrows to reads (True) or writes (False)."""
    return _page(older_than, reads, person_id=person_id)


def entries_about(subject: tuple[str, UUID], *, older_than: int | None = None, reads: bool | None = None) -> Page:
    """Everything done to one thing, named as in `record(subject=…)`."""
    kind, subject_id = subject
    return _page(older_than, reads, subject_kind=kind, subject_id=subject_id)


def newest_about(subject: tuple[str, UUID], *, reads: bool | None = None) -> QuerySet[Entry]:
    """The newest entries about one thing, for a page that fetches several lists at once."""
    kind, subject_id = subject
    entries = Entry.objects.filter(subject_kind=kind, subject_id=subject_id)
    return (entries if reads is None else entries.filter(is_read=reads)).order_by("-id")[:PAGE]


def newest_entries(*, older_than: int | None = None, act: str = "", office_code: str = "") -> Page:
    """The journal for the auditor, newest first; `act` narrows to acts that begin so."""
    wanted: dict[str, object] = {}
    if act:
        wanted["act__startswith"] = act
    if office_code:
        wanted["office_code"] = office_code
    return _page(older_than, None, **wanted)


def _page(older_than: int | None, reads: bool | None, **wanted: object) -> Page:
    entries = Entry.objects.filter(**wanted)
    if older_than is not None:
        entries = entries.filter(id__lt=older_than)
    if reads is not None:
        entries = entries.filter(is_read=reads)
    rows = tuple(entries.order_by("-id")[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def sealing_is_fresh(at: datetime) -> bool:
    """Say whether the evidence keeps up with the work at `at`; payment release refuses when it does not.

    False when an entry has waited for its seal longer than 60 s, or no head went outside in the last 4 h
    (X-Road stops after the same time without time stamps: evidence that stopped must stop money).
    """
    last = HeadCopy.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    if last is None or at - last > OUTSIDE_FOR_AT_MOST:
        return False
    oldest = oldest_unsealed_at()
    return oldest is None or at - oldest <= UNSEALED_FOR_AT_MOST


def oldest_unsealed_at() -> datetime | None:
    """When the entry that waits longest for its seal was written (None: all are sealed)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(e.written_at) FROM audit_entry e"
            " WHERE e.xid >= COALESCE((SELECT horizon_xid FROM audit_head ORDER BY size DESC LIMIT 1), 0)"
            " AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)"
        )
        oldest: datetime | None = cursor.fetchone()[0]
    return oldest
