"""Who lives with this person, in one query?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Concat

from phueng.access.roles import ROLE_NAMES
from phueng.design.wording import say
from phueng.kernel.thai_dates import age_on
from phueng.registry.models import Household, Membership, PersonName

MEMBER_ROLES = {
    "head": ("เจ้าบ้าน", "Head"),
    "spouse": ("คู่สมรส", "Spouse"),
    "child": ("บุตร", "Child"),
    "parent": ("บิดามารดา", "Parent"),
    "grandchild": ("หลาน", "Grandchild"),
    "member": ("สมาชิก", "Member"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household on a day."""

    person_id: UUID
    name: str
    role: str
    age: int | None
    has_died: bool

    @property
    def role_words(self) -> str:
        """What they are in the household."""
        return say(*MEMBER_ROLES.get(self.role, (self.role, self.role))) if self.role else ""


@dataclass(frozen=True, slots=True)
class HouseholdSeen:
    """A household with its members."""

    household: Household
    members: tuple[Member, ...]

    @property
    def address(self) -> str:
        """House number, moo and road, as written on an envelope."""
        home = self.household
        parts = (
            home.house_no,
            say("หมู่ {n}", "Moo {n}", n=home.moo) if home.moo else "",
            home.village,
            say("ซ.{n}", "Soi {n}", n=home.soi) if home.soi else "",
            say("ถ.{n}", "{n} Road", n=home.road) if home.road else "",
        )
        return " ".join(part for part in parts if part)


def household_seen(
    on: date, *, household_id: UUID | None = None, person_id: UUID | None = None
) -> HouseholdSeen | None:
    """The household, or the one where this person lives on that day; None when nobody is known to live there."""
    return household_from(household_rows(on, household_id=household_id, person_id=person_id), on)


def household_rows(
    on: date, *, household_id: UUID | None = None, person_id: UUID | None = None
) -> QuerySet[Membership]:
    """Who lives there on that day, for a page that fetches several lists at once; nobody when nobody is named."""
    if household_id is not None:
        wanted = Q(household_id=household_id)
    elif person_id is not None:
        own = Membership.objects.filter(_living(on), person_id=person_id)
        wanted = Q(household__in=own.values("household_id"))
    else:
        return Membership.objects.none()
    names = PersonName.objects.filter(person=OuterRef("person")).order_by(
        Case(When(kind="registered", then=0), default=1), "-stated_at"
    )
    return (
        Membership.objects.filter(wanted, _living(on))
        .select_related("person", "household__subdistrict__district__province")
        .annotate(name=Subquery(names.annotate(said=Concat(F("title"), F("full_name"))).values("said")[:1]))
        .order_by("starts_on", "pk")
    )


def household_from(found: Iterable[Any], on: date) -> HouseholdSeen | None:
    """The household that these members live in, or None."""
    rows = list(found)
    if not rows:
        return None
    members = tuple(
        Member(
            row.person_id,
            row.name or "",
            row.role,
            age_on(row.person.born_on, on) if row.person.born_on else None,
            row.person.died_on is not None,
        )
        for row in rows
    )
    return HouseholdSeen(rows[0].household, members)


def _living(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_before__isnull=True) | Q(ends_before__gt=on))


def role_words(role: str) -> str:
    """A role in the language of the page; what is not a role of ours stays as it was recorded."""
    return say(*ROLE_NAMES[role]) if role in ROLE_NAMES else say("ระบบ", "The system") if role == "system" else role
