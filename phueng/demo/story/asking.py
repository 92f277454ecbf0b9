"""How does one of the cast ask for help, page by page, as on the form?"""

from collections.abc import Mapping
from typing import Any

from phueng.applications.actions import save_application_answers, start_application, submit_application
from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.demo.people import Citizen
from phueng.kernel.phones import format_phone
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE
from phueng.questionnaires.definitions import visible_pages
from phueng.schemes.catalogue import questionnaire

BUS_STATION = {"subdistrict_code": "400101", "note": "ม้านั่งหลังชานชาลา 5 สถานีขนส่งขอนแก่น"}


def typed_by(one: Citizen, scheme_code: str, **own: Any) -> dict[str, Any]:
    """What this person types, question by question; `own` are the answers of this case."""
    typed: dict[str, Any] = {
        "applying_for": "self",
        "full_name": {"title": one.title, "first_name": one.first_name, "last_name": one.last_name or "-"},
        "has_national_id": "yes" if one.national_id else "no",
        "national_id": one.national_id or "",
        "no_national_id_reason": "not_registered",
        "birth_date": _born(one),
        "has_phone": "yes" if one.phone else "no",
        "phone": format_phone(one.phone) if one.phone else "",
        "contact_name": "",
        "contact_phone": "",
        "stays_at": _stays_at(one),
        "pay_to": "bank" if one.account else "cash",
        "bank_account": {
            "bank_code": one.bank_code, "number": one.account, "holder": f"{one.first_name} {one.last_name}".strip(),
        },
        "help_received": ["state_welfare_card"] if one.has_state_welfare_card else ["none"],
        "state_income": ["state_pension"] if one.has_state_pension else ["none"],
        "has_disability_card": "yes" if one.has_disability_card else "no",
        "has_state_welfare_card": "yes" if one.has_state_welfare_card else "no",
        "lives_in_state_shelter": "no",
        "household_size": "2",
        "urgency": "can_wait",
    }  # fmt: skip
    asked = questionnaire(scheme_code).questions
    return {code: value for code, value in (typed | own).items() if code in asked}


def _born(one: Citizen) -> str:
    year = one.born_on.year + BE_AHEAD_OF_CE
    return f"{one.born_on.day}/{one.born_on.month}/{year}" if one.born_precision == "day" else str(year)


def _stays_at(one: Citizen) -> dict[str, str]:
    parts = {"house_no": "", "moo": "", "village": "", "street": "", "note": ""}
    if not one.household_key:
        return parts | BUS_STATION
    house = one.house
    return parts | {"subdistrict_code": house.subdistrict_code, "house_no": house.house_no, "moo": house.moo}


def ask(
    one: Citizen, scheme_code: str, *, by: Actor, typed: Mapping[str, Any], channel: str = "web", **more: Any
) -> Application:
    """Fill in every page that this person sees, and send it."""
    application = start_application(
        by=by, at=now(), scheme_code=scheme_code, channel=channel, device_key=f"demo {one.key} {scheme_code}", **more
    )
    form = questionnaire(scheme_code)
    values = {code: typed[code] for code in ("applying_for", "pay_to", "helper_consent") if code in typed}
    values |= {code: typed[code] == "yes" for code in ("has_national_id", "has_phone")}
    for page in visible_pages(form, values):
        answers = {code: typed.get(code, []) for code in page.questions if code in typed or "photo" in code}
        problems = save_application_answers(
            by=by, at=now(), application_id=application.id, page_code=page.code, typed=answers
        )
        if problems:
            raise ValueError(f"{one.key} {scheme_code} {page.code}: {sorted(problems)}")
    return submit_application(by=by, at=now(), application_id=application.id)
