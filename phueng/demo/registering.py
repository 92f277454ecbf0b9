"""How do invented people get into the registry, sealed numbers and blind indexes included, all at once?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from phueng.access.sealed import blind_index, seal
from phueng.demo.copying import copy_rows
from phueng.demo.residents import HouseholdRow, ResidentRow

REGISTER = "civil_register"
_SAID = "application"
_DISABILITY_REGISTER = "disability_register"
_WELFARE_REGISTER = "welfare_register"
# Everybody has lived where they live for a while; nobody before they were born.
_MOVED_IN = date(2015, 1, 1)
_CARDS_SINCE = date(2023, 1, 1)


def register_residents(
    households: Sequence[HouseholdRow],
    residents: Sequence[ResidentRow],
    *,
    at: datetime,
    villages: Mapping[UUID, str] | None = None,
    pensioners: frozenset[UUID] = frozenset(),
) -> None:
    """Write households and residents. The caller writes the audit entries in the same transaction."""
    villages = villages or {}
    copy_rows(
        "registry_household",
        ("id", "source", "stated_at", "house_code", "house_no", "moo", "village", "soi", "road", "subdistrict_id"),
        (
            (h.id, REGISTER, at, h.house_code, h.house_no, h.moo, villages.get(h.id, ""), "", "", h.subdistrict_code)
            for h in households
        ),
    )
    copy_rows(
        "registry_home",
        ("id", "source", "stated_at", "household_id", "latitude", "longitude", "accuracy_metres", "method",
         "measured_by_name"),
        ((uuid4(), "home_visit", at, h.id, h.latitude, h.longitude, 12.0, "gps", "") for h in households),
    )  # fmt: skip
    copy_rows(
        "registry_person",
        ("id", "source", "stated_at", "sex", "nationality", "born_on", "born_precision", "died_on"),
        ((r.id, REGISTER, at, r.sex[0], r.nationality, born_on(r), precision(r), r.died_on) for r in residents),
    )
    copy_rows(
        "registry_personname",
        ("id", "source", "stated_at", "person_id", "kind", "title", "first_name", "last_name"),
        ((uuid4(), REGISTER, at, r.id, "registered", r.title, r.first_name, r.last_name) for r in residents),
    )
    copy_rows(
        "registry_identifier",
        ("id", "source", "stated_at", "person_id", "kind", "value", "blind_index", "is_checksum_right", "is_disputed",
         "reason"),
        (_identifier(r, at) for r in residents),
    )  # fmt: skip
    copy_rows(
        "registry_membership",
        ("id", "source", "stated_at", "household_id", "person_id", "role", "starts_on", "ends_before"),
        (_membership(r, at) for r in residents),
    )
    copy_rows(
        "registry_phone",
        ("id", "source", "stated_at", "person_id", "number", "ended_at"),
        ((uuid4(), _SAID, at, r.id, r.phone, None) for r in residents if r.phone),
    )
    copy_rows(
        "registry_bankaccount",
        ("id", "source", "stated_at", "person_id", "bank_code", "number", "blind_index", "last_digits", "holder_name",
         "ended_at", "ended_why"),
        (_bank_account(r, at) for r in residents if r.bank_account),
    )  # fmt: skip
    copy_rows(
        "registry_circumstance",
        ("id", "source", "stated_at", "person_id", "code", "value", "starts_on", "ends_before"),
        (row for r in residents for row in _circumstances(r, at, r.id in pensioners)),
    )


def born_on(resident: ResidentRow) -> date:
    """The day of birth; an unknown day or month counts as the first."""
    return date(resident.born_year, resident.born_month or 1, resident.born_day or 1)


def precision(resident: ResidentRow) -> str:
    """How much of the birth date is known."""
    return "year" if resident.born_month is None else "month" if resident.born_day is None else "day"


def _identifier(resident: ResidentRow, at: datetime) -> tuple[Any, ...]:
    number = resident.national_id
    if number is None:
        return (uuid4(), REGISTER, at, resident.id, "none", None, None, None, False, resident.no_id_reason)
    index = blind_index("national_id", number)
    return (uuid4(), REGISTER, at, resident.id, "national_id", seal(number.encode()), index, True, False, "")


def _membership(resident: ResidentRow, at: datetime) -> tuple[Any, ...]:
    since = max(born_on(resident), _MOVED_IN)
    until = None if resident.died_on is None else max(resident.died_on, since) + timedelta(days=1)
    return (uuid4(), REGISTER, at, resident.household_id, resident.id, resident.relation, since, until)


def _bank_account(resident: ResidentRow, at: datetime) -> tuple[Any, ...]:
    bank, number = resident.bank_code or "", resident.bank_account or ""
    holder = f"{resident.title}{resident.first_name} {resident.last_name}".strip()
    return (
        uuid4(), _SAID, at, resident.id, bank, seal(number.encode()), blind_index("bank_account", f"{bank}:{number}"),
        number[-4:], holder, None, "",
    )  # fmt: skip


def _circumstances(resident: ResidentRow, at: datetime, has_pension: bool) -> Iterator[tuple[Any, ...]]:
    since = max(_CARDS_SINCE, born_on(resident))
    if resident.has_disability_card:
        yield (uuid4(), _DISABILITY_REGISTER, at, resident.id, "has_disability_card", "true", since, None)
    if resident.has_state_welfare_card:
        yield (uuid4(), _WELFARE_REGISTER, at, resident.id, "has_state_welfare_card", "true", since, None)
    if has_pension:
        yield (uuid4(), REGISTER, at, resident.id, "has_state_pension", "true", since, None)
