"""Which questions does a form ask, in which order, and what has been answered so far?

The door to the plain part of this package. `shapes.py` says what a form is made of, `loading.py` reads its
YAML, `branching.py` decides which pages appear, `accepting.py` understands one answer; where a person stands
in a form is answered here. None of them knows schemes, the database or the web.

`answers` everywhere maps question codes to understood values (`Accepted.value`). A question answered with
nothing has the value None; a question that was typed wrongly, or not reached, is not in the mapping.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate
from phueng.questionnaires.accepting import Accepted, PlaceLine, Raw, understood_answer
from phueng.questionnaires.branching import Answers
from phueng.questionnaires.loading import load_questionnaire
from phueng.questionnaires.shapes import (
    Option,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireMistake,
)

__all__ = [
    "Accepted",
    "Option",
    "Page",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "QuestionnaireMistake",
    "check_answer",
    "column_values",
    "first_unfinished_page",
    "is_complete",
    "load_questionnaire",
    "next_page",
    "previous_page",
    "visible_answers",
    "visible_pages",
]  # fmt: skip


def visible_pages(questionnaire: Questionnaire, answers: Answers) -> tuple[Page, ...]:
    """The pages this person is asked. An answer on a page that has disappeared no longer opens others."""
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

    `place_line(subdistrict_code, language)` names a place and returns "" for a code that does not exist;
    without it only the form of the code is checked.
    """
    return understood_answer(question, raw, today=today, allow_unissued_ids=allow_unissued_ids, place_line=place_line)


def _shown_and_place(questionnaire: Questionnaire, page_code: str, answers: Answers) -> tuple[tuple[Page, ...], int]:
    # The page may just have disappeared because an earlier answer changed: its old place still says where we
    # are.
    return visible_pages(questionnaire, answers), questionnaire.pages.index(questionnaire.page(page_code))


def _is_answered(question: Question, answers: Answers) -> bool:
    if question.is_required:
        return answers.get(question.code) is not None
    return question.code in answers
