"""Which people lie within an officer's area, how are they found in messy typing, and what do we know of one of them?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Concat

from phueng.access.viewers import Viewer
from phueng.applications.models import Application
from phueng.benefits.queries import received_among, stated_rows
from phueng.desk.households import HouseholdSeen, household_from, household_rows
from phueng.desk.queries import cases_for, staged
from phueng.desk.stages import READERS
from phueng.desk.together import fetch_together
from phueng.entitlements.queries import EntitlementCard, entitlement_cards, granted_to, sums_of_households
from phueng.kernel.national_id import normalise_national_id
from phueng.kernel.thai_dates import age_on
from phueng.kernel.thai_text import clean_text
from phueng.kernel.titles import strip_title
from phueng.payments.queries import Payment, payment_rows, payments_of_decisions
from phueng.places.models import OfficeArea, Subdistrict
from phueng.registry.models import Membership, Person, PersonName
from phueng.registry.queries import (
    PayableAccount,
    PersonCard,
    canonical_and_selves,
    card_from,
    card_rows,
    payable_from,
    payable_rows,
    person_by_identifier,
)
from phueng.schemes.combinations import Received

MOST_FOUND = 50
MOST_APPLICATIONS = 30
ALIKE_FROM = 0.45


@dataclass(frozen=True, slots=True)
class PersonFound:
    """One line of the answer: enough to tell people apart, no number."""

    id: UUID
    name: str
    age: int | None
    has_died: bool
    subdistrict: Subdistrict | None


def people_for(viewer: Viewer) -> QuerySet[Person]:
    """People who live in the area of the viewer's offices, or whose open request lies there; an auditor sees all."""
    if viewer.has_role("auditor"):
        return Person.objects.all()
    offices = viewer.office_ids(*READERS)
    if not offices:
        return Person.objects.none()
    lives = Membership.objects.filter(_area(offices), person=OuterRef("pk"), ends_before=None)
    asked = cases_for(viewer).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(lives) | Exists(asked))


def _area(offices: frozenset[UUID]) -> Q:
    """An office answers for subdistricts, districts or a province; the household lies in one of them."""
    wanted = Q(pk__in=[])
    for subdistrict, district, province in OfficeArea.objects.filter(office_id__in=offices).values_list(
        "subdistrict_id", "district_id", "province_id"
    ):
        if subdistrict:
            wanted |= Q(household__subdistrict_id=subdistrict)
        elif district:
            wanted |= Q(household__subdistrict__district_id=district)
        else:
            wanted |= Q(household__subdistrict__district__province_id=province)
    return wanted


def person_for(viewer: Viewer, person_id: UUID) -> Person | None:
    """This person, when within the viewer's area; not there and not yours are the same."""
    return people_for(viewer).filter(pk=person_id).first()


def search_people(viewer: Viewer, typed: str, on: date) -> list[PersonFound]:
    """By national ID in any writing, else by name: every word must occur; only then by likeness."""
    number = normalise_national_id(typed)
    if len(number) == 13 and number.isdigit():
        known = person_by_identifier("national_id", number)
        return _found(people_for(viewer).filter(pk=known), on) if known else []
    _, bare = strip_title(clean_text(typed, 100))
    words = bare.split()[:4]
    if not words or len(bare) < 2:
        return []
    named = PersonName.objects.all()
    for word in words:
        named = named.filter(full_name__contains=word)
    exact = _found(people_for(viewer).filter(pk__in=named.values("person")), on)
    return exact or _found(people_for(viewer).filter(pk__in=_alike(bare)), on)


def _alike(bare: str) -> QuerySet[PersonName, dict[str, Any]]:
    likeness = TrigramWordSimilarity(bare, "full_name")
    alike = PersonName.objects.filter(full_name__trigram_word_similar=bare).annotate(likeness=likeness)
    close = alike.filter(likeness__gte=ALIKE_FROM).order_by("-likeness").values("person")[:MOST_FOUND]
    return cast("QuerySet[PersonName, dict[str, Any]]", close)


def _found(people: QuerySet[Person], on: date) -> list[PersonFound]:
    names = PersonName.objects.filter(person=OuterRef("pk")).order_by(
        Case(When(kind="registered", then=0), default=1), "-stated_at"
    )
    home = Membership.objects.filter(person=OuterRef("pk"), ends_before=None).values("household__subdistrict_id")
    rows = list(
        people.annotate(
            said=Subquery(names.annotate(whole=Concat("title", "full_name")).values("whole")[:1]),
            stays=Subquery(home[:1]),
        ).order_by("said", "pk")[:MOST_FOUND]
    )
    codes = {row.stays for row in rows if row.stays}
    places = Subdistrict.objects.select_related("district__province").in_bulk(codes) if codes else {}
    return [
        PersonFound(
            row.pk,
            row.said or "",
            age_on(row.born_on, on) if row.born_on else None,
            row.died_on is not None,
            places.get(row.stays),
        )
        for row in rows
    ]


def applications_of(viewer: Viewer, selves: Collection[UUID]) -> QuerySet[Application]:
    """What this person asked for, under any of their records, as far as the viewer may see it; newest first."""
    mine = staged(cases_for(viewer).filter(person_id__in=selves))
    return mine.order_by("-submitted_at")[:MOST_APPLICATIONS]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything about one person that one viewer may see on one day."""

    id: UUID
    card: PersonCard | None
    household: HouseholdSeen | None
    entitlements: tuple[EntitlementCard, ...]
    received: tuple[Received, ...]
    payments: tuple[Payment, ...]
    account: PayableAccount | None
    applications: tuple[Application, ...]


def person_file(viewer: Viewer, person_id: UUID, on: date) -> PersonFile:
    """Gather it in two queries: which records are this person's, then all the lists of the page at once."""
    whole, selves = canonical_and_selves(person_id)
    granted, members = granted_to(selves), household_rows(on, person_id=whole)
    sums = sums_of_households(members.order_by().values("household_id"))
    stated, card, accounts = stated_rows(selves), card_rows(whole), payable_rows([whole])
    paid = payment_rows(granted.order_by().values("decision_id"))
    asked = applications_of(viewer, selves)
    fetch_together(granted, members, sums, stated, *card, accounts, paid, asked)
    entitlements = entitlement_cards(granted)
    payments = payments_of_decisions([one.decision_id for one in entitlements], paid)
    return PersonFile(
        id=whole,
        card=card_from(card),
        household=household_from(members, on),
        entitlements=tuple(entitlements),
        received=tuple(received_among([*entitlements, *entitlement_cards(sums)], stated, on)),
        payments=tuple(one for rows in payments.values() for one in rows),
        account=payable_from(accounts).get(whole),
        applications=tuple(asked),
    )
