"""Who works in the offices of the mass? An invented team each, so that no case is done by one person alone.

The cast's own accounts have no hand in the mass: whoever signs in as one of them can go on with any open case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4, uuid5

from phueng.audit.actors import Actor
from phueng.demo.copying import copy_rows
from phueng.demo.foundation import DUTIES_SINCE, FAMILY_CEILING, MONTHLY_CEILING, ORDER_TH
from phueng.demo.mass.traces import Trace
from phueng.demo.names import given_name, surname
from phueng.places.identity import HEADQUARTERS_CODE, office_id

_TEAMS = UUID("7a9e2d51-64c2-5a0e-9f0b-2569ca570003")
# A second after the cast: lists of "who was here first" begin with the cast.
OPENED_AT = datetime(2024, 10, 1, 2, 30, tzinfo=UTC)
NO_PASSWORD = "!"  # noqa: S105  # nosec B105  # Django's mark for "cannot sign in with a password"

CENTRE_PLACES = (
    ("desk", "front_desk"), ("worker1", "social_worker"), ("worker2", "social_worker"), ("approver", "approver"),
    ("approver2", "approver"), ("maker", "finance_maker"), ("checker", "finance_checker"), ("checker2", "finance_checker"),
    ("releaser", "releaser"),
)  # fmt: skip
TOWN_PLACES = (
    ("desk", "front_desk"), ("worker1", "municipal_officer"), ("worker2", "municipal_officer"), ("approver", "approver"),
    ("approver2", "approver"), ("maker", "finance_maker"), ("checker", "finance_checker"), ("checker2", "finance_checker"),
    ("releaser", "releaser"),
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One of the team."""

    id: UUID
    username: str
    name_th: str
    name_en: str
    role: str
    office_code: str

    @property
    def actor(self) -> Actor:
        """As the audit names them."""
        return Actor("staff", self.id, self.name_th, self.role, self.office_code)


# Signs for every office where the highest band asks another one.
_LENDER = Member(
    uuid5(_TEAMS, "lender"), "lender.dsdw", "อุบล รัตนสายชล", "Ubon Rattanasaichon", "finance_checker", HEADQUARTERS_CODE
)


@dataclass(frozen=True)
class Team:
    """Everybody in one office, by their place in it."""

    office_code: str
    members: dict[str, Member]

    @property
    def office_id(self) -> UUID:
        """The office's id."""
        return office_id(self.office_code)

    def __getitem__(self, place: str) -> Member:
        return self.members[place]


def invent_team(office_code: str) -> Team:
    """The same team for the same office, always."""
    chance = Random(f"team {office_code}")  # noqa: S311 - invented people, nothing secret
    places = CENTRE_PLACES if office_code.endswith("-DPC") else TOWN_PLACES
    members = {}
    for place, role in places:
        sex = "female" if chance.random() < 0.6 else "male"
        first, last = given_name(chance, sex, chance.randint(26, 54)), surname(chance)
        username = f"{place}.{office_code.lower()}"
        members[place] = Member(
            uuid5(_TEAMS, username), username, f"{first.th} {last.th}", f"{first.en} {last.en.capitalize()}", role,
            office_code,
        )  # fmt: skip
    members["lender"] = _LENDER
    return Team(office_code, members)


def hire(teams: Iterable[Team], trace: Trace) -> None:
    """Accounts, duties and delegations of the teams, each account with its audit entry."""
    teams = list(teams)
    members = list({member.id: member for team in teams for member in team.members.values()}.values())
    copy_rows(
        "access_account",
        ("id", "username", "display_name_th", "display_name_en", "email", "phone", "kind", "is_active", "opened_at",
         "password", "password_changed_at"),
        ((m.id, m.username, m.name_th, m.name_en, "", "", "staff", True, OPENED_AT, NO_PASSWORD, None) for m in members),
    )  # fmt: skip
    copy_rows(
        "access_duty",
        ("id", "account_id", "role", "office_id", "starts_on", "ends_before", "reference"),
        ((uuid4(), m.id, m.role, office_id(m.office_code), DUTIES_SINCE, None, ORDER_TH) for m in members),
    )
    for member in members:
        trace.system(
            OPENED_AT, "access.open_account", ("account", member.id),
            after={"username": member.username, "kind": "staff", "name": member.name_th},
        )  # fmt: skip


def ceiling_of(office_code: str) -> int:
    """Up to which sum (satang) the approvers of this office decide."""
    return FAMILY_CEILING if office_code.endswith("-DPC") else MONTHLY_CEILING
