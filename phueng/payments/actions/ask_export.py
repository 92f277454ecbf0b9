"""How does somebody take many rows out of the system, and who lets them?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from phueng.access.viewers import Viewer
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.models import Export

# So many rows one person may take alone; more needs a purpose, a second person, and the worker.
MOST_ALONE = 1_000
KEPT_FOR = timedelta(hours=24)


@action
def ask_export(
    *,
    by: Actor,
    at: datetime,
    register: str,
    layout: str,
    asked: Mapping[str, Any],
    language: str,
    purpose: str,
    row_count: int,
    office_codes: frozenset[str] | None,
) -> Export:
    """Ask the worker for a file. Many rows wait for a second person first; paper holds few. Asking for the same again
    while it is still kept gives the same one.

    Refused: purpose_is_missing, nothing_to_export, too_many_for_paper.
    """
    if by.id is None:
        raise ValueError("whoever takes rows out has an account")
    if not purpose.strip():
        raise Refused(problems.PURPOSE_IS_MISSING)
    if row_count == 0:
        raise Refused(problems.NOTHING_TO_EXPORT)
    if layout == "pdf" and row_count > MOST_ALONE:
        raise Refused(problems.TOO_MANY_FOR_PAPER)
    same = {"register": register, "layout": layout, "asked": dict(asked), "language": language, "asked_by_id": by.id}
    known = Export.objects.filter(**same, purpose=purpose.strip()[:300], made_at=None, expires_at__gt=at).first()
    if known is not None:
        return known
    export = Export.objects.create(
        **same,
        purpose=purpose.strip()[:300],
        row_count=row_count,
        office_codes=None if office_codes is None else sorted(office_codes),
        needs_approval=row_count > MOST_ALONE,
        asked_by_name=by.name[:200],
        asked_at=at,
        expires_at=at + KEPT_FOR,
    )
    after = {"register": register, "layout": layout, "asked": dict(asked), "rows": row_count}
    record(by=by, at=at, act="payments.ask_export", subject=("export", export.pk), why=export.purpose, after=after)
    return export


def may_approve(viewer: Viewer, export: Export, seen: frozenset[str] | None) -> bool:
    """A colleague in the same trade who sees every office whose rows the file will hold."""
    if viewer.account_id == export.asked_by_id:
        return False
    return seen is None or (export.office_codes is not None and seen.issuperset(export.office_codes))
