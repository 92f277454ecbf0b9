"""Which check of a kind counts, and where does it stand after an officer looked at it?"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from phueng.verification.kinds import ORDER
from phueng.verification.models import Check

CLEAR = frozenset({"passed", "accepted"})


def check_rows(application_ids: Collection[UUID]) -> QuerySet[Check]:
    """Every round of every check of these applications, with what an officer said."""
    return Check.objects.filter(application_id__in=application_ids).select_related("settlement").order_by("round")


def latest_checks(
    application_ids: Collection[UUID], rows: Iterable[Check] | None = None
) -> dict[UUID, dict[str, Check]]:
    """The latest round of each kind, in the order in which checks run; one query, none when the rows are at hand."""
    newest: dict[UUID, dict[str, Check]] = {application_id: {} for application_id in application_ids}
    for check in check_rows(application_ids) if rows is None else rows:
        newest[check.application_id][check.kind] = check
    return {
        application_id: {kind: checks[kind] for kind in ORDER if kind in checks}
        for application_id, checks in newest.items()
    }


def standing(check: Check) -> str:
    """waiting, passed, failed or attention; accepted or refused once an officer settled it."""
    settlement = getattr(check, "settlement", None)
    return settlement.outcome if settlement is not None else check.outcome


def stops_later_checks(check: Check) -> bool:
    """Must the later checks wait? While it is not answered, and while doubt about the person is not settled."""
    if check.outcome == "waiting":
        return True
    return bool((check.answer or {}).get("stops_others")) and standing(check) != "accepted"


def may_run(check: Check, others: Mapping[str, Check]) -> bool:
    """Are all checks before this one settled far enough?"""
    before = ORDER[: ORDER.index(check.kind)]
    return not any(stops_later_checks(others[kind]) for kind in before if kind in others)
