"""How is a case file drawn: which rows, photos and words stand in the three columns?"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from phueng.applications.models import Application
from phueng.design.pieces import Row
from phueng.design.times import day_text, moment_text
from phueng.design.wording import current_language, say
from phueng.desk.casefiles import CaseFile
from phueng.desk.check_rows import checks_seen, option_words, reasons_seen
from phueng.desk.history import events
from phueng.documents.models import Letter
from phueng.documents.queries import EvidenceCard
from phueng.kernel.phones import format_phone
from phueng.kernel.thai_dates import age_on
from phueng.notices.queries import MessageCard
from phueng.places.models import Subdistrict

CHANNELS = {
    "web": ("ยื่นเอง", "Online"),
    "counter": ("ยื่นที่สำนักงาน", "At the counter"),
    "helper": ("มีผู้ช่วยยื่น", "Through a helper"),
}
LETTERS = {
    "applications/slip": ("ใบรับคำขอ", "Receipt slip"),
    "decisions/decision_letter": ("หนังสือแจ้งผล", "Decision letter"),
    "verification/pasoko1": ("แบบ ปสค.1", "Form ปสค.1"),
}


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file in the grid of a case."""

    url: str
    thumbnail_url: str
    caption: str
    card: EvidenceCard


def short_place(place: Subdistrict | None) -> str:
    """ต.ในเมือง อ.เมืองขอนแก่น: enough for a list; needs district and province at hand."""
    if place is None:
        return say("ไม่มีที่อยู่", "No address")
    district = place.district
    if current_language() == "en":
        return f"{place.name_en}, {district.name_en}"
    if place.pk.startswith("10"):
        return f"แขวง{place.name_th} เขต{district.name_th}"
    return f"ต.{place.name_th} อ.{district.name_th}"


def applicant_rows(case: CaseFile) -> list[Row]:
    """Who asks, as the applicant said it."""
    application = case.application
    born = application.birth_on
    rows = [
        Row(say("ชื่อ", "Name"), application.applicant_name),
        Row(say("อายุ", "Age"), _age(application, case), note=day_text(born) if born else ""),
        Row(
            say("โทร", "Phone"),
            format_phone(application.contact_phone) if application.contact_phone else say("ไม่มี", "None"),
        ),
        Row(
            say("พักที่", "Stays at"),
            case.answers.display("stays_at", current_language()) or short_place(application.subdistrict),
        ),
        Row(say("ยื่นเมื่อ", "Sent"), moment_text(application.submitted_at)),
        Row(say("ช่องทาง", "Through"), say(*CHANNELS[application.channel])),
    ]
    if application.helper_name:
        rows.append(Row(say("ผู้ช่วย", "Helper"), application.helper_name, note=application.helper_relation))
    return rows


def _age(application: Application, case: CaseFile) -> str:
    return say("{n} ปี", "{n}", n=age_on(application.birth_on, case.on)) if application.birth_on else ""


def answer_groups(case: CaseFile) -> list[Row]:
    """Every question that was asked, answered or not, in the order of the form."""
    language, answers = current_language(), case.answers
    shown = {"full_name", "stays_at", "phone", "birth_date"}
    rows = []
    for page in answers.questionnaire.pages:
        if page.shown_when is not None and not any(answers.is_answered(code) for code in page.questions):
            continue
        for code in page.questions:
            question = answers.questionnaire.questions[code]
            if code in shown:
                continue
            said = answers.display(code, language)
            if question.kind == "photo":
                number = sum(card.slot == code for card in case.evidence)
                said = say("{n} ภาพ", "{n} photos", n=number) if number else ""
            rows.append(Row(question.label(language), said))
    return rows


def files_of(case: CaseFile, *, of: UUID | None = None) -> list[FileSeen]:
    """Photos and papers of the case and its visits, named by the question they answer."""
    reference = case.application.reference
    found = []
    for card in case.evidence:
        if of is not None and card.subject_id != of:
            continue
        url = reverse("desk:file", args=[reference, card.id])
        found.append(FileSeen(url, f"{url}?small=1" if card.has_thumbnail else url, _caption(case, card), card))
    return found


def _caption(case: CaseFile, card: EvidenceCard) -> str:
    question = case.answers.questionnaire.questions.get(card.slot)
    if question is not None:
        return question.label(current_language())
    if card.subject_id != case.application.pk:
        return say("ภาพเยี่ยมบ้าน", "Home visit photo")
    return say("ลายนิ้วมือให้ความยินยอม", "Thumbprint of consent") if card.slot == "consent" else card.original_name


def letter_words(letter: Letter) -> str:
    """What the letter is, in the language of the page."""
    return say(*LETTERS.get(letter.kind, ("หนังสือ", "Letter")))


MESSAGE_STATES = {
    "delivered": ("done", "ถึงแล้ว", "Delivered"),
    "failed": ("late", "ส่งไม่ถึง", "Not delivered"),
    "sent": ("waiting", "ส่งแล้ว รอผล", "Sent"),
    "retrying": ("waiting", "กำลังลองส่งใหม่", "Trying again"),
    "waiting": ("waiting", "รอส่ง", "Queued"),
}


def message_state(message: MessageCard) -> tuple[str, str]:
    """(sign, words) of how far a message got."""
    sign, th, en = MESSAGE_STATES[message.standing]
    return sign, say(th, en)


def columns(case: CaseFile) -> dict[str, Any]:
    """Everything the template draws, in the language of the page."""
    eligibility = case.eligibility
    latest = case.decisions.recommendations[-1] if case.decisions.recommendations else None
    options = option_words(case)
    return {
        "applicant": applicant_rows(case),
        "answers": answer_groups(case),
        "files": files_of(case),
        "checks": checks_seen(case),
        "rules": reasons_seen(eligibility.answer.get("reasons", ()), options) if eligibility else [],
        "rules_amount": eligibility.answer.get("amount_satang") if eligibility else None,
        "latest_recommendation": latest,
        "recommended_reasons": reasons_seen(latest.reasons, options) if latest else [],
        "history": events(case.entries),
        "messages_seen": [(message, *message_state(message)) for message in case.messages],
        "letters_seen": [(letter, letter_words(letter)) for letter in case.letters],
    }
