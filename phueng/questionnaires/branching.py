"""Which earlier answers make a page appear?

A small language written as data in YAML and read once, never evaluated as code:

    {question: pay_to, equals: bank}
    {question: hardship, in: [no_home, disaster]}
    {question: help_received, includes: none}
    {all: [...]}   {any: [...]}

An unanswered question makes nothing appear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Answers = Mapping[str, Any]


class BranchMistake(ValueError):
    """A shown_when that cannot be read; the message names the page."""


@dataclass(frozen=True)
class AnswerTest:
    """One question, compared with one answer or with several."""

    question: str
    test: Literal["equals", "in", "includes"]
    wanted: tuple[Any, ...]

    def holds(self, answers: Answers) -> bool:
        if answers.get(self.question) is None:
            return False
        given = answers[self.question]
        if self.test == "includes":
            return isinstance(given, list) and self.wanted[0] in given
        # A yes is True, which Python also counts as 1: an answer of another type is another answer.
        return any(given == one and type(given) is type(one) for one in self.wanted)

    def questions(self) -> Iterator[str]:
        yield self.question


@dataclass(frozen=True)
class Joined:
    """Several tests of which all, or any, must hold."""

    how: Literal["all", "any"]
    parts: tuple[Branch, ...]

    def holds(self, answers: Answers) -> bool:
        held = (part.holds(answers) for part in self.parts)
        return all(held) if self.how == "all" else any(held)

    def questions(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.questions()


Branch = AnswerTest | Joined


def read_branch(written: object, where: str) -> Branch | None:
    """A `shown_when` from YAML, or None for a page that always appears; raises BranchMistake."""
    if written is None:
        return None
    if not isinstance(written, Mapping):
        raise BranchMistake(f"{where}: shown_when must be a mapping, found {written!r}")
    keys = set(written)
    for how in ("all", "any"):
        if keys == {how}:
            return _joined(how, written[how], where)
    for test in ("equals", "in", "includes"):
        if keys == {"question", test}:
            wanted = written[test]
            if (test == "in") != isinstance(wanted, list):
                raise BranchMistake(f"{where}: 'in' takes a list, 'equals' and 'includes' take one answer")
            return AnswerTest(str(written["question"]), test, tuple(wanted) if test == "in" else (wanted,))
    raise BranchMistake(
        f"{where}: shown_when knows question with equals, in or includes, and all or any; not {sorted(keys)}"
    )


def _joined(how: Literal["all", "any"], written: object, where: str) -> Joined:
    if not isinstance(written, list) or not written:
        raise BranchMistake(f"{where}: {how!r} takes a list of tests")
    parts = [read_branch(part, where) for part in written]
    return Joined(how, tuple(part for part in parts if part is not None))
