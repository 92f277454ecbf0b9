"""How are checks and the conditions of the law shown: question, answer, source, and two values side by side?"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from phueng.design.times import baht_text, day_text, moment_text
from phueng.design.wording import current_language, say
from phueng.desk.casefiles import CaseFile
from phueng.desk.stages import Stage
from phueng.places.queries import place_line
from phueng.verification.queries import CheckCard
from phueng.verification.wording import source_words

SIGNS = {
    "waiting": "waiting",
    "passed": "done",
    "failed": "late",
    "attention": "action",
    "accepted": "done",
    "refused": "late",
}
STANDINGS = {
    "waiting": ("รอตอบ", "Waiting"),
    "passed": ("ผ่าน", "Passed"),
    "failed": ("ไม่ผ่าน", "Failed"),
    "attention": ("ต้องดู", "Needs a look"),
    "accepted": ("เจ้าหน้าที่รับรอง", "Accepted"),
    "refused": ("เจ้าหน้าที่ไม่รับรอง", "Not accepted"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One value as stated and as a register knows it."""

    label: str
    stated: str
    found: str
    differs: bool
    source: str


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


def version_of(checks: Iterable[CheckCard], stage: Stage, language: str) -> str:
    """Changes when a check or the stage does: what an open page compares to know that it is still right."""
    parts = [
        (one.id, one.standing, one.tries, one.next_try_at, one.last_failure, one.waits_for_others) for one in checks
    ]
    return hashlib.sha256(repr((stage.code, language, parts)).encode()).hexdigest()[:24]


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
