"""How do the requests themselves get into their tables: applications, triage, clocks, missing things, forwardings?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from phueng.calendars.counting import fair_due_on
from phueng.calendars.queries import calendar_version
from phueng.demo.copying import copy_rows
from phueng.demo.mass.plan import Case, happened
from phueng.demo.mass.sheets import application_sheet, helper_of, write_sheets
from phueng.demo.mass.teams import Team
from phueng.demo.mass.traces import Trace
from phueng.demo.mass.voices import voice_of
from phueng.demo.registering import born_on
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import Deadline
from phueng.schemes.catalogue import scheme

_AGENCIES = ("สำนักงานประกันสังคม", "โรงพยาบาลในพื้นที่", "สำนักงานจัดหางานจังหวัด", "ศูนย์ดำรงธรรม")


def write_requests(cases: list[Case], teams: Mapping[str, Team], trace: Trace) -> None:
    """Write every request as far as it has come, with the act that brought it there."""
    references: set[str] = set()
    for case in cases:
        reference = new_reference()
        while reference in references:
            reference = new_reference()
        references.add(reference)
        case.reference, case.sheet_id = reference, case.sub_id("sheet")
    write_sheets(application_sheet(case) for case in cases)
    copy_rows(
        "applications_application",
        ("id", "reference", "scheme_code", "state", "channel", "language", "sheet_id", "started_at", "started_by_key",
         "entered_by_id", "helper_name", "helper_phone", "helper_relation", "consent_how", "consent_witness",
         "submitted_at", "applicant_name", "birth_on", "contact_phone", "subdistrict_id", "office_id", "is_emergency",
         "person_id", "household_id", "closed_at", "closed_why"),
        (_application(case, teams[case.office_code]) for case in cases),
    )  # fmt: skip
    sent = [case for case in cases if case.is_submitted]
    _write_triage(sent, teams)
    _write_missing_things(sent, teams)
    _write_forwardings(sent, teams)
    _write_clocks(sent)
    for case in cases:
        _trace(case, teams[case.office_code], trace)


def closing(case: Case) -> tuple[datetime | None, str]:
    """When and why it was closed, if it was."""
    if case.ended_at is not None:
        return case.ended_at, case.ended_why
    return (case.decided_at, "decided") if case.decided_at is not None else (None, "")


def _application(case: Case, team: Team) -> tuple[Any, ...]:
    one, is_sent = case.applicant, case.is_submitted
    is_counter, is_helped = case.channel == "counter", case.channel == "helper"
    helper = helper_of(case) if is_helped else ("", "", "")
    state = "withdrawn" if case.ended_why == "withdrawn" else "submitted" if is_sent else "draft"
    return (
        case.id, case.reference, case.scheme, state, case.channel, case.language, case.sheet_id, case.started_at,
        sha256(f"demo {case.number}".encode()).hexdigest(), team["desk"].id if is_counter else None,
        f"{helper[0]} {helper[1]}".strip(), helper[2], "อาสาสมัคร" if is_helped else "",
        "spoken" if is_counter else "agreed" if is_helped else "", team["desk"].name_th if is_counter else "",
        case.submitted_at, case.name if is_sent else "", born_on(one) if is_sent else None,
        (one.phone or "") if is_sent else "", case.house.subdistrict_code if is_sent else None,
        team.office_id if is_sent else None, case.is_emergency, one.id if is_sent else None,
        case.house.id if is_sent else None, *closing(case),
    )  # fmt: skip


def _write_triage(cases: list[Case], teams: Mapping[str, Team]) -> None:
    copy_rows(
        "applications_triage",
        ("id", "application_id", "category", "is_emergency", "call_note", "triaged_at", "triaged_by_id",
         "triaged_by_name"),
        (
            (uuid4(), c.id, c.category, c.is_emergency, "โทรกลับแล้ว ยืนยันตัวและที่อยู่", c.triaged_at, desk.id, desk.name_th)
            for c in cases
            if c.triaged_at is not None
            for desk in (teams[c.office_code]["desk"],)
        ),
    )  # fmt: skip


def _write_missing_things(cases: list[Case], teams: Mapping[str, Team]) -> None:
    copy_rows(
        "applications_missingthing",
        ("id", "application_id", "question_code", "note", "asked_at", "asked_by_id", "asked_by_name", "answered_at",
         "answer_note", "evidence_id"),
        (
            (uuid4(), c.id, "photo_passbook", "ขอภาพหน้าสมุดบัญชีที่เห็นชื่อและเลขบัญชี", c.asked_at, worker.id, worker.name_th,
             c.answered_at, "ส่งให้ที่สำนักงานแล้ว" if c.answered_at else "", None)
            for c in cases
            if c.asked_at is not None
            for worker in (teams[c.office_code][c.worker],)
        ),
    )  # fmt: skip


def _write_forwardings(cases: list[Case], teams: Mapping[str, Team]) -> None:
    copy_rows(
        "applications_forwarding",
        ("id", "application_id", "to_agency", "receipt_reference", "why", "forwarded_at", "forwarded_by_id",
         "forwarded_by_name"),
        (
            (uuid4(), c.id, _AGENCIES[c.number % len(_AGENCIES)], f"รับที่ {1000 + c.number}/2569",
             "เรื่องอยู่ในอำนาจของหน่วยงานนี้โดยตรง", c.ended_at, worker.id, worker.name_th)
            for c in cases
            if c.ended_why == "forwarded"
            for worker in (teams[c.office_code][c.worker],)
        ),
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------- clocks


def due_on(case: Case) -> date:
    """The last day on which this case is in time, its closed pause added."""
    if case.triaged_at is None:
        raise ValueError("no clock runs before triage")
    rule = scheme(case.scheme).clock("decide", in_bangkok(case.triaged_at).date())
    pauses = [(case.asked_at, case.answered_at)] if case.asked_at and case.answered_at else []
    return fair_due_on(Deadline(case.triaged_at, rule.length(case.category), "calendar", frozenset(), pauses))


def _write_clocks(cases: list[Case]) -> None:
    version = calendar_version("office")
    running = [case for case in cases if case.triaged_at is not None]
    copy_rows(
        "calendars_clock",
        ("id", "subject_id", "code", "unit", "length", "law_th", "law_en", "started_at", "due_on", "calendar_version",
         "stopped_at", "stopped_why"),
        (_clock(case, version) for case in running),
    )  # fmt: skip
    paused = [case for case in running if case.asked_at is not None]
    copy_rows(
        "calendars_clockpause",
        ("id", "clock_id", "reason_code", "from_at", "until_at"),
        ((uuid4(), c.sub_id("clock"), "missing_thing", c.asked_at, _pause_end(c)) for c in paused),
    )
    copy_rows(
        "calendars_clockmove",
        ("id", "clock_id", "due_before", "due_after", "why", "calendar_version", "moved_at"),
        _clock_moves(paused, version),
    )


def _clock(case: Case, version: int) -> tuple[Any, ...]:
    rule = scheme(case.scheme).clock("decide", in_bangkok(happened(case.triaged_at)).date())
    stopped_at, why = closing(case)
    return (
        case.sub_id("clock"), case.id, rule.code, "calendar", rule.length(case.category), rule.law.th, rule.law.en,
        happened(case.triaged_at), due_on(case), version, stopped_at, why,
    )  # fmt: skip


def _pause_end(case: Case) -> datetime | None:
    """A case that ends while something is missing ends the pause as well."""
    return case.answered_at or closing(case)[0]


def _clock_moves(paused: Iterable[Case], version: int) -> Iterator[tuple[Any, ...]]:
    for case in paused:
        if case.answered_at is None or case.triaged_at is None:
            continue
        rule = scheme(case.scheme).clock("decide", in_bangkok(case.triaged_at).date())
        before = fair_due_on(Deadline(case.triaged_at, rule.length(case.category), "calendar", frozenset(), []))
        after = due_on(case)
        if before != after:
            yield (uuid4(), case.sub_id("clock"), before, after, "pause:missing_thing", version, case.answered_at)


# --------------------------------------------------------------------------------------------------------- trace


def _trace(case: Case, team: Team, trace: Trace) -> None:
    by, subject, person = voice_of(case, team), ("application", case.id), case.applicant.id
    start = {"reference": case.reference, "scheme": case.scheme, "channel": case.channel}
    trace.act(by, case.started_at, "applications.start", subject, after=start)
    if case.submitted_at is None:
        return
    sent = {"state": "submitted", "reference": case.reference, "scheme": case.scheme, "office": case.office_code,
            "channel": case.channel}  # fmt: skip
    trace.act(by, case.submitted_at, "applications.submit", subject, person_id=person, after=sent)
    if case.triaged_at is not None:
        after = {"category": case.category, "is_emergency": case.is_emergency, "due_on": due_on(case).isoformat()}
        trace.act(team["desk"].actor, case.triaged_at, "applications.triage", subject, person_id=person, after=after)
    worker = team[case.worker].actor
    if case.asked_at is not None:
        trace.act(
            worker, case.asked_at, "applications.ask_for_missing_thing", subject, person_id=person,
            after={"question": "photo_passbook"},
        )  # fmt: skip
    if case.answered_at is not None:
        trace.act(by, case.answered_at, "applications.answer_missing_thing", subject, person_id=person)
    if case.ended_at is not None:
        is_withdrawn = case.ended_why == "withdrawn"
        act = "applications.withdraw" if is_withdrawn else "applications.forward"
        trace.act(by if is_withdrawn else worker, case.ended_at, act, subject, person_id=person)
