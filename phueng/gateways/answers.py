"""What became of our payments, in one shape, whichever way a bank says it?

A status report, a statement, a certified list's result and the neutral CSV all become an `Answer`. What is unknown or
already settled is payments' business, not ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from phueng.gateways.faults import FileFault

AnswerKind = Literal["neutral", "pain.002", "camt.053", "certified", "unknown"]
Outcome = Literal["paid", "returned", "pending"]
# Whose turn it is after a return: the payee gives a new account, somebody speaks with the payee, the office corrects
# what it wrote, or nobody (the bank is still at it).
NextStep = Literal["new_account", "ask_person", "office", "wait"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, by the bank's code, in words for people."""

    code: str
    th: str
    en: str
    next: NextStep


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """What is said about one payment. Line and column count from 1, in cells for a CSV."""

    line: int
    column: int
    reference: str
    amount_satang: int | None  # None when a status report leaves it out
    outcome: Outcome
    status: str  # the bank's own word
    reason: Reason | None
    settled_on: date | None
    bank_reference: str
    account: str = field(default="", repr=False)  # "" when the answer does not say
    national_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """The bank speaks of the whole message, or of one part, and of every transfer in it alike."""

    message_id: str
    part_id: str  # "" for the whole message
    outcome: Outcome
    status: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """One movement on our account; money that leaves is negative. References are ours, where the bank names them."""

    line: int
    column: int
    amount_satang: int
    booked_on: date | None
    valued_on: date | None
    is_booked: bool
    bank_reference: str
    batch_id: str
    references: tuple[str, ...]
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """One day of one account, whose balances were found to add up."""

    account: str = field(repr=False)
    reference: str
    opened_on: date
    closed_on: date
    opening_satang: int
    closing_satang: int
    entries: tuple[StatementEntry, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that could be read, every fault, and the sum by which the same file is known again.

    `is_whole` is False when the file as such cannot be trusted; then it has no lines.
    """

    kind: AnswerKind
    sha256: str
    message_id: str
    lines: tuple[AnsweredLine, ...]
    whole: tuple[WholeAnswer, ...]
    statements: tuple[Statement, ...]
    faults: tuple[FileFault, ...]
    is_whole: bool
