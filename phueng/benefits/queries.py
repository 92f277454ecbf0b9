"""What does this person receive, from us and from anyone else?"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from phueng.benefits.models import ReceivedBenefit
from phueng.entitlements.queries import EntitlementCard, entitlements_of, single_sums_of_household
from phueng.registry.queries import selves_of
from phueng.schemes.catalogue import scheme
from phueng.schemes.combinations import Received

LONGEST_LOOK_BACK = timedelta(days=366)


def received_by(person_id: UUID, on: date, *, household_id: UUID | None = None) -> list[Received]:
    """Everything that runs on this day or ran within the last year, under any record of the person.

    With `household_id` also the single sums that others of the household were granted. A single sum starts and ends on
    the day it was given.
    """
    granted = entitlements_of([person_id])[person_id]
    of_household = single_sums_of_household(household_id) if household_id is not None else []
    return received_among([*granted, *of_household], stated_rows(selves_of(person_id)), on)


def stated_rows(person_ids: Collection[UUID]) -> QuerySet[ReceivedBenefit]:
    """What others said these records receive, for a page that fetches several lists at once."""
    return ReceivedBenefit.objects.filter(person_id__in=person_ids).order_by("starts_on", "pk")


def received_among(cards: Iterable[EntitlementCard], stated: Iterable[ReceivedBenefit], on: date) -> list[Received]:
    """The same from what is at hand: our entitlements (each counts once) and what others stated."""
    granted = {card.id: card for card in cards}
    everything = [
        *(_of_ours(card) for card in granted.values()),
        *(_of_others(one) for one in stated),
    ]
    return [one for one in everything if one.ends_before is None or one.ends_before > on - LONGEST_LOOK_BACK]


def _of_ours(card: EntitlementCard) -> Received:
    single = card.kind == "lump_sum"
    return Received(
        benefit_code=card.scheme_code,
        agency=_agency_of(card.scheme_code),
        starts_on=card.starts_on,
        ends_before=card.starts_on + timedelta(days=1) if single else card.ends_before,
        amount_satang=card.amount_satang,
    )


def _agency_of(scheme_code: str) -> str:
    return {"centre": "ศูนย์คุ้มครองคนไร้ที่พึ่ง", "municipality": "เทศบาลหรือ อบต."}[scheme(scheme_code).owner_kind]


def _of_others(stated: ReceivedBenefit) -> Received:
    return Received(
        benefit_code=stated.benefit_code,
        agency=stated.agency_name,
        starts_on=stated.starts_on,
        ends_before=stated.ends_before,
        amount_satang=stated.amount_satang,
    )
