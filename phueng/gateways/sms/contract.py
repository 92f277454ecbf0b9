"""What do we ask of an SMS operator, and what may go wrong?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from phueng.kernel.problems import Problem

ReceiptStatus = Literal[
    "delivered", "undeliverable", "expired", "rejected", "deleted", "accepted", "enroute", "unknown"
]
FINAL_FAILURES: frozenset[ReceiptStatus] = frozenset({"undeliverable", "expired", "rejected", "deleted"})
Trouble = Literal["refused", "bind", "broken", "timeout", "busy"]


@dataclass(frozen=True, slots=True)
class Submitted:
    """The operator took every part and gave each a number; receipts come under these numbers."""

    message_id: str
    provider_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one part. `at` is the operator's own moment, when it gave one that can be read."""

    provider_id: str
    status: ReceiptStatus
    at: datetime | None
    error_code: str = ""

    @property
    def is_final(self) -> bool:
        return self.status == "delivered" or self.status in FINAL_FAILURES


class MessageRefused(Exception):
    """The text can never be sent as it stands; trying again changes nothing."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.en)
        self.problem = problem


class SmsUnavailable(Exception):
    """The operator cannot be reached or is too busy: try again later.

    `maybe_sent` says that a part had left when the answer failed to come: a retry can reach the person
    twice, which is better than not at all. `provider_ids` are those parts that had been accepted by then.
    """

    def __init__(
        self, kind: Trouble, detail: str, *, maybe_sent: bool = False, provider_ids: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.maybe_sent = maybe_sent
        self.provider_ids = provider_ids


class SmsRefused(Exception):
    """The operator refuses this message (number barred, sender not registered …): a person has to look at
    it."""

    def __init__(self, code: int, detail: str, *, provider_ids: tuple[str, ...] = ()) -> None:
        super().__init__(f"{detail} (0x{code:08X})")
        self.code = code
        self.detail = detail
        self.provider_ids = provider_ids


@dataclass(frozen=True, slots=True)
class SmsPart:
    """One SMS as it goes over the air: a header when there are several, then UCS-2 text."""

    number: int
    total: int
    text: str = field(repr=False)
    payload: bytes = field(repr=False)
    esm_class: int


class SmsGateway(Protocol):
    """A connection to an operator, kept by one worker."""

    def send(self, message_id: str, phone_e164: str, text: str) -> Submitted: ...

    def poll_receipts(self, timeout: float) -> list[Receipt]: ...

    def confirm_receipts(self) -> None: ...

    def close(self) -> None: ...
