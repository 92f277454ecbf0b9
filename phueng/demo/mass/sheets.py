"""What did the applicants of the mass answer? Typed as people type, understood by the questionnaire's own readers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from phueng.access.sealed import seal
from phueng.demo.copying import copy_rows
from phueng.demo.mass.plan import Case
from phueng.kernel.phones import format_phone
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE, in_bangkok
from phueng.questionnaires.definitions import Questionnaire, check_answer, visible_pages
from phueng.schemes.catalogue import questionnaire

STORIES = {
    "lost_income": "ตกงานตั้งแต่โรงงานปิด รายได้ไม่พอค่าข้าวกับค่าเช่า",
    "serious_illness": "ป่วยต้องไปโรงพยาบาลบ่อย ทำงานไม่ได้ ค่ารถไปหาหมอแพง",
    "disability_at_home": "ต้องดูแลคนพิการที่บ้านตลอด ออกไปทำงานไม่ได้",
    "earner_died": "คนหาเลี้ยงเพิ่งเสีย ยังไม่มีใครหารายได้แทน",
    "earner_left": "แฟนทิ้งไป ต้องเลี้ยงลูกคนเดียว",
    "earner_missing": "คนหาเลี้ยงหายไป ติดต่อไม่ได้",
    "earner_jailed": "คนหาเลี้ยงติดคุก ที่บ้านเหลือแต่คนแก่กับเด็ก",
    "no_home": "บ้านพัง ตอนนี้อาศัยอยู่กับเพื่อนบ้าน",
    "disaster": "น้ำท่วมบ้าน ข้าวของเสียหายเกือบหมด",
    "violence": "ถูกทำร้าย ต้องย้ายออกมาอยู่ที่อื่น",
    "other": "เดือดร้อนหลายอย่างพร้อมกัน ขอคำแนะนำด้วย",
}


@dataclass(frozen=True)
class Sheet:
    """One filled-in questionnaire."""

    id: UUID
    questionnaire: Questionnaire
    started_at: datetime
    closed_at: datetime | None
    typed: Mapping[str, Any]
    last_page: str


def write_sheets(sheets: Iterable[Sheet]) -> None:
    """Write sheets with their answers, sealed as the questionnaires seal them."""
    sheets = list(sheets)
    copy_rows(
        "questionnaires_sheet",
        ("id", "questionnaire_code", "version", "started_at", "closed_at", "last_page_code"),
        ((s.id, s.questionnaire.code, s.questionnaire.version, s.started_at, s.closed_at, s.last_page) for s in sheets),
    )
    copy_rows(
        "questionnaires_answer",
        ("id", "sheet_id", "question_code", "typed", "value", "problem_code", "saved_at"),
        (row for sheet in sheets for row in _answers(sheet)),
    )


def _answers(sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    today = in_bangkok(sheet.started_at).date()
    saved_at = sheet.closed_at or sheet.started_at
    for code, raw in sheet.typed.items():
        understood = check_answer(sheet.questionnaire.questions[code], raw, today=today, allow_unissued_ids=True)
        if isinstance(understood, Problem):
            raise ValueError(f"{sheet.questionnaire.code}.{code}: {raw!r} is not an answer ({understood.code})")
        yield (uuid4(), sheet.id, code, _sealed(raw), _sealed(understood.value), "", saved_at)


def _sealed(value: Any) -> bytes | None:
    if value is None:
        return None
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def application_sheet(case: Case) -> Sheet:
    """The answers of one request; a draft stops half-way."""
    asked = questionnaire(case.scheme)
    typed = _asked_only(asked, _typed(case))
    if not case.is_submitted:
        typed = dict(list(typed.items())[: 4 + case.number % 6])
    last = asked.pages[-1].code if case.is_submitted else "name"
    return Sheet(case.sub_id("sheet"), asked, case.started_at, case.submitted_at, typed, last)


def _asked_only(asked: Questionnaire, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the questions that this person saw, photos left blank."""
    values = {"applying_for": typed["applying_for"], "pay_to": typed["pay_to"]}
    values |= {code: typed[code] == "yes" for code in ("has_national_id", "has_phone")}
    found: dict[str, Any] = {}
    for code in (code for page in visible_pages(asked, values) for code in page.questions):
        if asked.questions[code].kind == "photo":
            found[code] = []
        elif code in typed:
            found[code] = typed[code]
    return found


def _typed(case: Case) -> dict[str, Any]:
    one, house = case.applicant, case.house
    is_helped = case.channel == "helper"
    typed: dict[str, Any] = {
        "applying_for": "other" if is_helped else "self",
        "full_name": {"title": one.title, "first_name": one.first_name, "last_name": one.last_name},
        "has_national_id": "yes" if one.national_id else "no",
        "national_id": one.national_id or "",
        "no_national_id_reason": "not_registered",
        "birth_date": born_as_typed(case),
        "has_phone": "yes" if one.phone else "no",
        "phone": format_phone(one.phone) if one.phone else "",
        "contact_name": "",
        "contact_phone": "",
        "stays_at": {
            "province_code": house.subdistrict_code[:2], "district_code": house.subdistrict_code[:4],
            "subdistrict_code": house.subdistrict_code, "house_no": house.house_no, "moo": house.moo, "village": "",
            "street": "", "note": "",
        },
        "pay_to": "bank" if case.has_account else "cash",
        "bank_account": {
            "bank_code": one.bank_code or "", "number": one.bank_account or "",
            "holder": f"{one.first_name} {one.last_name}",
        },
    }  # fmt: skip
    if is_helped:
        helper = helper_of(case)
        typed |= {
            "helper_name": {"title": "", "first_name": helper[0], "last_name": helper[1]},
            "helper_relation": "volunteer", "helper_phone": format_phone(helper[2]), "helper_consent": "agreed",
        }  # fmt: skip
    return typed | _of_the_scheme(case)


def _of_the_scheme(case: Case) -> dict[str, Any]:
    if case.scheme == "family":
        return {
            "household_size": str(1 + case.number % 5),
            "hardship": case.hardship,
            "urgency": "no_food" if case.is_emergency else "can_wait",
            "story": STORIES[case.hardship],
            "household_income": str(case.income_satang // 100),
            "help_received": ["state_welfare_card"] if case.applicant.has_state_welfare_card else ["none"],
        }
    if case.scheme == "old_age":
        return {"state_income": ["state_pension"] if case.has_pension else ["none"]}
    return {
        "has_disability_card": "yes" if case.has_card else "no",
        "has_state_welfare_card": "yes" if case.applicant.has_state_welfare_card else "no",
        "lives_in_state_shelter": "no",
    }


def born_as_typed(case: Case) -> str:
    """The birth date as people say it, Buddhist era; only what is known."""
    one = case.applicant
    year = str(one.born_year + BE_AHEAD_OF_CE)
    parts = (
        (one.born_day, one.born_month, year) if one.born_day else (one.born_month, year) if one.born_month else (year,)
    )
    return "/".join(str(part) for part in parts)


@cache
def _helpers() -> tuple[tuple[str, str, str], ...]:
    return (
        ("คำพูน", "มะลิบ้านเหนือ", "+66800000091"),
        ("สมศรี", "ดวงทรายงาม", "+66800000092"),
        ("บุญมี", "แก้วไพรวัน", "+66800000093"),
        ("สมคิด", "วันน้ำคำ", "+66800000094"),
    )


def helper_of(case: Case) -> tuple[str, str, str]:
    """The volunteer who applied for this person: first name, last name, phone."""
    return _helpers()[case.number % len(_helpers())]
