"""What does an answer say, line by line, and what of it fits what we sent? Reading and sorting; nothing is written here.

`sort_answers` says what each line of an answer means, one after the other: it is the meaning. The statement that sorts a
million at once (reconciling.py) is compared with it on random histories.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from phueng.gateways.answers import Answer, AnsweredLine
from phueng.gateways.comptroller.layout import ListLayout, load_layout
from phueng.gateways.results import read_answer as read_any_answer
from phueng.payments.rules import DEAD

LIST_LAYOUT = "monthly-list-2566"
# Codes of the standard that mean what one of our own codes means.
_OURS = {"MD07": DEAD}
LARGE_LINES = 5_000
LARGE_BYTES = 2 * 1024 * 1024

# An unexplained line as it is known again in another file: reference, outcome, amount, bank's reference, problem.
Unexplained = tuple[str, str, int | None, str, str]


class SentLine(Protocol):
    """What sorting needs to know of a line that was sent. Read only."""

    @property
    def amount_satang(self) -> int: ...
    @property
    def account(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def office_code(self) -> str: ...


@dataclass
class Sorted:
    """Answers by what they mean for us; suspense holds the answer and a key of problems.SUSPENSE."""

    paid: list[AnsweredLine] = field(default_factory=list)
    returned: list[AnsweredLine] = field(default_factory=list)
    suspense: list[tuple[AnsweredLine, str]] = field(default_factory=list)
    repeated: int = 0
    pending: int = 0


@cache
def _list_layout() -> ListLayout:
    return load_layout(LIST_LAYOUT)


def read_answer(content: bytes) -> Answer:
    """Any kind of answer in one shape: neutral CSV, pain.002, camt.053, a certified list's result. Never raises."""
    return read_any_answer(content, _list_layout())


def is_large(content: bytes) -> bool:
    """Whether the worker takes it in, and not a page while a person waits."""
    return len(content) > LARGE_BYTES or content.count(b"\n") > LARGE_LINES


def code_of(answer: AnsweredLine) -> str:
    """Why the money came back, by the code that we keep on a line; the bank's own words where it has no code."""
    if answer.outcome != "returned" or answer.reason is None:
        return ""
    return _OURS.get(answer.reason.code, answer.reason.code or answer.reason.th)[:60]


def is_same_account(stated: str, sent: str) -> bool:
    """Whether two account numbers are one: a file may write the zeros in front, or leave them out. All zeros say nothing:
    whoever fills the neutral file from paper may not know the number."""
    return not stated.strip("0") or stated.lstrip("0") == sent.lstrip("0")


def unexplained(answer: AnsweredLine, problem: str) -> Unexplained:
    """How the same words of the bank are known again when a file is exported anew."""
    return (answer.reference[:40], answer.outcome, answer.amount_satang, answer.bank_reference[:60], problem)


def sort_answers(
    answered: Sequence[AnsweredLine],
    sent: Mapping[str, SentLine],
    *,
    office_code: str = "",
    suspended: Collection[Unexplained] = (),
) -> Sorted:
    """Sort every line exactly once. `office_code` narrows to lines of that office (a file taken in by an officer);
    what another file brought before and waits for a person already (`suspended`) is only repeated."""
    sorted_, now_said = Sorted(), dict[str, str]()
    for answer in answered:
        line = sent.get(answer.reference)
        problem = _what_does_not_fit(answer, line, now_said, office_code)
        if problem and unexplained(answer, problem) in suspended:
            sorted_.repeated += 1
        elif problem:
            sorted_.suspense.append((answer, problem))
        elif answer.outcome == "pending":
            sorted_.pending += 1
        elif line is not None and answer.outcome in (line.standing, now_said.get(answer.reference)):
            sorted_.repeated += 1
        else:
            now_said[answer.reference] = answer.outcome
            (sorted_.paid if answer.outcome == "paid" else sorted_.returned).append(answer)
    return sorted_


def _what_does_not_fit(
    answer: AnsweredLine, line: SentLine | None, now_said: Mapping[str, str], office_code: str
) -> str:
    if line is None:
        return "unknown_reference"
    if line.standing == "unsent":
        return "not_sent_yet"
    if office_code and line.office_code != office_code:
        return "other_office"
    if answer.amount_satang is not None and answer.amount_satang != line.amount_satang:
        return "other_amount"
    if answer.account and not is_same_account(answer.account, line.account):
        return "other_account"
    before = now_said.get(answer.reference, line.standing)
    if (before, answer.outcome) in (("returned", "paid"), ("paid", "returned")):
        return f"{answer.outcome}_after_{before}"
    return ""
