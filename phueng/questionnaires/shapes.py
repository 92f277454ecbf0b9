"""What is a form made of: pages, questions, options?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from phueng.questionnaires.branching import Branch

QuestionKind = Literal[
    "text", "long_text", "choice", "choices", "yes_no", "date", "money", "number", "national_id", "phone",
    "address", "bank_account", "photo", "name",
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
    """One question. `column` names the rule column that the answer feeds; `prefill` lets an answer of an
    earlier
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
