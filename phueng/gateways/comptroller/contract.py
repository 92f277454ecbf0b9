"""What does a municipality certify to the Comptroller General, and what may come back?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from phueng.gateways.dropfolders import (
    ChannelUnavailable,
    FolderChannel,
    NameTaken,
    is_refusal,
    refusal_name,
    result_name,
    sent_name_of,
)
from phueng.gateways.faults import FileFault, FileRefused, Refusal

__all__ = [
    "ChannelUnavailable",
    "FileRefused",
    "ListChannel",
    "ListLine",
    "MonthlyList",
    "NameTaken",
    "Outcome",
    "Refusal",
    "ResultFile",
    "ResultLine",
    "Route",
    "WrittenList",
    "is_refusal",
    "refusal_name",
    "result_name",
    "sent_name_of",
]

# Lists are uploaded by an officer, so they travel through the folders of an upload station.
ListChannel = FolderChannel
Route = Literal["promptpay", "account"]
Outcome = Literal["paid", "returned", "pending"]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One person's allowance for the month. PromptPay goes by national ID, so it needs no bank and no
    account."""

    reference: str
    national_id: str = field(repr=False)
    full_name: str = field(repr=False)
    route: Route
    bank_code: str
    account: str = field(repr=False)
    amount_satang: int


@dataclass(frozen=True, slots=True)
class MonthlyList:
    """What the municipality certifies. `month` is the first day of the month paid for."""

    authority_code: str
    authority_name: str
    scheme_code: str
    month: date
    certified_by: str
    certified_on: date
    lines: tuple[ListLine, ...]

    @property
    def total_satang(self) -> int:
        return sum(line.amount_satang for line in self.lines)


@dataclass(frozen=True, slots=True)
class WrittenList:
    """The bytes of the list, and what they add up to."""

    content: bytes = field(repr=False)
    sha256: str
    count: int
    total_satang: int


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What became of one person's allowance."""

    line_reference: str
    national_id: str = field(repr=False)
    amount_satang: int
    outcome: Outcome
    reason_code: str
    reason: str
    settled_on: date | None
    transfer_reference: str
    line: int = field(default=0, compare=False)  # where it stands in the file; 0 when it was not read from one


@dataclass(frozen=True, slots=True)
class ResultFile:
    """All rows that could be read, every fault, and the sum by which the same file is known again."""

    sha256: str
    lines: tuple[ResultLine, ...]
    faults: tuple[FileFault, ...]
    is_whole: bool
