"""What was recommended, decided, appealed and granted in the mass, by whose hands?"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from phueng.calendars.counting import fair_due_on
from phueng.calendars.queries import calendar_version
from phueng.demo.copying import copy_rows
from phueng.demo.foundation import delegate
from phueng.demo.mass.plan import Case, happened
from phueng.demo.mass.rulings import Ruling
from phueng.demo.mass.teams import Team, ceiling_of
from phueng.demo.mass.traces import Trace
from phueng.demo.mass.voices import voice_of
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.kernel.working_days import Deadline
from phueng.schemes.catalogue import scheme

_WHY = {
    "approve": "เดือดร้อนจริง มีคุณสมบัติครบ เห็นควรช่วยเหลือ",
    "refuse": "ไม่ครบเงื่อนไขตามระเบียบ รายละเอียดตามเหตุผลที่แนบ",
}


_DECIDED = {"approve": "approved", "refuse": "refused"}


@dataclass(frozen=True)
class OwedSum:
    """One due of the mass."""

    id: UUID
    case: Case
    month: date | None
    ordinal: int | None
    amount_satang: int
    due_on: date
    fell_due_at: datetime
    fiscal_year: int


def settle_outcomes(cases: list[Case], rulings: Mapping[UUID, Ruling]) -> None:
    """Say for each recommended case what is recommended, and drop appeals of what was approved."""
    for case in cases:
        ruling = rulings[case.id]
        case.reasons = list(ruling.reasons)
        finds_otherwise = case.scheme == "family" and case.number % 29 == 0
        case.outcome = "refuse" if ruling.outcome != "eligible" or finds_otherwise else "approve"
        case.amount_satang = (case.proposed_satang or ruling.amount_satang or 0) if case.outcome == "approve" else 0
        if case.outcome == "approve" or case.decided_at is None:
            case.appealed_at = case.settled_at = None


def write_orders(cases: list[Case], teams: Mapping[str, Team], trace: Trace) -> None:
    """Recommendations, hands, decisions, appeals; the guards look at every one of them."""
    for team in teams.values():
        delegate(team.office_code, ceiling_of(team.office_code))
    delegations = _delegations()
    recommended = [case for case in cases if case.recommended_at is not None]
    decided = [case for case in cases if case.decided_at is not None]
    copy_rows(
        "decisions_recommendation",
        ("id", "application_id", "round", "outcome", "amount_satang", "reasons", "why", "office_id", "recommended_at",
         "recommended_by_id", "recommended_by_name"),
        (
            (c.sub_id("recommendation"), c.id, 1, c.outcome, c.amount_satang or None, _said(c), _WHY[c.outcome],
             teams[c.office_code].office_id, c.recommended_at, by.id, by.name_th)
            for c in recommended
            for by in (teams[c.office_code][c.worker],)
        ),
    )  # fmt: skip
    _write_hands(cases, teams)
    copy_rows(
        "decisions_decision",
        ("id", "application_id", "recommendation_id", "round", "outcome", "amount_satang", "reasons", "why", "office_id",
         "delegation_id", "meeting_id", "decided_at", "decided_by_id", "decided_by_name", "is_appeal_outcome"),
        (
            (c.sub_id("decision"), c.id, c.sub_id("recommendation"), 1, _DECIDED[c.outcome], c.amount_satang or None, _said(c),
             _WHY[c.outcome], teams[c.office_code].office_id,
             delegations[c.office_code] if c.outcome == "approve" else None, None, c.decided_at, by.id, by.name_th, False)
            for c in decided
            for by in (teams[c.office_code]["approver"],)
        ),
    )  # fmt: skip
    _write_appeals([case for case in decided if case.appealed_at is not None], teams, trace)
    for case in recommended:
        _trace(case, teams[case.office_code], trace)


def _said(case: Case) -> str:
    return json.dumps(case.reasons, ensure_ascii=False)


def _delegations() -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.code, d.id FROM access_delegation d JOIN places_office o ON o.id = d.office_id"
            " WHERE d.role = 'approver' AND d.account_id IS NULL"
        )
        return dict(cursor.fetchall())


def _write_hands(cases: list[Case], teams: Mapping[str, Team]) -> None:
    copy_rows("access_hand", ("id", "case_id", "hand", "account_id", "laid_at"), _hands(cases, teams))


def _hands(cases: list[Case], teams: Mapping[str, Team]) -> Iterator[tuple[Any, ...]]:
    for case in cases:
        team = teams[case.office_code]
        if case.channel == "counter":
            yield uuid4(), case.id, "recorder", team["desk"].id, case.submitted_at
        verified_at = case.visited_at or case.recommended_at
        if verified_at is not None:
            yield uuid4(), case.id, "verifier", team[case.worker].id, verified_at
        if case.decided_at is not None:
            yield uuid4(), case.id, "approver", team["approver"].id, case.decided_at


def _write_appeals(cases: list[Case], teams: Mapping[str, Team], trace: Trace) -> None:
    copy_rows(
        "decisions_appeal",
        ("id", "decision_id", "reference", "grounds", "channel", "appealed_at", "office_id", "outcome", "settled_why",
         "settled_at", "settled_by_id", "settled_by_name"),
        (
            (c.sub_id("appeal"), c.sub_id("decision"), new_reference(), "ขอให้ดูเรื่องของฉันอีกครั้ง รายได้ลดลงมากแล้ว", "web",
             c.appealed_at, teams[c.office_code].office_id, "", "", None, None, "")
            for c in cases
        ),
    )  # fmt: skip
    version, rows = calendar_version("office"), []
    for case in cases:
        rule = scheme(case.scheme).clock("appeal_answer", in_bangkok(happened(case.appealed_at)).date())
        due = fair_due_on(Deadline(happened(case.appealed_at), rule.length("known"), "calendar", frozenset(), []))
        rows.append(
            (case.sub_id("appeal clock"), case.sub_id("appeal"), "appeal_answer", "calendar", rule.length("known"),
             rule.law.th, rule.law.en, happened(case.appealed_at), due, version, case.settled_at, "settled" if case.settled_at else "")
        )  # fmt: skip
        subject = ("application", case.id)
        by = voice_of(case, teams[case.office_code])
        trace.act(by, happened(case.appealed_at), "decisions.lodge_appeal", subject, person_id=case.applicant.id)
    copy_rows(
        "calendars_clock",
        ("id", "subject_id", "code", "unit", "length", "law_th", "law_en", "started_at", "due_on", "calendar_version",
         "stopped_at", "stopped_why"),
        rows,
    )  # fmt: skip
    _settle(  # the guard of settling looks at changes, so they are settled as everybody settles them
        [case for case in cases if case.settled_at is not None], teams, trace
    )


def _settle(cases: list[Case], teams: Mapping[str, Team], trace: Trace) -> None:
    why = "ตรวจสอบใหม่แล้ว เหตุผลเดิมถูกต้อง"
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE decisions_appeal SET outcome = 'upheld', settled_why = %s, settled_at = %s, settled_by_id = %s,"
            " settled_by_name = %s WHERE id = %s",
            [
                (why, c.settled_at, by.id, by.name_th, c.sub_id("appeal"))
                for c in cases
                for by in (teams[c.office_code]["approver2"],)
            ],
        )
    for case in cases:
        by = teams[case.office_code]["approver2"].actor
        trace.act(by, happened(case.settled_at), "decisions.settle_appeal", ("application", case.id), person_id=case.applicant.id,
                  why=why, after={"outcome": "upheld"})  # fmt: skip


def _trace(case: Case, team: Team, trace: Trace) -> None:
    subject, person = ("application", case.id), case.applicant.id
    after = {"outcome": case.outcome, "amount_satang": case.amount_satang or None, "round": 1}
    trace.act(
        team[case.worker].actor, happened(case.recommended_at), "decisions.recommend", subject, person_id=person,
        why=_WHY[case.outcome], after=after,
    )  # fmt: skip
    if case.decided_at is not None:
        trace.act(
            team["approver"].actor, case.decided_at, "decisions.decide", subject, person_id=person,
            why=_WHY[case.outcome], after=after | {"outcome": _DECIDED[case.outcome]},
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ entitlements


def write_entitlements(cases: list[Case], teams: Mapping[str, Team], trace: Trace, until: datetime) -> list[OwedSum]:
    """What was approved becomes owed: one sum at once, a monthly one for every month begun by now."""
    approved = sorted(
        (case for case in cases if case.decided_at is not None and case.outcome == "approve"),
        key=lambda case: str(case.decided_at),
    )
    times: defaultdict[tuple[UUID, int], int] = defaultdict(int)
    dues = [due for case in approved for due in _owed(case, times, until)]
    copy_rows(
        "entitlements_entitlement",
        ("id", "scheme_code", "person_id", "household_id", "decision_id", "office_code", "kind", "amount_satang",
         "starts_on", "ends_before", "fiscal_year", "granted_at", "granted_by_id"),
        (
            (c.sub_id("entitlement"), c.scheme, c.applicant.id, c.house.id, c.sub_id("decision"), c.office_code,
             scheme(c.scheme).benefit_kind, c.amount_satang, starts_on(c), None, fiscal_year_be(starts_on(c)), c.decided_at,
             teams[c.office_code]["approver"].id)
            for c in approved
        ),
    )  # fmt: skip
    copy_rows(
        "entitlements_due",
        ("id", "entitlement_id", "scheme_code", "office_code", "person_id", "household_id", "month", "fiscal_year",
         "ordinal", "amount_satang", "due_on", "fell_due_at"),
        (
            (d.id, d.case.sub_id("entitlement"), d.case.scheme, d.case.office_code, d.case.applicant.id, d.case.house.id,
             d.month, d.fiscal_year, d.ordinal, d.amount_satang, d.due_on, d.fell_due_at)
            for d in dues
        ),
    )  # fmt: skip
    for case in approved:
        trace.act(
            teams[case.office_code]["approver"].actor, happened(case.decided_at), "entitlements.grant",
            ("entitlement", case.sub_id("entitlement")), person_id=case.applicant.id,
            after={"scheme": case.scheme, "amount_satang": case.amount_satang, "decision": str(case.sub_id("decision"))},
        )  # fmt: skip
    return dues


def starts_on(case: Case) -> date:
    """The day of the decision for one sum; the first of the next month for a monthly one."""
    on = in_bangkok(happened(case.decided_at)).date()
    if scheme(case.scheme).benefit_kind == "lump_sum":
        return on
    return next_month(on)


def next_month(on: date) -> date:
    """The first day of the month after."""
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)


def _owed(case: Case, times: defaultdict[tuple[UUID, int], int], until: datetime) -> Iterator[OwedSum]:
    begins = starts_on(case)
    if scheme(case.scheme).benefit_kind == "lump_sum":
        year = fiscal_year_be(begins)
        times[case.house.id, year] += 1
        yield OwedSum(
            case.sub_id("due"),
            case,
            None,
            times[case.house.id, year],
            case.amount_satang,
            begins,
            happened(case.decided_at),
            year,
        )
        return
    month = begins
    while month <= in_bangkok(until).date():
        fell_due_at = max(in_bangkok(happened(case.decided_at)), in_bangkok(until).replace(
            year=month.year, month=month.month, day=1, hour=0, minute=5, second=0, microsecond=0))  # fmt: skip
        yield OwedSum(
            case.sub_id(f"due {month}"),
            case,
            month,
            None,
            case.amount_satang,
            month,
            fell_due_at,
            fiscal_year_be(month),
        )
        month = next_month(month)
