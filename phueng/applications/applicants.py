"""Which answers does an application keep beside its sheet, because an office is found and a person called by them?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from phueng.applications.models import Application
from phueng.kernel.thai_dates import PartialDate
from phueng.questionnaires.definitions import visible_answers
from phueng.questionnaires.queries import Answers

# Answers to "How are you today?" that cannot wait until tomorrow.
URGENT = frozenset({"no_food", "no_place_tonight", "in_danger"})


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, how they are reached and where they stay."""

    name: str
    birth_on: date | None
    contact_phone: str
    subdistrict_code: str
    helper_name: str
    helper_phone: str
    helper_relation: str
    consent_how: str
    is_urgent: bool


def applicant_in(answers: Answers) -> Applicant:
    """Read the applicant out of the questions that every scheme shares; what is not asked or answered is empty."""
    counted = visible_answers(answers.questionnaire, answers.values())

    def said(code: str) -> str:
        return answers.display(code, "th") if counted.get(code) is not None else ""

    return Applicant(
        name=said("full_name")[:200],
        birth_on=_day(counted.get("birth_date")),
        contact_phone=str(counted.get("phone") or counted.get("contact_phone") or ""),
        subdistrict_code=str((counted.get("stays_at") or {}).get("subdistrict_code", "")),
        helper_name=said("helper_name")[:200],
        helper_phone=str(counted.get("helper_phone") or ""),
        helper_relation=said("helper_relation")[:60],
        consent_how=str(counted.get("helper_consent") or "")[:30],
        is_urgent=counted.get("urgency") in URGENT,
    )


def _day(value: Any) -> date | None:
    """A birth date known only to the year counts as its first day, as everywhere in the register."""
    return PartialDate.from_iso(value).as_date() if value else None


def keep_applicant(application: Application, applicant: Applicant) -> None:
    """Copy what the queue and the messages need. A helper named at the start stands before one named in the form."""
    application.applicant_name = applicant.name
    application.birth_on = applicant.birth_on
    application.contact_phone = applicant.contact_phone
    application.subdistrict_id = applicant.subdistrict_code
    application.is_emergency = application.is_emergency or applicant.is_urgent
    if not application.helper_name and applicant.helper_name:
        application.helper_name = applicant.helper_name
        application.helper_phone = applicant.helper_phone
        application.helper_relation = applicant.helper_relation
    application.consent_how = application.consent_how or applicant.consent_how
