"""How does a promise of money go from allotted to disbursed?

allotted → available → reserved (approved) → committed (in a checked run) → disbursed (paid). Each step is a movement
between two accounts of one fund; the way back is named too. Once a year was closed, its promises move in next year's
fund (promises.py): whoever pays out a promise of last year need not know.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.ledger import memos
from phueng.ledger.accounts import Fund, fund_of
from phueng.ledger.actions.move import move
from phueng.ledger.models import Movement
from phueng.ledger.promises import fund_of_promises


def _shift(
    by: Actor,
    at: datetime,
    fund: Fund,
    source: str,
    target: str,
    satang: int,
    key: str,
    memo: str,
    subject: tuple[str, UUID],
) -> Movement:
    # What was moved before the year was closed stays in the closed year: the same key again means that movement.
    if not Movement.objects.filter(key=key).exists():
        fund = fund_of_promises(fund)
    else:
        fund = _fund_moved_in(fund, key)
    return move(by=by, at=at, key=key, memo=memo, subject=subject, fund=fund, amounts={target: satang, source: -satang})


def _fund_moved_in(fund: Fund, key: str) -> Fund:
    posted = Movement.objects.get(key=key).postings.select_related("account").first()
    return fund_of(posted.account) if posted and fund_of(posted.account) == fund_of_promises(fund) else fund


@action
def allot(*, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]) -> Movement:
    """The office may spend this much more in the fiscal year."""
    amounts = {"available": amount_satang, "allotted": -amount_satang}
    return move(by=by, at=at, key=key, memo=memos.ALLOTTED, subject=subject, fund=fund, amounts=amounts)


@action
def reserve(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """An approval takes its sum out of what is available. Refused when it is not there."""
    return _shift(by, at, fund, "available", "reserved", amount_satang, key, "กันเงินเมื่ออนุมัติ", subject)


@action
def release_reservation(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """What was reserved is free again."""
    return _shift(by, at, fund, "reserved", "available", amount_satang, key, "คืนเงินที่กันไว้", subject)


@action
def commit(*, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]) -> Movement:
    """A checked payment run takes what was reserved."""
    return _shift(by, at, fund, "reserved", "committed", amount_satang, key, "ผูกพันในชุดจ่าย", subject)


@action
def release_commitment(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """The run was abandoned or a payment came back: reserved again, so that it can be paid anew."""
    return _shift(by, at, fund, "committed", "reserved", amount_satang, key, "คืนเงินผูกพัน", subject)


@action
def disburse(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """The money is in the payee's account."""
    return _shift(by, at, fund, "committed", "disbursed", amount_satang, key, "จ่ายแล้ว", subject)
