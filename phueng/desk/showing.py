"""How is a case file drawn: which rows, photos and words stand in the three columns?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from phueng.applications.models import Application
from phueng.design.pieces import Row
from phueng.design.times import baht_text, day_text, moment_text
from phueng.design.wording import current_language, say
from phueng.desk.casefiles import CaseFile
from phueng.desk.history import events
from phueng.documents.models import Letter
from phueng.documents.queries import EvidenceCard
from phueng.kernel.phones import format_phone
from phueng.kernel.thai_dates import age_on
from phueng.notices.queries import MessageCard
from phueng.places.models import Subdistrict
from phueng.places.queries import place_line
from phueng.verification.queries import CheckCard
from phueng.verification.wording import source_words

SIGNS = {"waiting": "waiting", "passed": "done", "failed": "late", "attention": "action", "accepted": "done", "refused": "late"}
STANDINGS = {
    "waiting": ("รอตอบ", "Waiting"),
    "passed": ("ผ่าน", "Passed"),
    "failed": ("ไม่ผ่าน", "Failed"),
    "attention": ("ต้องดู", "Needs a look"),
    "accepted": ("เจ้าหน้าที่รับรอง", "Accepted"),
    "refused": ("เจ้าหน้าที่ไม่รับรอง", "Not accepted"),
}
CHANNELS = {"web": ("ยื่นเอง", "Online"), "counter": ("ยื่นที่สำนักงาน", "At the counter"), "helper": ("มีผู้ช่วยยื่น", "Through a helper")}
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


@dataclass(frozen=True, slots=True)
class Compared:
    """One value as stated and as a register knows it."""

    label: str
    stated: str
    found: str
    differs: bool
    source: str


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
        Row(say("โทร", "Phone"), format_phone(application.contact_phone) if application.contact_phone else say("ไม่มี", "None")),
        Row(say("พักที่", "Stays at"), case.answers.display("stays_at", current_language()) or short_place(application.subdistrict)),
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


def compared(check: CheckCard) -> list[Compared]:
    """What the applicant stated beside what the register knows, for the checks that compare."""
    english = current_language() == "en"
    return [
        Compared(
            fact.get("label_en" if english else "label_th", ""),
            fact_text(str(fact.get("code")), fact.get("stated")),
            fact_text(str(fact.get("code")), fact.get("found")),
            fact.get("verdict") not in ("", None, "same"),
            source_words(str(fact.get("source") or "")).in_language(current_language()) if fact.get("source") else "",
        )
        for fact in (check.answer or {}).get("facts", ())
        if (fact.get("stated") is not None or fact.get("found") is not None) and fact.get("code") != "household"
    ]


def value_text(value: Any) -> str:
    """A kept value as a person reads it."""
    match value:
        case None | "":
            return say("ไม่ทราบ", "Unknown")
        case bool():
            return say("ใช่", "Yes") if value else say("ไม่ใช่", "No")
        case int():
            return f"{value:,}"
        case dict():
            return " ".join(str(part) for part in value.values() if part)
        case list():
            return ", ".join(value_text(one) for one in value)
    return _day_of(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)) else str(value)


FACT_WORDS = {
    "alive": ("มีชีวิต", "Alive"),
    "dead": ("เสียชีวิตแล้ว", "Dead"),
    "THA": ("ไทย", "Thai"),
    "XXA": ("ไร้รัฐ", "Stateless"),
}


def fact_text(code: str, value: Any) -> str:
    """A compared value in words: codes of places and states are spelt out."""
    if code == "subdistrict" and value:
        return place_line(str(value), current_language(), with_postal_code=False)
    return say(*FACT_WORDS[value]) if isinstance(value, str) and value in FACT_WORDS else value_text(value)


# Reasons whose value is an amount; all others are counts, days, yes or no, or the code of an answer.
MONEY_REASONS = frozenset({"low_income", "amount"})


def reason_value(reason: Mapping[str, Any], options: Mapping[str, str]) -> str:
    """The value a rule looked at; amounts in baht, answers by their words."""
    value = reason.get("value")
    if reason.get("code") in MONEY_REASONS and isinstance(value, int):
        return baht_text(value)
    return options.get(value, value_text(value)) if isinstance(value, str) else value_text(value)


def option_words(case: CaseFile) -> dict[str, str]:
    """The words of every answer one can choose, by code."""
    english = current_language() == "en"
    questions = case.answers.questionnaire.questions.values()
    return {option.code: option.en if english else option.th for question in questions for option in question.options}


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


@dataclass(frozen=True, slots=True)
class CheckSeen:
    """One check as it stands in the right column."""

    card: CheckCard
    label: str
    said: str
    source: str
    sign: str
    standing: str
    compared: list[Compared]
    may_ask_again: bool


@dataclass(frozen=True, slots=True)
class ReasonSeen:
    """One condition of the law with the value that was looked at."""

    label: str
    sentence: str
    sign: str
    words: str
    value: str
    source: str
    as_of: str
    law: str


def checks_seen(case: CaseFile) -> list[CheckSeen]:
    """The checks in the order in which they run."""
    language = current_language()
    return [
        CheckSeen(
            card=check,
            label=check.label(language),
            said=check.said(language),
            source=check.source_said(language),
            sign=SIGNS[check.standing],
            standing=say(*STANDINGS[check.standing]),
            compared=compared(check),
            may_ask_again=case.is_open and check.kind != "home_visit" and check.outcome != "waiting",
        )
        for check in case.checks
    ]


def reasons_seen(reasons: Iterable[Mapping[str, Any]], options: Mapping[str, str]) -> list[ReasonSeen]:
    """Reasons of the rules, as kept with a check, a recommendation or a decision."""
    english = current_language() == "en"
    words: dict[object, tuple[str, str, str]] = {
        True: ("done", "ผ่าน", "Met"), False: ("late", "ไม่ผ่าน", "Not met")
    }  # fmt: skip
    seen = []
    for reason in reasons:
        sign, th, en = words.get(reason.get("passed"), ("waiting", "ยังบอกไม่ได้", "Cannot tell"))
        seen.append(
            ReasonSeen(
                label=str(reason.get("label_en" if english else "label_th") or reason.get("code", "")),
                sentence=str(reason.get("sentence_en" if english else "sentence_th") or ""),
                sign=sign,
                words=say(th, en),
                value=reason_value(reason, options),
                source=source_words(str(reason.get("source") or "")).in_language("en" if english else "th")
                if reason.get("source") else "",
                as_of=_day_of(reason.get("as_of")),
                law=str(reason.get("law_en" if english else "law_th") or reason.get("law") or ""),
            )
        )  # fmt: skip
    return seen


def _day_of(written: object) -> str:
    """A day or moment kept as ISO text, as people read it."""
    if not isinstance(written, str) or not written:
        return ""
    try:
        if "T" in written or " " in written:
            return moment_text(datetime.fromisoformat(written))
        return day_text(date.fromisoformat(written))
    except ValueError:
        return written


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
