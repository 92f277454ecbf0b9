"""What was answered on this sheet?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from phueng.access.sealed import unsealed_json
from phueng.kernel.problems import Problem
from phueng.questionnaires.definitions import (
    Accepted,
    Questionnaire,
    column_values,
    visible_answers,
    visible_pages,
)
from phueng.questionnaires.models import Answer
from phueng.questionnaires.understanding import understand

MISSING = Problem(
    "not_answered",
    "ยังไม่ได้ตอบข้อนี้",
    "This question is not answered yet.",
    "กดเพื่อไปตอบ",
    "Follow the link to answer it.",
)


@dataclass(frozen=True)
class Answers:
    """All answers of one sheet. What was typed is there even when it was wrong; only right answers have a value."""

    questionnaire: Questionnaire
    today: date
    _typed: Mapping[str, Any] = field(repr=False)
    _values: Mapping[str, Any] = field(repr=False)

    def typed(self, code: str) -> Any:
        """Exactly what was typed, or None when the question was never saved."""
        return self._typed.get(code)

    def value(self, code: str) -> Any:
        """What we understood, or None: not reached, left empty, or typed wrongly."""
        return self._values.get(code)

    def values(self) -> dict[str, Any]:
        """Every right answer by question code: what `visible_pages` and its kin take."""
        return dict(self._values)

    def is_answered(self, code: str) -> bool:
        """Is there a right answer that is not empty?"""
        return self._values.get(code) is not None

    def problem(self, code: str) -> Problem | None:
        """What is wrong with what was typed; None when it is right or was never saved."""
        if code not in self._typed or code in self._values:
            return None
        understood = understand(self.questionnaire.questions[code], self._typed[code], today=self.today)
        return understood if isinstance(understood, Problem) else None

    def display(self, code: str, language: str) -> str:
        """The answer as a person reads it; "" for not answered, so that the page can say so."""
        if not self.is_answered(code):
            return ""
        understood = understand(self.questionnaire.questions[code], self._typed[code], today=self.today)
        if not isinstance(understood, Accepted):
            return ""
        return understood.display_en if language.startswith("en") else understood.display_th

    def column_values(self) -> dict[str, Any]:
        """What the answers say in the columns of the rules; answers on pages no longer asked do not count."""
        return column_values(self.questionnaire, self._values)

    def value_in_column(self, column: str) -> Any:
        """The value that feeds one rule column, or None."""
        return self.column_values().get(column)

    def unfinished(self) -> dict[str, Problem]:
        """What stands between this sheet and being sent, by question, in the order of the form."""
        counted = visible_answers(self.questionnaire, self._values)
        found: dict[str, Problem] = {}
        for page in visible_pages(self.questionnaire, self._values):
            for code in page.questions:
                problem = self.problem(code)
                if problem is None and self.questionnaire.questions[code].is_required and counted.get(code) is None:
                    problem = MISSING
                if problem is not None:
                    found[code] = problem
        return found


class KeptAnswer(NamedTuple):
    """What `Answers` reads of one row."""

    sheet_id: UUID
    question_code: str
    typed: Any
    value: Any
    problem_code: str


# The answers of the sheet `s` of an outer statement, still sealed; `kept_answers` opens them.
KEPT_ANSWERS = """SELECT array_agg(k.question_code) AS codes, array_agg(k.typed) AS typed, array_agg(k.value) AS said,
    array_agg(k.problem_code) AS problems FROM questionnaires_answer k WHERE k.sheet_id = s.id"""


def kept_answers(sheet_id: UUID, *columns: Iterable[Any] | None) -> list[KeptAnswer]:
    """The answers that KEPT_ANSWERS fetched (codes, typed, said, problems), for a page that asks once for everything."""
    if any(column is None for column in columns):
        return []
    rows = zip(*(column for column in columns if column is not None), strict=True)
    return [
        KeptAnswer(sheet_id, code, unsealed_json(typed), unsealed_json(said), problem)
        for code, typed, said, problem in rows
    ]


def answers_of(
    sheet_id: UUID, questionnaire: Questionnaire, *, today: date, rows: Iterable[Answer | KeptAnswer] | None = None
) -> Answers:
    """The answers of one sheet, in one query."""
    return answers_of_many([(sheet_id, questionnaire)], today=today, rows=rows)[sheet_id]


def answer_rows(sheet_ids: Iterable[UUID]) -> QuerySet[Answer]:
    """What the answers of these sheets are read from, for a page that fetches several lists at once."""
    return Answer.objects.filter(sheet_id__in=list(sheet_ids))


def answers_of_many(
    sheets: Iterable[tuple[UUID, Questionnaire]], *, today: date, rows: Iterable[Answer | KeptAnswer] | None = None
) -> dict[UUID, Answers]:
    """The answers of several sheets, in one query; a sheet without answers has an empty one."""
    wanted = dict(sheets)
    typed: dict[UUID, dict[str, Any]] = {sheet_id: {} for sheet_id in wanted}
    values: dict[UUID, dict[str, Any]] = {sheet_id: {} for sheet_id in wanted}
    for row in answer_rows(wanted) if rows is None else rows:
        if row.question_code not in wanted[row.sheet_id].questions:
            continue  # a question that a later version of the form no longer asks
        typed[row.sheet_id][row.question_code] = row.typed
        if not row.problem_code:
            values[row.sheet_id][row.question_code] = row.value
    return {
        sheet_id: Answers(questionnaire, today, typed[sheet_id], values[sheet_id])
        for sheet_id, questionnaire in wanted.items()
    }
