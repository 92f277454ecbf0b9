"""What went wrong with what a person gave us, why, and what can they do next?

Checks return a `Problem` (forms show it beside the field, nothing typed is lost). Code that cannot go on raises
`Refused`, which carries the same `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from phueng.kernel.languages import is_english

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, in both languages. `code` is stable: tests and translations hold on to it."""

    code: str
    th: str
    en: str
    next_th: str
    next_en: str

    def said(self, lang: str) -> str:
        """What happened and why."""
        return self.en if is_english(lang) else self.th

    def next_step(self, lang: str) -> str:
        """What the person can do now."""
        return self.next_en if is_english(lang) else self.next_th

    def in_full(self, lang: str) -> str:
        return f"{self.said(lang)} {self.next_step(lang)}"

    def __str__(self) -> str:
        return self.in_full("th")


class Refused(Exception):
    """Raised by code that cannot go on. Not a ValueError, so that a broad `except ValueError` never swallows it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.problem.code}: {self.problem.in_full('en')}"


def value_or_refuse(answer: T | Problem) -> T:
    """The value, or `Refused` when the answer is a problem."""
    if isinstance(answer, Problem):
        raise Refused(answer)
    return answer
