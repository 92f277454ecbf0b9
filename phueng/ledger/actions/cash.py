"""How does the money itself go from the treasury to a person's account?

treasury → bank → transit (in the file the bank has) → grants (arrived), or back to the bank when returned.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.ledger.accounts import Fund
from phueng.ledger.actions.move import move
from phueng.ledger.models import Movement


@action
def send_out(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """A released run draws its sum from the treasury and hands it to the bank for payment."""
    return move(
        by=by,
        at=at,
        key=key,
        memo="ส่งเงินให้ธนาคาร",
        subject=subject,
        fund=fund,
        amounts={"treasury": -amount_satang, "transit": amount_satang},
    )


@action
def arrive(*, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]) -> Movement:
    """The bank says that the money is in the payees' accounts."""
    return move(
        by=by,
        at=at,
        key=key,
        memo="เงินเข้าบัญชีผู้รับ",
        subject=subject,
        fund=fund,
        amounts={"transit": -amount_satang, "grants": amount_satang},
    )


@action
def come_back(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """The bank returned the money: it lies in our bank account until it is paid anew or given back."""
    return move(
        by=by,
        at=at,
        key=key,
        memo="ธนาคารคืนเงิน",
        subject=subject,
        fund=fund,
        amounts={"transit": -amount_satang, "bank": amount_satang},
    )


@action
def put_in_suspense(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """The bank reports a payment that we cannot explain: kept apart until a person settles it."""
    return move(
        by=by,
        at=at,
        key=key,
        memo="เงินพักรอตรวจสอบ",
        subject=subject,
        fund=fund,
        amounts={"bank": -amount_satang, "suspense": amount_satang},
    )
