"""Which questions must every name inquiry answer alike, a bank's in its test environment and our stand-in?"""

from __future__ import annotations

from dataclasses import dataclass

from phueng.gateways.name_inquiry.contract import AccountNotFound, HolderAnswer, NameInquiry
from phueng.gateways.promises import PromiseBroken, promised


@dataclass(frozen=True, slots=True)
class KnownAccounts:
    """Three accounts (bank code, number) whose answers are known beforehand."""

    open: tuple[str, str]
    closed: tuple[str, str]
    nobody: tuple[str, str]


def check_inquiry(inquiry: NameInquiry, known: KnownAccounts) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    open_ = _held(inquiry, known.open)
    promised((open_.bank_code, open_.account) == known.open, "the answer is about the account asked for")
    promised(open_.standing == "open" and open_.holder_name, "an open account has a holder")
    promised(open_.answered_at.tzinfo is not None, "an answer says when it was given")
    promised(_held(inquiry, known.closed).standing == "closed", "a closed account is told to be closed")
    promised(isinstance(_ask(inquiry, known.nobody), AccountNotFound), "no such account is an answer, not an error")
    promised(_held(inquiry, known.open).holder_name == open_.holder_name, "asking twice gives the same name")


def _held(inquiry: NameInquiry, account: tuple[str, str]) -> HolderAnswer:
    answer = _ask(inquiry, account)
    if not isinstance(answer, HolderAnswer):
        raise PromiseBroken("an account of the bank is found, open or closed")
    return answer


def _ask(inquiry: NameInquiry, account: tuple[str, str]) -> HolderAnswer | AccountNotFound:
    return inquiry.holder_of(
        *account, reason="connection check", asked_by="phueng checks", request_id=f"check-{account[1][-4:]}"
    )
