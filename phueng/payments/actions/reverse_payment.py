"""What happens when a payment that the bank had reported as paid came back after all?

The bank's later word stands in suspense. A maker notes that it is right, a checker confirms; then the money lies in our
bank account again, the budget is free again, and the due is payable once more. The line keeps the day it was paid.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger.actions import move, reverse
from phueng.ledger.promises import fund_of_promises
from phueng.payments import problems
from phueng.payments.models import Line, Reversal, SuspenseItem
from phueng.payments.reconciling import one_at_a_time
from phueng.payments.settling import fund_of, is_monthly
from phueng.payments.telling import tell_payees

RETURNED_AFTER_PAID = "returned_after_paid"
_MEMO = "กลับรายการ: ธนาคารคืนเงินที่เคยแจ้งว่าเข้าบัญชีแล้ว"


@action
def note_reversal(*, by: Actor, at: datetime, item_id: UUID, why: str) -> Reversal:
    """A maker says that the bank's later word is right. Noting it again changes nothing.

    Refused: why_is_missing, not_paid_before, outside_area, wrong_step (settled already).
    """
    item = SuspenseItem.objects.select_for_update().get(pk=item_id)
    line = _line_of(item)
    noted_by_id = _insist_on_office(by, line)
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    known = Reversal.objects.filter(line=line, dropped_at__isnull=True).first()
    if known is not None:
        return known
    if item.settled_at is not None or line.standing != "paid":
        raise Refused(problems.NOT_PAID_BEFORE)
    try:
        with transaction.atomic():
            reversal = Reversal.objects.create(
                line=line,
                suspense_item=item,
                returned_code=(item.stated.get("reason_code") or item.stated.get("reason") or "bank")[:60],
                noted_by_id=noted_by_id,
                noted_at=at,
                noted_why=why[:300],
            )
    except IntegrityError:
        return Reversal.objects.get(line=line, dropped_at__isnull=True)
    record(by=by, at=at, act="payments.note_reversal", subject=("run", line.run_id), why=why, after=_named(line))
    return reversal


@action
def confirm_reversal(*, by: Actor, at: datetime, reversal_id: UUID) -> Reversal:
    """A checker who did not note it confirms: money, budget, line and suspense move in one transaction, once.

    Refused: second_person, outside_area, wrong_step (dropped meanwhile).
    """
    one_at_a_time()
    reversal = Reversal.objects.select_for_update(of=("self",)).select_related("suspense_item").get(pk=reversal_id)
    if reversal.confirmed_at is not None:
        return reversal
    line = Line.objects.select_related("run__office").select_for_update(of=("self",)).get(pk=reversal.line_id)
    _insist_on_office(by, line)
    if reversal.dropped_at is not None:
        raise Refused(problems.WRONG_STEP)
    if by.id == reversal.noted_by_id:
        raise Refused(problems.SECOND_PERSON)
    reversal.confirmed_at, reversal.confirmed_by_id = at, by.id
    reversal.save(update_fields=["confirmed_at", "confirmed_by"])
    line.returned_at, line.returned_code = at, reversal.returned_code
    line.save(update_fields=["returned_at", "returned_code"])
    _post(by, at, line)
    settle_item(by=by, at=at, item=reversal.suspense_item, why=reversal.noted_why)
    tell_payees(by=by, at=at, paid=(), returned=[line])
    after = _named(line)
    record(
        by=by, at=at, act="payments.confirm_reversal", subject=("run", line.run_id), why=reversal.noted_why, after=after
    )
    return reversal


def settle_item(*, by: Actor, at: datetime, item: SuspenseItem, why: str) -> None:
    """Write what the item turned out to be; money that stood on suspense goes back where it was, with the same reason."""
    if item.movement_id is not None:
        reverse(by=by, at=at, movement_id=item.movement_id, why=why[:200])
    item.settled_at, item.settled_by_name, item.settled_why = at, by.name, why[:300]
    item.save(update_fields=["settled_at", "settled_by_name", "settled_why"])


def _line_of(item: SuspenseItem) -> Line:
    line = None
    if item.reason_code == RETURNED_AFTER_PAID:
        line = Line.objects.select_related("run__office").filter(reference=item.reference).first()
    if line is None:
        raise Refused(problems.NOT_PAID_BEFORE)
    return line


def _insist_on_office(by: Actor, line: Line) -> UUID:
    """Somebody of the office that pays, by their account."""
    if by.id is None or by.office_code != line.run.office.code:
        raise Refused(problems.OUTSIDE_AREA)
    return by.id


def _post(by: Actor, at: datetime, line: Line) -> None:
    """The money: from the grants paid back into our account. The budget: as if it had not been spent; a single sum is
    still promised by its decision, a month is reserved anew by the next run."""
    run, satang = line.run, line.amount_satang
    fund, subject = fund_of(run), ("run", run.pk)
    free = "available" if is_monthly(run) else "reserved"
    for name, where, amounts in (
        ("cash", fund, {"grants": -satang, "bank": satang}),
        ("budget", fund_of_promises(fund), {"disbursed": -satang, free: satang}),
    ):
        move(by=by, at=at, key=f"reversal:{line.pk}:{name}", memo=_MEMO, subject=subject, fund=where, amounts=amounts)


def _named(line: Line) -> dict[str, object]:
    return {"reference": line.reference, "amount_satang": line.amount_satang}
