"""What was recommended and decided, what waits for whom, and who may decide what?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from phueng.access.models import Delegation
from phueng.access.viewers import Viewer
from phueng.decisions.models import Appeal, Decision, Meeting, Recommendation


@dataclass(frozen=True)
class CaseDecisions:
    """Everything said about one application, in order of rounds."""

    recommendations: tuple[Recommendation, ...]
    decisions: tuple[Decision, ...]
    appeals: tuple[Appeal, ...]

    @property
    def latest(self) -> Decision | None:
        """The decision that holds."""
        return self.decisions[-1] if self.decisions else None

    @property
    def awaiting(self) -> Recommendation | None:
        """The recommendation that waits for a second person."""
        if not self.recommendations:
            return None
        last = self.recommendations[-1]
        if last.outcome == "wait_budget" or any(d.recommendation_id == last.pk for d in self.decisions):
            return None
        return last

    @property
    def waits_for_budget(self) -> Recommendation | None:
        """The recommendation that waits for money."""
        last = self.recommendations[-1] if self.recommendations else None
        return last if last is not None and last.outcome == "wait_budget" else None

    @property
    def state(self) -> str:
        """Where the case stands, in the words of states.py."""
        if any(appeal.settled_at is None for appeal in self.appeals):
            return "appealed"
        if self.awaiting is not None:
            return "recommended"
        if self.waits_for_budget is not None:
            return "waiting_for_budget"
        if self.decisions:
            return "settled" if self.appeals else "decided"
        return "verified"


Rows = tuple[QuerySet[Recommendation], QuerySet[Decision], QuerySet[Appeal]]


def decision_rows(application_ids: Collection[UUID]) -> Rows:
    """What `decisions_of` reads, for a page that fetches several lists at once."""
    ids = set(application_ids)
    return (
        Recommendation.objects.filter(application_id__in=ids).order_by("round"),
        Decision.objects.filter(application_id__in=ids).select_related("office").order_by("round"),
        Appeal.objects.filter(decision__application_id__in=ids).select_related("decision").order_by("appealed_at"),
    )


def decisions_of(application_ids: Collection[UUID], rows: Rows | None = None) -> dict[UUID, CaseDecisions]:
    """The decisions of many applications in three queries; in none when the rows were fetched before."""
    ids = set(application_ids)
    recommendations, decisions, appeals = rows or decision_rows(ids)
    return {
        number: CaseDecisions(
            tuple(r for r in recommendations if r.application_id == number),
            tuple(d for d in decisions if d.application_id == number),
            tuple(a for a in appeals if a.decision.application_id == number),
        )
        for number in ids
    }


def _decides_for(viewer: Viewer) -> Q:
    """Cases of the offices where the viewer decides, and those of other offices that ask for a hand from them."""
    return Q(office_id__in=viewer.office_ids("approver")) | Q(application_id__in=viewer.asked_case_ids("approver"))


def awaiting_decision(viewer: Viewer) -> QuerySet[Recommendation]:
    """Recommendations that wait for a second person in the offices where the viewer decides, or which ask for a hand."""
    decided = Decision.objects.filter(recommendation=OuterRef("pk"))
    return (
        Recommendation.objects.filter(_decides_for(viewer), application__closed_at__isnull=True)
        .exclude(outcome="wait_budget")
        .exclude(recommended_by_id=viewer.account_id)
        .filter(~Exists(decided))
        .select_related("application")
        .order_by("recommended_at")
    )


def members_voting(item_id: UUID, on: date) -> frozenset[UUID]:
    """The accounts that may take part in an agenda item: the same that the database counts for the quorum."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT decisions_voting(%s, %s)", [item_id, on])
        return frozenset(cursor.fetchone()[0])


def delegation_for(
    account_id: UUID, office_id: UUID, scheme_code: str, amount_satang: int | None, on: date
) -> Delegation | None:
    """The delegation that covers this amount (satang) on this day: the smallest that does."""
    return delegations_for(account_id, office_id, scheme_code, amount_satang, on).first()


def delegations_for(
    account_id: UUID, office_id: UUID, scheme_code: str, amount_satang: int | None, on: date
) -> QuerySet[Delegation]:
    """Every delegation that covers this amount (satang) on this day, the smallest first."""
    return Delegation.objects.filter(
        Q(account_id=account_id) | Q(account__isnull=True),
        Q(ends_before__isnull=True) | Q(ends_before__gt=on),
        office_id=office_id,
        role="approver",
        scheme_code__in=("", scheme_code),
        starts_on__lte=on,
        up_to_satang__gte=amount_satang or 0,
    ).order_by("up_to_satang")


def open_appeals(viewer: Viewer) -> QuerySet[Appeal]:
    """Appeals that the viewer's offices have to settle."""
    return (
        Appeal.objects.filter(office_id__in=viewer.office_ids("approver"), settled_at__isnull=True)
        .select_related("decision__application", "office")
        .order_by("appealed_at")
    )


def meetings_for(viewer: Viewer) -> QuerySet[Meeting]:
    """Committee meetings of the viewer's offices, the latest first."""
    offices = viewer.office_ids("approver", "social_worker", "municipal_officer")
    return Meeting.objects.filter(office_id__in=offices).select_related("office").order_by("-held_at")
