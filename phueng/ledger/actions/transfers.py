"""How does available budget go from one centre to another? One asks, two others approve, then it moves once."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger import memos, problems
from phueng.ledger.accounts import Fund
from phueng.ledger.actions.move import move_across
from phueng.ledger.approving import APPROVALS_NEEDED, lay_approval
from phueng.ledger.models import BudgetTransfer
from phueng.ledger.refusals import said_plainly


def funds_of(transfer: BudgetTransfer) -> tuple[Fund, Fund]:
    """The fund that gives and the fund that takes."""
    giver = Fund(transfer.fiscal_year, transfer.scheme_code, transfer.from_office_code, transfer.source)
    taker = Fund(transfer.fiscal_year, transfer.scheme_code, transfer.to_office_code, transfer.source)
    return giver, taker


@action
def ask_for_transfer(
    *, by: Actor, at: datetime, request_id: UUID, from_fund: Fund, to_office_code: str, amount_satang: int, reason: str
) -> BudgetTransfer:
    """Ask; nothing moves yet. `request_id` is made before asking, so asking again with it asks once.

    Refused: same_office.
    """
    if by.id is None:
        raise ValueError("whoever asks has an account")
    known = BudgetTransfer.objects.filter(pk=request_id).first()
    if known is not None:
        return known
    with said_plainly():
        transfer = BudgetTransfer.objects.create(
            id=request_id,
            fiscal_year=from_fund.fiscal_year,
            scheme_code=from_fund.scheme_code,
            source=from_fund.source,
            from_office_code=from_fund.office_code,
            to_office_code=to_office_code,
            amount_satang=amount_satang,
            reason=reason.strip()[:300],
            asked_at=at,
            asked_by_id=by.id,
            asked_by_name=by.name,
        )
    asked = {"from": from_fund.code(""), "to_office": to_office_code, "satang": amount_satang}
    record(by=by, at=at, act="ledger.ask_for_transfer", subject=("transfer", transfer.pk), why=reason, after=asked)
    return transfer


@action
def approve_transfer(*, by: Actor, at: datetime, transfer_id: UUID) -> BudgetTransfer:
    """Approve; the second approval moves the sum, if it is still available.

    Refused: same_person, not_an_approver, giver_must_agree (neither approval is from headquarters or the giving
    office), budget_exceeded, request_is_settled.
    """
    transfer = BudgetTransfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.moved_at is not None and transfer.approvals.filter(approved_by_id=by.id).exists():
        return transfer
    given = lay_approval(by=by, at=at, request=transfer)
    record(by=by, at=at, act="ledger.approve_transfer", subject=("transfer", transfer.pk), after={"approvals": given})
    if given < APPROVALS_NEEDED:
        return transfer
    giver, taker = funds_of(transfer)
    satang = transfer.amount_satang
    transfer.movement = move_across(
        by=by,
        at=at,
        key=f"transfer:{transfer.pk}",
        memo=memos.TRANSFERRED,
        subject=("transfer", transfer.pk),
        amounts={
            (giver, "available"): -satang,
            (giver, "allotted"): satang,
            (taker, "allotted"): -satang,
            (taker, "available"): satang,
        },
    )
    transfer.moved_at = at
    with said_plainly():
        transfer.save(update_fields=["movement", "moved_at"])
    return transfer


@action
def withdraw_transfer(*, by: Actor, at: datetime, transfer_id: UUID) -> BudgetTransfer:
    """Take a request back, or turn it down, before it moved."""
    transfer = BudgetTransfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.withdrawn_at is not None:
        return transfer
    if transfer.moved_at is not None:
        raise Refused(problems.REQUEST_IS_SETTLED)
    transfer.withdrawn_at, transfer.withdrawn_by_name = at, by.name
    transfer.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    record(by=by, at=at, act="ledger.withdraw_transfer", subject=("transfer", transfer.pk))
    return transfer
