"""What do we send to the bank, what may come back, and through which channel?"""

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
from phueng.gateways.faults import FileRefused, Refusal
from phueng.kernel.problems import Problem

__all__ = [
    "BankChannel",
    "ChannelUnavailable",
    "DetailRow",
    "FileHead",
    "FileIntent",
    "FileRefused",
    "NameTaken",
    "Outcome",
    "PaymentLine",
    "Product",
    "Refusal",
    "RenderedDetails",
    "Warned",
    "WrittenFile",
    "is_refusal",
    "refusal_name",
    "result_name",
    "sent_name_of",
]

Product = Literal["direct", "standard"]
# The bank is reached through the folders of an upload station; see live.py for why.
BankChannel = FolderChannel
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


# The same payment as a bare row, in the order of PaymentLine: a million of them pass through memory in batches.
DetailRow = tuple[str, str, str, str, str, int, str | None, str | None]


@dataclass(frozen=True, slots=True)
class FileHead:
    """What every line of a file shares, and what its header says besides count and sum."""

    product: Product
    company_id: str
    sending_account: str
    sending_branch: str
    sender_name: str
    effective_on: date
    batch_no: int
    service_type: str


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

    @property
    def head(self) -> FileHead:
        return FileHead(
            self.product,
            self.company_id,
            self.sending_account,
            self.sending_branch,
            self.sender_name,
            self.effective_on,
            self.batch_no,
            self.service_type,
        )


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
class RenderedDetails:
    """The bytes of some lines of a file, and what they add up to."""

    content: bytes = field(repr=False)
    count: int
    total_satang: int
    warnings: tuple[Warned, ...]
