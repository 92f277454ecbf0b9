"""What is known about one application, as plain values without a database?"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from phueng.audit.prepared import row_of
from phueng.tracking.facts_sql import FACTS_BY_ID, FACTS_BY_REFERENCE


@dataclass(frozen=True, slots=True)
class Named:
    """An office, in both languages; `kind` is empty where only the name is shown."""

    th: str
    en: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    at: datetime
    to: Named


@dataclass(frozen=True, slots=True)
class Missing:
    asked_at: datetime
    answered_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    at: datetime
    agency: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The latest round of one check. `outcome`: waiting, passed, failed, attention, accepted or refused."""

    kind: str
    outcome: str
    asked_at: datetime
    answered_at: datetime | None
    tries: int
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Visited:
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recommended:
    id: UUID
    round: int
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    id: UUID
    recommendation_id: UUID
    round: int
    outcome: str
    amount_satang: int | None
    at: datetime
    why: str
    reasons: tuple[dict[str, Any], ...]
    by_committee: bool
    letter_asked_at: datetime | None
    letter_made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Appealed:
    id: UUID
    decision_id: UUID
    at: datetime
    outcome: str
    settled_at: datetime | None
    why: str
    office: Named


@dataclass(frozen=True, slots=True)
class Granted:
    """What a decision gave. `unpaid` counts sums that fell due and stand in no payment list; `left_out` says why the
    last list was made without one of them, a key of payments.problems.EXCLUSIONS or ""."""

    decision_id: UUID
    person_id: UUID
    kind: str
    amount_satang: int
    starts_on: date
    ends_before: date | None
    held_at: datetime | None
    ended_at: datetime | None
    ended_on: date | None
    ended_code: str
    unpaid: int
    has_account: bool
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """One instruction to pay; of many months the latest six."""

    month: date | None
    amount_satang: int
    pay_route: str
    prepared_at: datetime
    released_at: datetime | None
    effective_on: date
    paid_at: datetime | None
    returned_at: datetime | None
    returned_code: str
    bank_code: str
    last_digits: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the timeline is drawn from, and its version: a hash of the text it came in."""

    version: str
    today: date
    id: UUID
    reference: str
    scheme_code: str
    state: str
    channel: str
    started_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    closed_why: str
    is_emergency: bool
    helper_name: str
    has_phone: bool
    person_id: UUID | None
    office: Named | None
    triaged_at: datetime | None
    transfers: tuple[Moved, ...]
    missing: tuple[Missing, ...]
    forwarding: Forwarded | None
    checks: tuple[Checked, ...]
    visits: tuple[Visited, ...]
    recommendations: tuple[Recommended, ...]
    decisions: tuple[Decided, ...]
    appeals: tuple[Appealed, ...]
    entitlements: tuple[Granted, ...]
    payments: tuple[Paid, ...]
    clock_subjects: tuple[UUID, ...]

    @property
    def decision(self) -> Decided | None:
        """The decision that was made last."""
        return self.decisions[-1] if self.decisions else None

    @property
    def grant(self) -> Granted | None:
        """What the last decision gave, if it gave anything."""
        last = self.decision
        return next((one for one in self.entitlements if last and one.decision_id == last.id), None)

    @property
    def open_appeal(self) -> Appealed | None:
        return next((one for one in self.appeals if one.settled_at is None), None)

    @property
    def asked(self) -> Missing | None:
        """The one thing the applicant was asked for and has not answered."""
        return next((one for one in self.missing if one.answered_at is None), None)


def facts_by_id(application_id: UUID) -> Facts | None:
    """One query."""
    row = row_of("tracking_facts_by_id", FACTS_BY_ID, application_id)
    return None if row is None else facts_from(row[0])


def facts_by_reference(reference: str) -> Facts | None:
    """One query; the reference exactly as it is stored."""
    row = row_of("tracking_facts_by_reference", FACTS_BY_REFERENCE, reference)
    return None if row is None else facts_from(row[0])


def facts_from(text: str) -> Facts:
    """Read what the statement wrote."""
    said: dict[str, Any] = json.loads(text)
    forwarding, office = said["forwarding"], said["office"]
    return Facts(
        version=hashlib.sha256(text.encode()).hexdigest()[:24],
        today=date.fromisoformat(said["today"]),
        id=UUID(said["id"]),
        reference=said["reference"],
        scheme_code=said["scheme_code"],
        state=said["state"],
        channel=said["channel"],
        started_at=datetime.fromisoformat(said["started_at"]),
        submitted_at=_moment(said["submitted_at"]),
        closed_at=_moment(said["closed_at"]),
        closed_why=said["closed_why"],
        is_emergency=said["is_emergency"],
        helper_name=said["helper_name"],
        has_phone=said["has_phone"],
        person_id=UUID(said["person_id"]) if said["person_id"] else None,
        office=Named(**office) if office else None,
        triaged_at=_moment(said["triaged_at"]),
        transfers=tuple(
            Moved(datetime.fromisoformat(row["at"]), Named(row["th"], row["en"])) for row in said["transfers"]
        ),
        missing=tuple(Missing(**_timed(row)) for row in said["missing"]),
        forwarding=Forwarded(**_timed(forwarding)) if forwarding else None,
        checks=tuple(Checked(**_timed(row)) for row in said["checks"]),
        visits=tuple(Visited(**_timed(row)) for row in said["visits"]),
        recommendations=tuple(Recommended(**_timed(row)) for row in said["recommendations"]),
        decisions=tuple(Decided(**_timed(row) | {"reasons": tuple(row["reasons"])}) for row in said["decisions"]),
        appeals=tuple(_appeal(row) for row in said["appeals"]),
        entitlements=tuple(
            Granted(**_timed(row) | {"ended_code": row["ended_code"] or ""}) for row in said["entitlements"]
        ),
        payments=tuple(Paid(**_timed(row)) for row in said["payments"]),
        clock_subjects=tuple({UUID(row["subject_id"]) for row in said["clocks"]}),
    )


def _appeal(row: dict[str, Any]) -> Appealed:
    rest = {name: value for name, value in row.items() if name not in ("th", "en")}
    return Appealed(office=Named(row["th"], row["en"]), **_timed(rest))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    """Read moments, days and ids by the ending of their names, as everywhere in this house."""
    return {name: _read(name, value) for name, value in row.items()}


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "at" or name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name in ("month", "starts_on", "ends_before", "ended_on", "effective_on"):
        return date.fromisoformat(value)
    if name == "id" or name.endswith("_id"):
        return UUID(value)
    return value
