"""Who is this, with whom do they live, what do we know and from where? Every read that packages above may use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from phueng.access.sealed import blind_index, unseal
from phueng.kernel.national_id import mask_national_id
from phueng.registry.models import (
    AccountOwner,
    BankAccount,
    Circumstance,
    Household,
    Identifier,
    Membership,
    Person,
    PersonName,
    Phone,
)

SELF_STATED = "applicant"


@dataclass(frozen=True)
class StatedFact:
    """A value, who says so, and when they said it."""

    value: Any
    source: str
    as_of: datetime | None


@dataclass(frozen=True)
class PersonCard:
    """What an officer sees of a person at a glance. The national ID is masked; opening it is an act of its own."""

    id: UUID
    title: str
    first_name: str
    last_name: str
    sex: str
    nationality: str
    born_on: date | None
    born_precision: str
    died_on: date | None
    masked_id: str
    no_id_reason: str
    phones: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """Title and names as spoken."""
        return f"{self.title}{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class HouseholdCard:
    """A household: its address parts and who lives there."""

    id: UUID
    house_code: str
    house_no: str
    moo: str
    village: str
    soi: str
    road: str
    subdistrict_code: str
    member_ids: tuple[UUID, ...]
    roles: Mapping[UUID, str]
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class PayableAccount:
    """The account that a payment to this person goes to."""

    id: UUID
    person_id: UUID
    bank_code: str
    number: str
    last_digits: str
    holder_name: str


def canonical_and_selves(person_id: UUID) -> tuple[UUID, frozenset[UUID]]:
    """The person that this record stands for now, and every record of that person, in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_canonical(%s), array(SELECT registry_selves(%s))", [person_id, person_id])
        whole, selves = cursor.fetchone()
    return whole or person_id, frozenset(selves) | {person_id}


def canonical_id(person_id: UUID) -> UUID:
    """The person that this record stands for now, after any merges."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_canonical(%s)", [person_id])
        row = cursor.fetchone()
    return row[0] if row and row[0] else person_id


def selves_of(person_id: UUID) -> frozenset[UUID]:
    """The canonical record and every record merged into it: what is known of a person stands under any of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_selves(%s)", [person_id])
        return frozenset(row[0] for row in cursor.fetchall()) | {person_id}


def person_by_identifier(kind: str, value: str) -> UUID | None:
    """The canonical person whose undisputed identifier this is."""
    found = (
        Identifier.objects.filter(kind=kind, blind_index=blind_index(kind, value), is_disputed=False)
        .values_list("person_id", flat=True)
        .first()
    )
    return None if found is None else canonical_id(found)


def national_id_of(person_id: UUID) -> str | None:
    """The 13 digits, opened. Callers record the read."""
    found = Identifier.objects.filter(person_id=person_id, kind="national_id", is_disputed=False).first()
    return None if found is None else found.value


def person_card(person_id: UUID) -> PersonCard | None:
    """One person's card, or None when there is no such record."""
    return person_cards([person_id]).get(person_id)


def person_cards(person_ids: Collection[UUID]) -> dict[UUID, PersonCard]:
    """Cards of many people in four queries, however many people."""
    people = Person.objects.filter(pk__in=set(person_ids)).prefetch_related(
        Prefetch("names", PersonName.objects.order_by("-stated_at")),
        Prefetch("identifiers", Identifier.objects.filter(is_disputed=False).order_by("-stated_at")),
        Prefetch("phones", Phone.objects.filter(ended_at__isnull=True).order_by("-stated_at")),
    )
    return {
        person.pk: _card(person, list(person.names.all()), list(person.identifiers.all()), person.phones.all())
        for person in people
    }


CardRows = tuple[QuerySet[Person], QuerySet[PersonName], QuerySet[Identifier], QuerySet[Phone]]


def card_rows(person_id: UUID) -> CardRows:
    """What the card of one person is made of, for a page that fetches several lists at once."""
    return (
        Person.objects.filter(pk=person_id),
        PersonName.objects.filter(person_id=person_id).order_by("-stated_at"),
        Identifier.objects.filter(person_id=person_id, is_disputed=False).order_by("-stated_at"),
        Phone.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("-stated_at"),
    )


def card_from(rows: CardRows) -> PersonCard | None:
    """The card made of these rows; None when there is no such record."""
    people, names, identifiers, phones = rows
    person = next(iter(people), None)
    return None if person is None else _card(person, list(names), list(identifiers), phones)


def _card(
    person: Person, names: Sequence[PersonName], identifiers: Sequence[Identifier], phones: Iterable[Phone]
) -> PersonCard:
    best = next((n for n in names if n.kind == "registered"), names[0] if names else None)
    national = next((i.value for i in identifiers if i.kind == "national_id"), None)
    return PersonCard(
        id=person.pk,
        title=best.title if best else "",
        first_name=best.first_name if best else "",
        last_name=best.last_name if best else "",
        sex=person.sex,
        nationality=person.nationality,
        born_on=person.born_on,
        born_precision=person.born_precision,
        died_on=person.died_on,
        masked_id=mask_national_id(national) if national else "",
        no_id_reason=next((i.reason for i in identifiers if i.kind == "none"), ""),
        phones=tuple(phone.number for phone in phones),
    )


def household_of(person_id: UUID, on: date) -> HouseholdCard | None:
    """Where the person lives on that day."""
    membership = (
        Membership.objects.filter(_living(on), person_id=person_id).values_list("household_id", flat=True).first()
    )
    return None if membership is None else household_card(membership, on)


def household_card(household_id: UUID, on: date) -> HouseholdCard | None:
    """One household with the people who live there on that day and its latest coordinates."""
    household = Household.objects.filter(pk=household_id).prefetch_related("homes").first()
    if household is None:
        return None
    members = list(Membership.objects.filter(_living(on), household_id=household_id).order_by("starts_on", "pk"))
    homes = sorted(household.homes.all(), key=lambda home: home.stated_at)
    return HouseholdCard(
        id=household.pk,
        house_code=household.house_code,
        house_no=household.house_no,
        moo=household.moo,
        village=household.village,
        soi=household.soi,
        road=household.road,
        subdistrict_code=household.subdistrict_id,
        member_ids=tuple(member.person_id for member in members),
        roles={member.person_id: member.role for member in members},
        latitude=homes[-1].latitude if homes else None,
        longitude=homes[-1].longitude if homes else None,
    )


def household_at(
    *, subdistrict_code: str, house_no: str, moo: str, village: str = "", soi: str = "", road: str = ""
) -> UUID | None:
    """The household without a house code at exactly this address, the oldest first; None without a house number."""
    if not house_no:
        return None
    found = Household.objects.filter(
        house_code="", subdistrict_id=subdistrict_code, house_no=house_no, moo=moo, village=village, soi=soi, road=road
    )
    return found.order_by("stated_at", "pk").values_list("pk", flat=True).first()


def household_member_ids(household_id: UUID, on: date) -> tuple[UUID, ...]:
    """Who lives in this household on that day."""
    return tuple(Membership.objects.filter(_living(on), household_id=household_id).values_list("person_id", flat=True))


def _living(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_before__isnull=True) | Q(ends_before__gt=on))


def is_kin(person_id: UUID, other_id: UUID, on: date) -> bool:
    """Same person, same household on that day, or one relation apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_is_kin(%s, %s, %s)", [person_id, other_id, on])
        row = cursor.fetchone()
    return bool(row and row[0])


def facts_of(person_id: UUID, on: date) -> dict[str, StatedFact]:
    """The rule columns the register can answer for this person on that day, the latest statement of each."""
    return facts_of_many([person_id], on)[person_id]


def facts_of_many(person_ids: Collection[UUID], on: date) -> dict[UUID, dict[str, StatedFact]]:
    """`facts_of` for many people in three queries. What was stated about a merged record counts for the person."""
    stands_for = _stands_for(person_ids)
    everyone = {self_id for selves in stands_for.values() for self_id in selves}
    people = Person.objects.in_bulk(list(everyone))
    stated: dict[UUID, list[Circumstance]] = {}
    running = Q(starts_on__lte=on) & (Q(ends_before__isnull=True) | Q(ends_before__gt=on))
    for fact in Circumstance.objects.filter(running, person_id__in=everyone).order_by("stated_at", "pk"):
        stated.setdefault(fact.person_id, []).append(fact)
    found: dict[UUID, dict[str, StatedFact]] = {}
    for asked, selves in stands_for.items():
        facts = _facts_of_record(people[selves[0]])
        for merged in selves[1:]:
            _fill_in(facts, _facts_of_record(people[merged]))
        for fact in sorted((one for each in selves for one in stated.get(each, [])), key=_weight):
            facts[fact.code] = StatedFact(fact.value, fact.source, fact.stated_at)
        found[asked] = facts
    return found


def _weight(fact: Circumstance) -> tuple[bool, datetime]:
    """What people say about themselves gives way to any other source; otherwise the later statement holds."""
    return fact.source != SELF_STATED, fact.stated_at


def _facts_of_record(person: Person) -> dict[str, StatedFact]:
    precision = person.born_precision if person.born_on else None
    return {
        "nationality": StatedFact(person.nationality or None, person.source, person.stated_at),
        "born_on": StatedFact(person.born_on, person.source, person.stated_at),
        "born_on_precision": StatedFact(precision, person.source, person.stated_at),
        "died_on": StatedFact(person.died_on, person.source, person.stated_at),
    }


def _fill_in(facts: dict[str, StatedFact], others: Mapping[str, StatedFact]) -> None:
    for code, fact in others.items():
        # A birth date and its precision belong together: never the day of one record with the precision of another.
        if facts[code].value is None and not (code == "born_on_precision" and facts["born_on"].value is not None):
            facts[code] = fact


def _stands_for(person_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """asked person → the canonical record first, then those merged into it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, registry_canonical(asked), array_agg(self) FROM unnest(%s::uuid[]) asked,"
            " registry_selves(asked) self GROUP BY asked",
            [list(set(person_ids))],
        )
        return {asked: [first, *(one for one in selves if one != first)] for asked, first, selves in cursor.fetchall()}


def payable_account(person_id: UUID) -> PayableAccount | None:
    """The account stated last and not ended."""
    return payable_accounts([person_id]).get(person_id)


def payable_accounts(person_ids: Collection[UUID]) -> dict[UUID, PayableAccount]:
    """The payable account of each person who has one, in one query."""
    return payable_from(payable_rows(person_ids))


def payable_rows(person_ids: Collection[UUID]) -> QuerySet[BankAccount]:
    """What `payable_accounts` reads, for a page that fetches several lists at once."""
    found = BankAccount.objects.filter(person_id__in=set(person_ids), ended_at__isnull=True)
    return found.order_by("stated_at", "pk")


def payable_from(accounts: Iterable[BankAccount]) -> dict[UUID, PayableAccount]:
    """The account stated last of each person."""
    return {
        a.person_id: PayableAccount(a.pk, a.person_id, a.bank_code, a.number, a.last_digits, a.holder_name)
        for a in accounts
    }


def account_person_id(account_id: UUID) -> UUID | None:
    """The person to whom a staff or citizen account belongs."""
    found = AccountOwner.objects.filter(account_id=account_id).values_list("person_id", flat=True).first()
    return None if found is None else canonical_id(found)


def national_ids_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The opened national IDs of many people in one query, for files that must carry them. Callers record why."""
    found = Identifier.objects.filter(person_id__in=set(person_ids), kind="national_id", is_disputed=False)
    return {identifier.person_id: identifier.value for identifier in found if identifier.value}


@dataclass(frozen=True, slots=True)
class PayeeCard:
    """What a payment needs to know of a person: the name, whether they died, and where the money may go."""

    id: UUID
    name: str
    died_on: date | None
    bank_code: str = ""
    account: str = ""
    holder_name: str = ""


_PAYEES = """
SELECT p.id, concat_ws(' ', NULLIF(n.first_name, ''), NULLIF(n.last_name, '')),
       CASE WHEN EXISTS (SELECT 1 FROM registry_sameperson s WHERE s.undone_at IS NULL
                         AND (s.person_id = p.id OR s.canonical_id = p.id))
            THEN (SELECT min(other.died_on) FROM registry_selves(p.id) self JOIN registry_person other ON other.id = self)
            ELSE p.died_on END,
       a.bank_code, a.number, a.holder_name
FROM registry_person p
LEFT JOIN LATERAL (SELECT first_name, last_name FROM registry_personname WHERE person_id = p.id
                   ORDER BY kind <> 'registered', stated_at DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT bank_code, number, holder_name FROM registry_bankaccount
                   WHERE person_id = p.id AND ended_at IS NULL ORDER BY stated_at DESC, id DESC LIMIT 1) a ON true
WHERE p.id = ANY(%s)
"""


def payees_of(person_ids: Collection[UUID]) -> dict[UUID, PayeeCard]:
    """The payment cards of many people in one statement: best name, death under any record, account stated last."""
    with connection.cursor() as cursor:
        cursor.execute(_PAYEES, [list(set(person_ids))])
        return {
            row[0]: PayeeCard(
                row[0], row[1], row[2], row[3] or "", unseal(bytes(row[4])).decode() if row[4] else "", row[5] or ""
            )
            for row in cursor.fetchall()
        }
