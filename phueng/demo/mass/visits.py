"""What did officers see on the home visits of the mass?"""

from collections.abc import Mapping
from typing import Any

from phueng.demo.copying import copy_rows
from phueng.demo.mass.plan import Case, happened
from phueng.demo.mass.sheets import STORIES, Sheet, write_sheets
from phueng.demo.mass.teams import Team
from phueng.demo.mass.traces import Trace
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE, in_bangkok
from phueng.verification.visit_form import visit_questionnaire

_HOMES = (
    ("house", "own", "worn"),
    ("house", "relatives", "sound"),
    ("room", "rented", "worn"),
    ("shack", "public_land", "dangerous"),
)


def write_visits(cases: list[Case], teams: Mapping[str, Team], trace: Trace) -> None:
    """Visits, finished or begun, with their form (ปสค.1) and where the officer stood."""
    visited = [case for case in cases if case.visit_started_at is not None]
    write_sheets(_sheet(case) for case in visited)
    copy_rows(
        "verification_visit",
        ("id", "application_id", "sheet_id", "started_at", "finished_at", "visited_by_id", "visited_by_name", "latitude",
         "longitude", "accuracy_metres"),
        (
            (c.sub_id("visit"), c.id, c.sub_id("visit sheet"), c.visit_started_at, c.visited_at, worker.id, worker.name_th,
             c.house.latitude if c.visited_at else None, c.house.longitude if c.visited_at else None,
             8.0 + c.number % 20 if c.visited_at else None)
            for c in visited
            for worker in (teams[c.office_code][c.worker],)
        ),
    )  # fmt: skip
    for case in visited:
        worker, subject = teams[case.office_code][case.worker].actor, ("visit", case.sub_id("visit"))
        trace.act(
            worker, happened(case.visit_started_at), "verification.start_visit", subject, person_id=case.applicant.id
        )
        if case.visited_at is not None:
            trace.act(worker, case.visited_at, "verification.finish_visit", subject, person_id=case.applicant.id)


def _sheet(case: Case) -> Sheet:
    form = visit_questionnaire()
    typed = _typed(case) if case.visited_at is not None else {}
    last = "photos" if case.visited_at else ""
    return Sheet(case.sub_id("visit sheet"), form, happened(case.visit_started_at), case.visited_at, typed, last)


def _typed(case: Case) -> dict[str, Any]:
    on = in_bangkok(happened(case.visit_started_at)).date()
    kind, owner, state = _HOMES[case.number % len(_HOMES)]
    helps = case.outcome != "refuse"
    return {
        "met_whom": "applicant",
        "visited_on": f"{on.day}/{on.month}/{on.year + BE_AHEAD_OF_CE}",
        "who_else_came": "อพม." if case.number % 3 == 0 else "",
        "home_kind": kind, "home_owner": owner, "home_state": state,
        "utilities": ["water", "electricity", "toilet"] if state != "dangerous" else ["electricity"],
        "family_size": str(1 + case.number % 5),
        "family_members": f"{case.name} ผู้ขอ",
        "in_need_of_care": ["none"] if case.number % 2 else ["older_person"],
        "household_income_year": str(case.income_satang // 100),
        "income_from": "รับจ้างทั่วไป",
        "spending_month": str(2_500 + case.number % 7 * 500),
        "debts": str(case.number % 9 * 5_000),
        "debts_to": ["village_fund"],
        "health": ["well"] if case.number % 3 else ["chronic_illness"],
        "health_note": "",
        "problem": STORIES[case.hardship],
        "tried_locally": "เพื่อนบ้านให้ข้าวสารและของใช้แล้ว",
        "wants_of_person": "เงินค่าอาหารและค่าใช้จ่ายจำเป็น",
        "opinion": "เดือดร้อนจริงตามที่แจ้ง" if helps else "มีรายได้และญาติดูแล ควรได้รับคำแนะนำเรื่องอาชีพแทน",
        "should_help": "help" if helps else "other_help",
        "other_help": "" if helps else "แนะนำฝึกอาชีพ",
        "photo_outside": [], "photo_inside": [], "photo_person": [],
    }  # fmt: skip
