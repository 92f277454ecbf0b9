"""Which questions does a form ask, in which order, and what has been answered so far?

A questionnaire is a YAML file. This file reads it and answers where a person stands in it; `accepting.py` understands
one answer, `branching.py` decides which pages appear. Nothing here knows schemes, the database or the web.

`answers` everywhere maps question codes to understood values (`Accepted.value`). A question answered with nothing has
the value None; a question that was typed wrongly, or not reached, is not in the mapping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate
from phueng.questionnaires.branching import Answers, Branch, read_branch
from phueng.questionnaires.accepting import Accepted, PlaceLine, Raw, understood_answer

__all__ = [
    "Accepted", "Option", "Page", "Question", "Questionnaire", "QuestionnaireMistake", "check_answer",
    "column_values", "first_unfinished_page", "is_complete", "load_questionnaire", "next_page", "previous_page",
    "visible_answers", "visible_pages",
]  # fmt: skip

QuestionKind = Literal[
    "text", "long_text", "choice", "choices", "yes_no", "date", "money", "number", "national_id", "phone", "address",
    "bank_account", "photo", "name",
]  # fmt: skip


class QuestionnaireMistake(ValueError):
    """A questions.yaml that cannot be asked; the message names the page or question."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. An exclusive one ("none of these") is not chosen together with others."""

    code: str
    th: str
    en: str
    hint_th: str = ""
    hint_en: str = ""
    is_exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """One question. `column` names the rule column that the answer feeds; `prefill` lets an answer of an earlier
    request to the same question, by the same person, stand here ready to be changed."""

    code: str
    kind: QuestionKind
    label_th: str
    label_en: str
    hint_th: str = ""
    hint_en: str = ""
    why_th: str = ""
    why_en: str = ""
    is_required: bool = True
    options: tuple[Option, ...] = ()
    max_length: int = 200
    least: int | None = None
    most: int | None = None
    is_in_the_past: bool = False
    column: str = ""
    option_columns: Mapping[str, str] = field(default_factory=dict)
    prefill: bool = False

    def label(self, language: str) -> str:
        return self.label_en if language.startswith("en") else self.label_th


@dataclass(frozen=True)
class Page:
    """One decision. A page without questions only tells something (`notice`)."""

    code: str
    title_th: str
    title_en: str
    questions: tuple[str, ...]
    shown_when: Branch | None = None
    notice_th: str = ""
    notice_en: str = ""


@dataclass(frozen=True)
class Questionnaire:
    code: str
    version: str
    pages: tuple[Page, ...]
    questions: Mapping[str, Question]

    def page(self, code: str) -> Page:
        """The page with this code; raises LookupError."""
        for page in self.pages:
            if page.code == code:
                return page
        raise LookupError(f"{self.code} has no page {code!r}")

    def page_of(self, question_code: str) -> Page:
        """The page that asks this question; raises LookupError."""
        for page in self.pages:
            if question_code in page.questions:
                return page
        raise LookupError(f"{self.code} does not ask {question_code!r}")


# ------------------------------------------------------------------------------------ where a person stands


def visible_pages(questionnaire: Questionnaire, answers: Answers) -> tuple[Page, ...]:
    """The pages this person is asked. An answer on a page that has since disappeared no longer opens others."""
    shown: list[Page] = []
    counted: dict[str, Any] = {}
    for page in questionnaire.pages:
        if page.shown_when is None or page.shown_when.holds(counted):
            shown.append(page)
            counted.update({code: answers[code] for code in page.questions if code in answers})
    return tuple(shown)


def visible_answers(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """Only the answers that still count: those on pages this person is asked."""
    pages = visible_pages(questionnaire, answers)
    return {code: answers[code] for page in pages for code in page.questions if code in answers}


def next_page(questionnaire: Questionnaire, page_code: str, answers: Answers) -> Page | None:
    """The page after this one, or None after the last: then the answers are checked and sent."""
    shown, here = _shown_and_place(questionnaire, page_code, answers)
    return next((page for page in shown if questionnaire.pages.index(page) > here), None)


def previous_page(questionnaire: Questionnaire, page_code: str, answers: Answers) -> Page | None:
    """The page before this one, or None on the first."""
    shown, here = _shown_and_place(questionnaire, page_code, answers)
    return next((page for page in reversed(shown) if questionnaire.pages.index(page) < here), None)


def first_unfinished_page(questionnaire: Questionnaire, answers: Answers) -> Page | None:
    """Where to go on after a break; None when everything is answered."""
    for page in visible_pages(questionnaire, answers):
        if any(not _is_answered(questionnaire.questions[code], answers) for code in page.questions):
            return page
    return None


def is_complete(questionnaire: Questionnaire, answers: Answers) -> bool:
    return first_unfinished_page(questionnaire, answers) is None


def column_values(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """What the answers say in the columns of the rules. A date also says how precisely it is known."""
    values: dict[str, Any] = {}
    for code, value in visible_answers(questionnaire, answers).items():
        question = questionnaire.questions[code]
        if value is None:
            continue
        for option, column in question.option_columns.items():
            values[column] = option in value
        if not question.column:
            continue
        if question.kind == "date":
            known = PartialDate.from_iso(value)
            values[question.column] = known.as_date()
            values[f"{question.column}_precision"] = known.precision
        else:
            values[question.column] = value
    return values


def check_answer(
    question: Question,
    raw: Raw,
    *,
    today: date,
    allow_unissued_ids: bool = False,
    place_line: PlaceLine | None = None,
) -> Accepted | Problem:
    """What a person typed, understood or explained. Never raises for anything typed.

    `place_line(subdistrict_code, language)` names a place and returns "" for a code that does not exist; without it
    only the form of the code is checked.
    """
    return understood_answer(
        question, raw, today=today, allow_unissued_ids=allow_unissued_ids, place_line=place_line
    )


def _shown_and_place(
    questionnaire: Questionnaire, page_code: str, answers: Answers
) -> tuple[tuple[Page, ...], int]:
    # The page may just have disappeared because an earlier answer changed: its old place still says where we are.
    return visible_pages(questionnaire, answers), questionnaire.pages.index(questionnaire.page(page_code))


def _is_answered(question: Question, answers: Answers) -> bool:
    if question.is_required:
        return answers.get(question.code) is not None
    return question.code in answers


# ------------------------------------------------------------------------------------ reading the YAML


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a questions.yaml; raises QuestionnaireMistake. `shares` names a file of pages used by several forms."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared: dict[str, Any] = {}
    if "shares" in written:
        shared_pages = yaml.safe_load((path.parent / written["shares"]).read_text(encoding="utf-8"))["pages"]
        shared = {page["code"]: page for page in shared_pages}
    pages: list[Page] = []
    questions: dict[str, Question] = {}
    for entry in written["pages"]:
        page, asked = _page(_with_shared(entry, shared), f"{path.parent.name}/{path.name}", set(questions))
        for question in asked:
            if question.code in questions:
                raise QuestionnaireMistake(f"{page.code}: {question.code} is asked twice")
            questions[question.code] = question
        pages.append(page)
    codes = [page.code for page in pages]
    if len(set(codes)) != len(codes):
        raise QuestionnaireMistake(f"{path}: two pages share a code")
    return Questionnaire(str(written["code"]), str(written["version"]), tuple(pages), questions)


def _with_shared(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> Mapping[str, Any]:
    if "use" not in entry:
        return entry
    if entry["use"] not in shared:
        raise QuestionnaireMistake(f"there is no shared page {entry['use']!r}")
    changed = {key: value for key, value in entry.items() if key != "use"}
    return {**shared[entry["use"]], **changed}


def _page(written: Mapping[str, Any], file: str, asked_before: set[str]) -> tuple[Page, Sequence[Question]]:
    where = f"{file}: page {written['code']}"
    shown_when = read_branch(written.get("shown_when"), where)
    if shown_when is not None:
        later = [code for code in shown_when.questions() if code not in asked_before]
        if later:
            raise QuestionnaireMistake(f"{where}: depends on {later}, which earlier pages do not ask")
    questions = [_question(one, where) for one in written.get("questions", [])]
    notice_th, notice_en = _pair(written.get("notice"), where)
    title_th, title_en = _pair(written.get("title"), where)
    if questions and not title_th:
        title_th, title_en = questions[0].label_th, questions[0].label_en
    if not title_th or not (questions or notice_th):
        raise QuestionnaireMistake(f"{where}: a page asks something or tells something, under a title")
    codes = tuple(question.code for question in questions)
    return Page(written["code"], title_th, title_en, codes, shown_when, notice_th, notice_en), questions


def _question(written: Mapping[str, Any], page: str) -> Question:
    where = f"{page}: question {written['code']}"
    _refuse_unknown_keys(written, _QUESTION_KEYS, where)
    if written["kind"] not in get_args(QuestionKind):
        raise QuestionnaireMistake(f"{where}: unknown kind {written['kind']!r}")
    options = tuple(_option(one, where) for one in written.get("options", []))
    if (written["kind"] in ("choice", "choices")) != bool(options):
        raise QuestionnaireMistake(f"{where}: choice and choices, and no other kind, have options")
    label_th, label_en = _pair(written["label"], where)
    hint_th, hint_en = _pair(written.get("hint"), where)
    why_th, why_en = _pair(written.get("why"), where)
    return Question(
        code=written["code"],
        kind=written["kind"],
        label_th=label_th,
        label_en=label_en,
        hint_th=hint_th,
        hint_en=hint_en,
        why_th=why_th,
        why_en=why_en,
        is_required=written.get("required", True),
        options=options,
        max_length=written.get("max_length", 2000 if written["kind"] == "long_text" else 200),
        least=written.get("least"),
        most=written.get("most"),
        is_in_the_past=written.get("is_in_the_past", False),
        column=written.get("column", ""),
        option_columns=written.get("option_columns", {}),
        prefill=written.get("prefill", False),
    )


_OPTION_KEYS = {"code", "th", "en", "hint", "is_exclusive"}
_QUESTION_KEYS = {
    "code", "kind", "label", "hint", "why", "required", "options", "max_length", "least", "most", "is_in_the_past",
    "column", "option_columns", "prefill",
}  # fmt: skip


def _refuse_unknown_keys(written: Mapping[str, Any], known: set[str], where: str) -> None:
    # A comma outside quotes splits a YAML text into stray keys; without this, half a sentence would vanish unseen.
    if stray := set(written) - known:
        raise QuestionnaireMistake(f"{where}: unknown {sorted(stray)}")


def _option(written: Mapping[str, Any], where: str) -> Option:
    _refuse_unknown_keys(written, _OPTION_KEYS, where)
    if not written.get("th") or not written.get("en"):
        raise QuestionnaireMistake(f"{where}: option {written['code']} needs both th and en")
    hint_th, hint_en = _pair(written.get("hint"), where)
    return Option(
        code=written["code"],
        th=written["th"],
        en=written["en"],
        hint_th=hint_th,
        hint_en=hint_en,
        is_exclusive=written.get("is_exclusive", False),
    )


def _pair(written: object, where: str) -> tuple[str, str]:
    """Both languages or neither."""
    if written is None:
        return "", ""
    if not isinstance(written, Mapping) or set(written) != {"th", "en"} or not all(written.values()):
        raise QuestionnaireMistake(f"{where}: needs both th and en, found {written!r}")
    return str(written["th"]).strip(), str(written["en"]).strip()
