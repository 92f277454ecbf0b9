"""How does one page of a questionnaire stand on the screen, with everything typed before, right or wrong?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import QueryDict

from phueng.design.wording import current_language, say
from phueng.kernel.problems import Problem
from phueng.questionnaires.definitions import Page, Question, Questionnaire
from phueng.questionnaires.parts import (
    Part,
    part_with_problem,
    parts_of,
    shown_values,
    single_field,
    suffix_of,
    typed_answer,
    width_of,
)
from phueng.questionnaires.queries import Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the template draws it: one input, or several under one legend."""

    question: Question
    label: str
    hint: str
    why: str
    is_heading: bool
    inputs: tuple[tuple[BoundField, str], ...]
    suffix: str = ""

    @property
    def is_photo(self) -> bool:
        return self.question.kind == "photo"

    @property
    def is_single(self) -> bool:
        return len(self.inputs) == 1 and "." not in self.inputs[0][0].name

    @property
    def is_inline(self) -> bool:
        return self.question.kind == "yes_no"


class PageForm(forms.Form):
    """A page bound to what was saved. It never checks anything itself: the problems come with the answers.

    `with_problems` shows what is wrong; a page that is opened again in the middle of typing does not scold.
    `typed` stands before what was saved; `refusals` are texts beside a question, for instance about a photo.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        page: Page,
        answers: Answers,
        *,
        with_problems: bool = False,
        problems: Mapping[str, Problem] | None = None,
        typed: Mapping[str, Any] | None = None,
        refusals: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.questionnaire, self.page = questionnaire, page
        self._typed = {code: answers.typed(code) for code in page.questions} | dict(typed or {})
        found = {code: answers.problem(code) for code in page.questions} if with_problems else {}
        self._problems = dict(problems) if problems is not None else {code: one for code, one in found.items() if one}
        self._refusals = dict(refusals or {})
        values: dict[str, Any] = {}
        for code in page.questions:
            values |= shown_values(questionnaire.questions[code], self._typed[code])
        super().__init__(values, auto_id="id-%s")
        self._parts: dict[str, tuple[Part, ...]] = {}
        for code in page.questions:
            self._add(questionnaire.questions[code])

    def _add(self, question: Question) -> None:
        parts = self._parts[question.code] = parts_of(question, self._typed[question.code])
        for part in parts:
            self.fields[f"{question.code}.{part.input_name}"] = part.field
        if not parts:
            self.fields[question.code] = single_field(question)

    def full_clean(self) -> None:
        """Take the problems as they are: one understanding of an answer, the questionnaire's."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for code, problem in self._problems.items():
            name = self._input_with_problem(self.questionnaire.questions[code], problem.code)
            self._errors[name] = self.error_class([problem.in_full(current_language())])
        for code, texts in self._refusals.items():
            if code in self.fields:
                self._errors.setdefault(code, self.error_class()).extend(texts)

    def _input_with_problem(self, question: Question, problem_code: str) -> str:
        part = part_with_problem(question, problem_code)
        if part == "place":  # beside the place input that was reached last
            part = [one.input_name for one in self._parts[question.code] if one.key.endswith("_code")][-1]
        return f"{question.code}.{part}" if part else question.code

    def asked(self) -> list[Asked]:
        """The questions in order, ready for the template. The only question of a page is its heading."""
        is_alone = len(self.page.questions) == 1
        language = current_language()
        found = []
        for code in self.page.questions:
            question = self.questionnaire.questions[code]
            parts = self._parts[code]
            inputs = (
                tuple((self[f"{code}.{part.input_name}"], part.width) for part in parts)
                if parts
                else ((self[code], width_of(question)),)
            )
            found.append(
                Asked(
                    question=question,
                    label=question.label(language),
                    hint=say(question.hint_th, question.hint_en) if question.hint_th else "",
                    why=say(question.why_th, question.why_en) if question.why_th else "",
                    is_heading=is_alone,
                    inputs=inputs,
                    suffix=suffix_of(question),
                )
            )
        return found

    def has_grown(self, posted: Mapping[str, Any]) -> bool:
        """Did the choice just made open an input that the posted page did not have yet (district, subdistrict)?"""
        return any(
            f"{code}.{part.input_name}" not in posted
            for code, parts in self._parts.items()
            for part in parts
            if self.questionnaire.questions[code].kind == "address"
        )


def typed_from(questionnaire: Questionnaire, page: Page, posted: QueryDict) -> dict[str, Any]:
    """What was typed on this page, by question, for `save_answers`. Photos are left out: they come as files."""
    questions = (questionnaire.questions[code] for code in page.questions)
    return {question.code: typed_answer(question, posted) for question in questions if question.kind != "photo"}
