"""What does an answer say, line by line, and what of it fits what we sent? Reading and sorting; nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Protocol

from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.reader import read_result as read_list_result
from phueng.gateways.faults import FileFault
from phueng.gateways.krungthai.result import read_result

LIST_LAYOUT = "monthly-list-2566"


@dataclass(frozen=True)
class Answered:
    """One line of an answer, whoever wrote it. Line numbers count from 1, the heading is line 1."""

    line_no: int
    reference: str
    amount_satang: int
    outcome: str
    reason_code: str = ""
    reason: str = ""
    settled_on: date | None = None
    bank_reference: str = ""
    account: str = field(default="", repr=False)  # "" when the answer does not say


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
    """References by what they mean for us; suspense holds the answer and a key of problems.SUSPENSE."""

    paid: list[Answered] = field(default_factory=list)
    returned: list[Answered] = field(default_factory=list)
    suspense: list[tuple[Answered, str]] = field(default_factory=list)
    repeated: int = 0
    pending: int = 0


def read_answer(content: bytes, pay_route: str) -> tuple[list[Answered], tuple[FileFault, ...]]:
    """The lines that can be read, and the faults of the others. No line at all: not an answer."""
    if pay_route == "comptroller":
        listed = read_list_result(load_list_layout(LIST_LAYOUT), content)
        return [
            Answered(
                n, r.line_reference, r.amount_satang, r.outcome, r.reason_code, r.reason, r.settled_on, r.transfer_reference
            )
            for n, r in zip(_numbers(listed.faults), listed.lines, strict=False)
        ], listed.faults  # fmt: skip
    read = read_result(content)
    return [
        Answered(
            n, r.line_reference, r.amount_satang, r.outcome, r.reason_code, r.reason, r.settled_on, r.bank_reference, r.account
        )
        for n, r in zip(_numbers(read.faults), read.lines, strict=False)
    ], read.faults  # fmt: skip


def _numbers(faults: Sequence[FileFault]) -> Iterator[int]:
    """Line numbers of the rows that could be read: from 2 (below the heading), the faulty ones left out."""
    faulty = {fault.line for fault in faults}
    return (number for number in count(2) if number not in faulty)


def sort_answers(answered: Sequence[Answered], sent: Mapping[str, SentLine], *, office_code: str = "") -> Sorted:
    """Sort every line exactly once. `office_code` narrows to lines of that office (a file taken in by an officer)."""
    sorted_, now_said = Sorted(), dict[str, str]()
    for answer in answered:
        line = sent.get(answer.reference)
        problem = _what_does_not_fit(answer, line, now_said, office_code)
        if problem:
            sorted_.suspense.append((answer, problem))
        elif answer.outcome == "pending":
            sorted_.pending += 1
        elif line is not None and answer.outcome in (line.standing, now_said.get(answer.reference)):
            sorted_.repeated += 1
        else:
            now_said[answer.reference] = answer.outcome
            (sorted_.paid if answer.outcome == "paid" else sorted_.returned).append(answer)
    return sorted_


def _what_does_not_fit(answer: Answered, line: SentLine | None, now_said: Mapping[str, str], office_code: str) -> str:
    if line is None or line.standing == "unsent":
        return "unknown_reference"
    if office_code and line.office_code != office_code:
        return "other_office"
    if answer.amount_satang != line.amount_satang:
        return "other_amount"
    if answer.account and answer.account != line.account:
        return "other_account"
    before = now_said.get(answer.reference, line.standing)
    if (before, answer.outcome) in (("returned", "paid"), ("paid", "returned")):
        return f"{answer.outcome}_after_{before}"
    return ""
