"""What do the officers of the cast do with a case? Each step is the action behind the page."""

from uuid import UUID

from phueng.applications.actions import triage_application
from phueng.applications.models import Application
from phueng.audit.clock import now
from phueng.decisions.actions import decide, recommend
from phueng.decisions.models import Decision
from phueng.demo.people import (
    APPROVER,
    FRONT_DESK,
    MUNICIPAL_APPROVER,
    MUNICIPAL_OFFICER,
    SOCIAL_WORKER,
    Citizen,
    Staff,
)
from phueng.demo.story.voices import as_actor
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE, in_bangkok
from phueng.verification.actions import finish_visit, note_visit_place, save_visit_answers, settle_check, start_visit
from phueng.verification.queries import checks_of
from phueng.verification.visit_form import visit_questionnaire


def worker_of(application: Application) -> Staff:
    """Who looks after this case."""
    return SOCIAL_WORKER if application.scheme_code == "family" else MUNICIPAL_OFFICER


def approver_of(application: Application) -> Staff:
    """Who decides it."""
    return APPROVER if application.scheme_code == "family" else MUNICIPAL_APPROVER


def triage(application: Application, category: str, note: str, *, is_emergency: bool = False) -> None:
    """Call back, name the category, start the clock."""
    by = FRONT_DESK if application.scheme_code == "family" else MUNICIPAL_OFFICER
    triage_application(
        by=as_actor(by), at=now(), application_id=application.id, category=category, call_note=note,
        is_emergency=is_emergency,
    )  # fmt: skip


def settle_doubts(application: Application, why: str) -> None:
    """Accept every check that asked for attention."""
    for check in checks_of([application.id])[application.id]:
        if check.standing == "attention":
            by = as_actor(worker_of(application))
            settle_check(by=by, at=now(), check_id=check.id, outcome="accepted", why=why)


def begin_visit(application: Application) -> UUID:
    """Set out for the home."""
    return start_visit(by=as_actor(worker_of(application)), at=now(), application_id=application.id).id


def visit(application: Application, one: Citizen, problem: str, *, income: str = "18000") -> None:
    """Visit the home and fill in the form."""
    by, visit_id = as_actor(worker_of(application)), begin_visit(application)
    typed = _seen(one, problem, income)
    for page in visit_questionnaire().pages:
        answers = {code: typed[code] for code in page.questions if code in typed}
        problems = save_visit_answers(by=by, at=now(), visit_id=visit_id, page_code=page.code, typed=answers)
        if problems:
            raise ValueError(f"{one.key} visit {page.code}: {sorted(problems)}")
    house = one.house
    note_visit_place(
        by=by, at=now(), visit_id=visit_id, latitude=house.latitude, longitude=house.longitude, accuracy_metres=9.0
    )
    finish_visit(by=by, at=now(), visit_id=visit_id)


def _seen(one: Citizen, problem: str, income: str) -> dict[str, object]:
    on = in_bangkok(now()).date()
    return {
        "met_whom": "applicant", "visited_on": f"{on.day}/{on.month}/{on.year + BE_AHEAD_OF_CE}", "who_else_came": "อพม.",
        "home_kind": "house", "home_owner": "own", "home_state": "worn", "utilities": ["water", "electricity", "toilet"],
        "family_size": "2", "family_members": f"{one.name_th} ผู้ขอ", "in_need_of_care": ["none"],
        "household_income_year": income, "income_from": "รับจ้างทั่วไป", "spending_month": "4000", "debts": "15000",
        "debts_to": ["village_fund"], "health": ["chronic_illness"], "health_note": "ความดันสูง กินยาประจำ",
        "problem": problem, "tried_locally": "เพื่อนบ้านช่วยข้าวสารและของใช้", "wants_of_person": "เงินค่าอาหารและของจำเป็น",
        "opinion": "เดือดร้อนจริงตามที่แจ้ง ควรช่วยเหลือ", "should_help": "help", "other_help": "",
        "photo_outside": [], "photo_inside": [], "photo_person": [],
    }  # fmt: skip


def propose(application: Application, outcome: str, why: str, satang: int | None = None) -> None:
    """Recommend."""
    recommend(
        by=as_actor(worker_of(application)), at=now(), application_id=application.id, outcome=outcome, why=why,
        amount_satang=satang,
    )  # fmt: skip


def order(application: Application, outcome: str, why: str) -> Decision:
    """Decide."""
    return decide(
        by=as_actor(approver_of(application)), at=now(), application_id=application.id, outcome=outcome, why=why
    )
