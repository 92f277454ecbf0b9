"""What did the checks of the mass find? The same words and shapes as verification keeps."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from phueng.demo.copying import copy_rows
from phueng.demo.mass.plan import Case
from phueng.demo.mass.rulings import Ruling
from phueng.demo.mass.teams import Team
from phueng.demo.mass.traces import Trace
from phueng.demo.register_records import difference_of
from phueng.kernel.national_id import mask_national_id
from phueng.schemes.catalogue import scheme
from phueng.verification.findings import Finding, fact, found
from phueng.verification.kinds import kinds_for

_NO_NUMBER = {"reason": "ไม่เคยแจ้งเกิดหรือไม่มีชื่อในทะเบียน"}
_NO_NUMBER_EN = {"reason": "the birth was never registered"}


def write_checks(cases: list[Case], rulings: Mapping[UUID, Ruling], teams: Mapping[str, Team], trace: Trace) -> None:
    """Every check of every submitted case, answered, and settled by an officer where it asked for one."""
    settlements: list[tuple[Any, ...]] = []
    copy_rows(
        "verification_check",
        ("id", "application_id", "kind", "round", "outcome", "question", "answer", "source", "asked_at", "answered_at",
         "tries", "next_try_at", "last_failure"),
        (row for case in cases for row in _checks(case, rulings[case.id], teams[case.office_code], settlements)),
    )  # fmt: skip
    copy_rows(
        "verification_settlement",
        ("id", "check_asked_id", "outcome", "why", "settled_at", "settled_by_id", "settled_by_name"),
        settlements,
    )
    for case in cases:
        if case.checked_at is not None:
            trace.system(
                case.checked_at, "verification.answer_check", ("application", case.id), person_id=case.applicant.id,
                after={"kinds": list(kinds_for(scheme(case.scheme)))},
            )  # fmt: skip


def _checks(case: Case, ruling: Ruling, team: Team, settlements: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for kind in kinds_for(scheme(case.scheme)):
        check_id = case.sub_id(f"check {kind}")
        answered_at = case.visited_at if kind == "home_visit" else case.checked_at
        finding = _finding(kind, case, ruling, team) if answered_at is not None else None
        yield _row(check_id, case, kind, finding, answered_at)
        if finding is not None and finding.outcome == "attention" and case.recommended_at is not None:
            worker = team[case.worker]
            settlements.append(
                (uuid4(), check_id, "accepted", "โทรถามผู้ขอและดูเอกสารแล้ว เป็นคนเดียวกัน", case.recommended_at, worker.id,
                 worker.name_th)
            )  # fmt: skip


def _row(
    check_id: UUID, case: Case, kind: str, finding: Finding | None, answered_at: datetime | None
) -> tuple[Any, ...]:
    asked_at = case.submitted_at
    if finding is None:
        return (check_id, case.id, kind, 1, "waiting", "{}", None, "", asked_at, None, 0, asked_at, "")
    question, answer = (json.dumps(said, ensure_ascii=False) for said in (finding.question, finding.answer))
    return (
        check_id, case.id, kind, 1, finding.outcome, question, answer, finding.source, asked_at, answered_at, 1, asked_at,
        "",
    )  # fmt: skip


def _finding(kind: str, case: Case, ruling: Ruling, team: Team) -> Finding:
    match kind:
        case "identifier":
            return _identifier(case)
        case "civil_register":
            return _civil_register(case)
        case "same_person":
            return found("passed", "known_person", "phueng", person_id=case.applicant.id, candidates=[])
        case "household":
            known = fact("household", known=case.house.house_no, verdict="same", source="phueng")
            return found("passed", "household_known", "phueng", facts=[known], household_id=case.house.id)
        case "other_benefits":
            return found("passed", "nothing_stands_against", "phueng", verdicts=[], grants_this_fiscal_year=0)
        case "eligibility":
            return found(
                "passed" if ruling.outcome == "eligible" else "failed", ruling.outcome, "rules", outcome=ruling.outcome,
                amount_satang=ruling.amount_satang, reasons=ruling.reasons, parameters_used={},
            )  # fmt: skip
        case _:
            visitor = fact("visited_by", known=team[case.worker].name_th, source="home_visit", as_of=case.visited_at)
            return found("passed", "visited", "home_visit", facts=[visitor])


def _identifier(case: Case) -> Finding:
    number = case.applicant.national_id
    if number is None:
        return found("attention", "no_number", "applicant", th=_NO_NUMBER, en=_NO_NUMBER_EN)
    masked = mask_national_id(number)
    return found(
        "passed", "number_is_right", "check_digit", facts=[fact("national_id", stated=masked, source="applicant")]
    )


def _civil_register(case: Case) -> Finding:
    if case.applicant.national_id is None:
        return found("attention", "not_asked_without_number", "applicant")
    name = f"{case.applicant.first_name} {case.applicant.last_name}"
    said: dict[str, Any] = {"source": "civil_register", "as_of": case.checked_at}
    difference = difference_of(case.applicant)
    if difference == "spelling":
        return found(
            "passed", "spelling_differs", "civil_register", facts=[fact("name", stated=name, verdict="close", **said)]
        )
    if difference:
        code = "subdistrict" if difference == "moved" else "birth_date"
        return found("attention", "register_differs", "civil_register", facts=[fact(code, verdict="different", **said)])
    facts = [
        fact("name", stated=name, known=name, verdict="same", **said),
        fact("vital_status", known="alive", **said),
        fact("nationality", known=case.applicant.nationality, **said),
    ]
    return found("passed", "register_agrees", "civil_register", facts=facts)
