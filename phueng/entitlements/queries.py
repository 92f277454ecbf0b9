"""Who is owed what, since when, until when, and which sums may be paid on a day?"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from phueng.entitlements.models import Due, Entitlement, Hold


@dataclass(frozen=True)
class EntitlementCard:
    """An entitlement with what happened to it: held since, ended why. Amounts in satang."""

    id: UUID
    scheme_code: str
    decision_id: UUID
    person_id: UUID
    household_id: UUID
    office_code: str
    kind: str
    amount_satang: int
    starts_on: date
    ends_before: date | None
    fiscal_year: int
    granted_at: datetime
    held_since: date | None
    held_why: str
    ended_reason: str

    def standing(self, on: date) -> str:
        """coming, running, held or ended on that day. A single sum has ended the day after it was given."""
        if self.ends_before is not None and on >= self.ends_before:
            return "ended"
        if on < self.starts_on:
            return "coming"
        return "held" if self.held_since is not None and self.held_since <= on else "running"


def times_granted(household_id: UUID, scheme_code: str, fiscal_year: int) -> int:
    """How many single sums of this scheme the household has been granted in the fiscal year (B.E.)."""
    return Due.objects.filter(
        household_id=household_id, scheme_code=scheme_code, fiscal_year=fiscal_year, ordinal__isnull=False
    ).count()


def entitlements_of(person_ids: Collection[UUID]) -> dict[UUID, list[EntitlementCard]]:
    """Each asked person's entitlements, newest first, those of merged records included; two queries for any number."""
    asked_of: dict[UUID, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, self FROM unnest(%s::uuid[]) asked, registry_selves(asked) self", [list(set(person_ids))]
        )
        for asked, self_id in cursor.fetchall():
            asked_of[self_id].add(asked)
    found: dict[UUID, list[EntitlementCard]] = {person_id: [] for person_id in person_ids}
    for card in _cards(Entitlement.objects.filter(person_id__in=asked_of)):
        for asked in asked_of[card.person_id]:
            found[asked].append(card)
    return found


def single_sums_of_household(household_id: UUID) -> list[EntitlementCard]:
    """Single sums granted to anyone of this household, newest first."""
    return _cards(Entitlement.objects.filter(household_id=household_id, kind="lump_sum"))


def entitlement_of_decision(decision_id: UUID) -> EntitlementCard | None:
    """What a decision granted, if it granted anything."""
    return next(iter(_cards(Entitlement.objects.filter(decision_id=decision_id))), None)


def running_for_the_dead(limit: int) -> list[tuple[UUID, date]]:
    """(entitlement, day of death) of monthly benefits that nobody has ended although the person died."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, min(p.died_on) FROM entitlements_entitlement e, registry_selves(e.person_id) self"
            " JOIN registry_person p ON p.id = self"
            " WHERE e.kind = 'monthly' AND p.died_on IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM entitlements_ending z WHERE z.entitlement_id = e.id)"
            " GROUP BY e.id ORDER BY e.id LIMIT %s",
            [limit],
        )
        return [(entitlement_id, died_on) for entitlement_id, died_on in cursor.fetchall()]


# The months before a death stay owed (to the estate), but an officer pays them, not a run.
_SOMEBODY_DIED = """EXISTS (
    SELECT 1 FROM registry_selves(entitlements_due.person_id) self JOIN registry_person p ON p.id = self
    WHERE p.died_on IS NOT NULL)"""


def dues_payable(scheme_code: str, office_codes: Collection[str], on: date) -> QuerySet[Due]:
    """Sums that may go into a payment run on this day: due, not held, not ended before, the person alive.

    Whether a due already stands in a run is known above; callers leave those out.
    """
    return (
        Due.objects.filter(scheme_code=scheme_code, office_code__in=office_codes, due_on__lte=on)
        .exclude(entitlement__in=Entitlement.objects.filter(_held(on)))
        .exclude(pk__in=Due.objects.filter(month__gte=F("entitlement__ending__ends_before")).values("pk"))
        .exclude(Q(month__isnull=True) & Q(entitlement__in=Entitlement.objects.filter(ending__ends_before__lte=on)))
        .alias(is_for_the_dead=RawSQL(_SOMEBODY_DIED, [], BooleanField()))  # noqa: S611 (a text of this file, without parameters)
        .filter(is_for_the_dead=False)
        .order_by("due_on", "pk")
    )


def _held(on: date) -> Q:
    return Q(holds__starts_on__lte=on) & (Q(holds__ends_before__isnull=True) | Q(holds__ends_before__gt=on))


def entitlement_rows(found: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """These entitlements, newest first, with their ending and the hold that is open: what a card is made of."""
    open_hold = Hold.objects.filter(entitlement=OuterRef("pk"), ends_before=None)
    return (
        found.select_related("ending")
        .annotate(
            held_since=Subquery(open_hold.values("starts_on")[:1]), held_why=Subquery(open_hold.values("why")[:1])
        )
        .order_by("-granted_at", "pk")
    )


def granted_by(decision_ids: Collection[UUID]) -> QuerySet[Entitlement]:
    """What these decisions granted, for a page that fetches several lists at once."""
    return entitlement_rows(Entitlement.objects.filter(decision_id__in=decision_ids))


def granted_to(person_ids: Collection[UUID]) -> QuerySet[Entitlement]:
    """What exactly these records were granted, likewise."""
    return entitlement_rows(Entitlement.objects.filter(person_id__in=person_ids))


def sums_of_households(household_ids: Any) -> QuerySet[Entitlement]:
    """Single sums granted to anyone of these households (ids or a subquery of them), likewise."""
    return entitlement_rows(Entitlement.objects.filter(household_id__in=household_ids, kind="lump_sum"))


def entitlement_cards(rows: Iterable[Entitlement]) -> list[EntitlementCard]:
    """Rows of `entitlement_rows` as pages show them."""
    return [_card(one) for one in rows]


def _cards(found: QuerySet[Entitlement]) -> list[EntitlementCard]:
    return entitlement_cards(entitlement_rows(found))


def _card(one: Any) -> EntitlementCard:
    ending = getattr(one, "ending", None)
    ends = [day for day in (one.ends_before, ending.ends_before if ending else None) if day is not None]
    return EntitlementCard(
        id=one.pk, scheme_code=one.scheme_code, decision_id=one.decision_id, person_id=one.person_id,
        household_id=one.household_id, office_code=one.office_code, kind=one.kind, amount_satang=one.amount_satang,
        starts_on=one.starts_on, ends_before=min(ends) if ends else None, fiscal_year=one.fiscal_year,
        granted_at=one.granted_at, held_since=one.held_since, held_why=one.held_why or "",
        ended_reason=ending.reason_code if ending else "",
    )  # fmt: skip
