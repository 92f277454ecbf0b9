"""When is a home visit done, and what follows from it?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.actions import ask_for_letter
from phueng.kernel.references import format_reference
from phueng.questionnaires.actions import close_sheet
from phueng.registry.actions import state_home
from phueng.verification.actions.answer_check import answer_check
from phueng.verification.actions.ask_again import ask_again
from phueng.verification.findings import fact, found
from phueng.verification.models import Visit
from phueng.verification.open_applications import locked_open_application
from phueng.verification.refusals import UnfinishedVisit
from phueng.verification.rounds import latest_checks
from phueng.verification.states import insist_may
from phueng.verification.visits import answers_of_visit, form_rows, locked_visit

FORM = "verification/pasoko1"


@action
def finish_visit(*, by: Actor, at: datetime, visit_id: UUID) -> Visit:
    """Close the form, answer the check, state where the home is, ask for the printed form (ปสค.1).

    What was seen (income, the person alive) goes into a new look at the conditions. Finishing again returns the same
    visit. Raises UnfinishedVisit with what is missing, Refused(same_hands) for who has another part in this case.
    """
    insist_may("visit", by.role)
    visit = locked_visit(visit_id)
    if visit.finished_at is not None:
        return visit
    application = locked_open_application(visit.application_id)
    missing = answers_of_visit(visit).unfinished()
    if missing:
        raise UnfinishedVisit(missing)
    lay_hand(case_id=application.id, hand="verifier", by=by, at=at)
    close_sheet(by=by, at=at, sheet_id=visit.sheet_id)
    visit.finished_at, visit.visited_by_id, visit.visited_by_name = at, by.id or visit.visited_by_id, by.name[:200]
    visit.save(update_fields=["finished_at", "visited_by_id", "visited_by_name"])
    record(
        by=by, at=at, act="verification.finish_visit", subject=("visit", visit.pk), person_id=application.person_id,
        after={"application": application.id, "has_place": visit.latitude is not None},
    )  # fmt: skip
    _answer(visit, by=by, at=at)
    if visit.latitude is not None and visit.longitude is not None and application.household_id is not None:
        state_home(
            by=by, at=at, source="home_visit", household_id=application.household_id, latitude=visit.latitude,
            longitude=visit.longitude, accuracy_metres=visit.accuracy_metres, method="visit",
        )  # fmt: skip
    ask_for_letter(
        by=by, at=at, kind=FORM, subject=("visit", visit.pk), language="th",
        office_code=application.office.code if application.office else by.office_code, context=_context(visit),
    )  # fmt: skip
    return visit


def _answer(visit: Visit, *, by: Actor, at: datetime) -> None:
    checks = latest_checks([visit.application_id])[visit.application_id]
    check = checks.get("home_visit")
    if check is not None and check.answered_at is None:
        seen = found(
            "passed", "visited", "home_visit", visit_id=visit.pk, question={"visit": visit.pk},
            facts=[fact("visited_by", known=visit.visited_by_name, source="home_visit", as_of=at)],
        )  # fmt: skip
        answer_check(
            by=by, at=at, check_id=check.pk, outcome=seen.outcome, answer=seen.answer, source=seen.source,
            question=seen.question,
        )  # fmt: skip
    if "eligibility" in checks:
        why = "มีข้อเท็จจริงใหม่จากการเยี่ยมบ้าน"
        ask_again(by=by, at=at, application_id=visit.application_id, kind="eligibility", why=why)


def _context(visit: Visit) -> dict[str, Any]:
    """Everything the printed form shows, as plain values: the paper says what was known on that day."""
    application = visit.application
    return {
        "reference": format_reference(application.reference),
        "applicant_name": application.applicant_name,
        "visited_by": visit.visited_by_name,
        "finished_at": visit.finished_at.isoformat() if visit.finished_at else "",
        "latitude": visit.latitude,
        "longitude": visit.longitude,
        "accuracy_metres": visit.accuracy_metres,
        "pages": form_rows(visit),
    }
