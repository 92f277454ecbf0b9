"""What do we ask a bank about an account, and what may it answer?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from phueng.kernel.problems import Problem

Standing = Literal["open", "closed", "unknown"]
Trouble = Literal["timeout", "slow", "refused", "http", "busy", "malformed"]


@dataclass(frozen=True, slots=True)
class HolderAnswer:
    """What the bank tells about an account. Name and number stay out of `repr`, and so out of logs."""

    bank_code: str
    account: str = field(repr=False)
    request_id: str
    standing: Standing
    holder_name: str = field(repr=False)  # "" when the bank does not tell it
    is_masked: bool  # part of the name is hidden: it can agree, but not prove
    bank_reference: str
    answered_at: datetime

    def is_fresh(self, at: datetime, *, most_days: int) -> bool:
        """Young enough to pay on: accounts are closed and change hands."""
        return timedelta(0) <= at - self.answered_at <= timedelta(days=most_days)


@dataclass(frozen=True, slots=True)
class AccountNotFound:
    """The bank answered properly: it has no such account."""

    request_id: str
    bank_reference: str
    answered_at: datetime


class InquiryUnavailable(Exception):
    """There is no answer that may be believed. Nobody is paid on this for the first time."""

    def __init__(self, kind: Trouble, detail: str, *, status: int | None = None) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.status = status

    @property
    def may_pass(self) -> bool:
        """Might the same question be answered a moment later?"""
        return self.kind in ("timeout", "slow", "refused", "busy") or (self.status or 0) >= 500

    @property
    def problem(self) -> Problem:
        th, en = _SENTENCES[self.kind]
        return Problem(
            f"name_inquiry.{self.kind}",
            th,
            en,
            "ระบบจะถามใหม่เอง หรือให้เจ้าหน้าที่เทียบชื่อจากรูปหน้าสมุดบัญชี",
            "We keep asking by ourselves; or an officer compares the name with the photo of the passbook.",
        )


_SENTENCES: dict[Trouble, tuple[str, str]] = {
    "timeout": ("บริการตรวจชื่อบัญชีไม่ตอบภายในเวลาที่กำหนด", "The name inquiry did not answer in time."),
    "slow": ("บริการตรวจชื่อบัญชีตอบช้าเกินไป", "The name inquiry answered too slowly."),
    "refused": ("ติดต่อบริการตรวจชื่อบัญชีไม่ได้", "The name inquiry could not be reached."),
    "http": ("บริการตรวจชื่อบัญชีไม่รับคำถามนี้", "The name inquiry turned the question away."),
    "busy": ("บริการตรวจชื่อบัญชีมีคนใช้มาก", "The name inquiry has too much to do."),
    "malformed": (
        "คำตอบของบริการตรวจชื่อบัญชีอ่านไม่ได้ หรือไม่ตรงกับบัญชีที่ถาม",
        "The answer cannot be read, or is not about the account we asked for.",
    ),
}


class NameInquiry(Protocol):
    """One question about one account, with the reason and the name of whoever asks."""

    def holder_of(
        self, bank_code: str, account: str, *, reason: str, asked_by: str, request_id: str
    ) -> HolderAnswer | AccountNotFound: ...
