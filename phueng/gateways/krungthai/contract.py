"""What do we send to the bank, what may come back, and through which channel?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from phueng.gateways.dropfolders import ChannelUnavailable, NameTaken
from phueng.kernel.problems import Problem

__all__ = [
    "BankChannel", "ChannelUnavailable", "FileIntent", "FileRefused", "NameTaken", "Outcome", "PaymentLine",
    "Product", "Refusal", "Warned", "WrittenFile", "is_refusal", "refusal_name", "result_name", "sent_name_of",
]

Product = Literal["direct", "standard"]
Outcome = Literal["paid", "returned", "pending"]


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment. The reference is ours, made before sending, and comes back with the result."""

    reference: str
    bank_code: str
    branch: str
    account: str = field(repr=False)
    name: str = field(repr=False)
    amount_satang: int
    mobile: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FileIntent:
    """What a released run means to tell the bank; the file is nothing but this, written down."""

    product: Product
    company_id: str
    sending_account: str
    sending_branch: str
    sender_name: str
    effective_on: date
    batch_no: int
    service_type: str
    lines: tuple[PaymentLine, ...]

    @property
    def total_satang(self) -> int:
        return sum(line.amount_satang for line in self.lines)


@dataclass(frozen=True, slots=True)
class Warned:
    """The file is right, but somebody should know: the line with this reference was shortened, say."""

    reference: str
    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The bytes for the bank, and what they add up to."""

    content: bytes = field(repr=False)
    sha256: str
    count: int
    total_satang: int
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one line (or, with an empty reference, the run) cannot be written."""

    reference: str
    field: str
    problem: Problem


class FileRefused(Exception):
    """No file was written. Every reason is told at once, so that one correction round is enough."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{one.reference or 'file'}: {one.problem.en}" for one in refusals[:5]))
        self.refusals = refusals


class BankChannel(Protocol):
    """The way to the officer's upload station and back. Every step may be repeated without harm."""

    def send(self, name: str, content: bytes, signature: bytes) -> None:
        """Hand over a file with its detached signature. The same again does nothing; other bytes: `NameTaken`."""

    def was_sent(self, name: str) -> bool:
        """Did a file of this name leave, as far as the outside can tell?"""

    def collect(self) -> list[tuple[str, bytes]]:
        """Answers not yet acknowledged, with their names."""

    def acknowledge(self, name: str) -> None:
        """The answer of this name stands in our books."""


def result_name(sent_name: str) -> str:
    """Under which name the result of `RUN.txt` comes back."""
    return f"{sent_name}.result.csv"


def refusal_name(sent_name: str) -> str:
    """Under which name the bank says that it could not take `RUN.txt` at all (JSON with reasons)."""
    return f"{sent_name}.refused.json"


def is_refusal(answer_name: str) -> bool:
    return answer_name.endswith(".refused.json")


def sent_name_of(answer_name: str) -> str | None:
    """Which file an answer is about; None when its name follows no rule of ours."""
    for ending in (".result.csv", ".refused.json"):
        if answer_name.endswith(ending) and len(answer_name) > len(ending):
            return answer_name.removesuffix(ending)
    return None
