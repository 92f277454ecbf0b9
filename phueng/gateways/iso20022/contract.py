"""What do we order from a bank in ISO 20022, and which words may each bank choose for itself?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal

from phueng.gateways.faults import FileRefused, Refusal
from phueng.gateways.krungthai.contract import Warned

__all__ = [
    "CURRENCY",
    "FileRefused",
    "MessageChoices",
    "MessageHead",
    "Refusal",
    "RenderedTransfers",
    "TotalsDiffer",
    "TransferRow",
    "Warned",
]

CURRENCY = "THB"
# reference · bank code · account · national ID · name · satang. A transfer to an account has no national ID; one by
# PromptPay has neither bank nor account.
TransferRow = tuple[str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class MessageChoices:
    """Where banks differ. Each is a setting, decided when a bank is connected."""

    bank_by: Literal["clearing", "bic"] = "clearing"  # banks without a known BIC go by their clearing code either way
    clearing_system: str = "THCBC"  # the international list's word for the Bank of Thailand's codes
    proxy_type: str = "NIDN"  # the international list's word for a national identity number
    proxy_type_is: Literal["code", "proprietary"] = "code"
    service_level: str = ""
    local_instrument: str = ""
    category_purpose: str = "GOVT"
    charge_bearer: str = "SLEV"
    batch_booking: bool = True

    @classmethod
    def from_mapping(cls, written: Mapping[str, Any]) -> MessageChoices:
        """The choices in a settings mapping; a word nobody knows is a ValueError, not a default."""
        strange = set(written) - {one.name for one in fields(cls)}
        if strange:
            raise ValueError(f"no such choice: {', '.join(sorted(strange))}")
        return cls(**written)


@dataclass(frozen=True, slots=True)
class MessageHead:
    """What an order says once: who orders, from which account, on which day. One order is one part (PmtInf)."""

    message_id: str
    part_id: str
    created_at: datetime
    execute_on: date
    initiator_name: str
    initiator_id: str
    debtor_name: str
    debtor_account: str
    debtor_bank: str
    choices: MessageChoices = MessageChoices()


@dataclass(frozen=True, slots=True)
class RenderedTransfers:
    """The bytes of some transfers, and what they add up to."""

    content: bytes = field(repr=False)
    count: int
    total_satang: int
    warnings: tuple[Warned, ...]


class TotalsDiffer(Exception):
    """The transfers are not those that count and sum were promised for; the file was left without its end, so that
    nobody can execute it."""
