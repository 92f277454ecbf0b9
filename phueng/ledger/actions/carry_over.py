"""How does a fund's year end? What was promised goes into the next year, what is still free lapses.

เงินกันไว้เบิกเหลื่อมปี: with a permission by its reference and two approvals. Nothing moves before 1 October.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger import memos, problems
from phueng.ledger.accounts import Fund
from phueng.ledger.actions.move import move, move_across
from phueng.ledger.approving import APPROVALS_NEEDED, lay_approval
from phueng.ledger.models import CarryOver, LedgerAccount, Movement
from phueng.ledger.queries import balances
from phueng.ledger.refusals import said_plainly


@action
def ask_to_carry_over(*, by: Actor, at: datetime, request_id: UUID, fund: Fund, reference: str) -> CarryOver:
    """Ask, with the sums as they stand now. `request_id` as for transfers. Refused: already_carried."""
    if by.id is None:
        raise ValueError("whoever asks has an account")
    known = CarryOver.objects.filter(pk=request_id).first()
    if known is not None:
        return known
    totals = balances(fund)
    with said_plainly():
        carry = CarryOver.objects.create(
            id=request_id,
            fiscal_year=fund.fiscal_year,
            scheme_code=fund.scheme_code,
            source=fund.source,
            office_code=fund.office_code,
            reserved_satang=totals.get("reserved", 0),
            committed_satang=totals.get("committed", 0),
            reference=reference.strip()[:200],
            asked_at=at,
            asked_by_id=by.id,
            asked_by_name=by.name,
        )
    asked = {"fund": fund.code(""), "reserved": carry.reserved_satang, "committed": carry.committed_satang}
    record(by=by, at=at, act="ledger.ask_to_carry_over", subject=("carry_over", carry.pk), why=reference, after=asked)
    return carry


@action
def approve_carry_over(*, by: Actor, at: datetime, carry_over_id: UUID) -> CarryOver:
    """Approve; the second approval carries the promises over and lets the rest lapse, both once.

    Refused: same_person, not_an_approver, year_is_not_over, sums_changed, request_is_settled.
    """
    carry = CarryOver.objects.select_for_update().get(pk=carry_over_id)
    if carry.moved_at is not None and carry.approvals.filter(approved_by_id=by.id).exists():
        return carry
    given = lay_approval(by=by, at=at, request=carry)
    record(by=by, at=at, act="ledger.approve_carry_over", subject=("carry_over", carry.pk), after={"approvals": given})
    if given < APPROVALS_NEEDED:
        return carry
    if fiscal_year_be(in_bangkok(at).date()) <= carry.fiscal_year:
        raise Refused(problems.YEAR_IS_NOT_OVER)
    fund = Fund(carry.fiscal_year, carry.scheme_code, carry.office_code, carry.source)
    totals = _locked_balances(fund)
    if (totals.get("reserved", 0), totals.get("committed", 0)) != (carry.reserved_satang, carry.committed_satang):
        raise Refused(problems.SUMS_CHANGED)
    carry.movement = _carry(by, at, carry, fund)
    carry.lapse = _lapse(by, at, carry, fund, totals.get("available", 0))
    carry.moved_at = at
    with said_plainly():
        carry.save(update_fields=["movement", "lapse", "moved_at"])
    return carry


@action
def withdraw_carry_over(*, by: Actor, at: datetime, carry_over_id: UUID) -> CarryOver:
    """Take a request back, or turn it down, before it moved."""
    carry = CarryOver.objects.select_for_update().get(pk=carry_over_id)
    if carry.withdrawn_at is not None:
        return carry
    if carry.moved_at is not None:
        raise Refused(problems.REQUEST_IS_SETTLED)
    carry.withdrawn_at, carry.withdrawn_by_name = at, by.name
    carry.save(update_fields=["withdrawn_at", "withdrawn_by_name"])
    record(by=by, at=at, act="ledger.withdraw_carry_over", subject=("carry_over", carry.pk))
    return carry


def _locked_balances(fund: Fund) -> dict[str, int]:
    # The guard locks the same rows: from here on nobody reserves, commits or pays in this fund until we are done.
    codes = [fund.code(role) for role in ("available", "reserved", "committed")]
    list(LedgerAccount.objects.filter(code__in=codes).order_by("pk").select_for_update())
    return balances(fund)


def _carry(by: Actor, at: datetime, carry: CarryOver, fund: Fund) -> Movement | None:
    reserved, committed, after = carry.reserved_satang, carry.committed_satang, fund.next_year()
    amounts = {
        (fund, "reserved"): -reserved,
        (fund, "committed"): -committed,
        (fund, "carried"): reserved + committed,
        (after, "allotted"): -reserved - committed,
        (after, "reserved"): reserved,
        (after, "committed"): committed,
    }
    if not reserved + committed:
        return None
    return move_across(
        by=by,
        at=at,
        key=f"carry:{carry.pk}:over",
        memo=memos.CARRIED,
        subject=("carry_over", carry.pk),
        amounts={place: satang for place, satang in amounts.items() if satang},
    )


def _lapse(by: Actor, at: datetime, carry: CarryOver, fund: Fund, available: int) -> Movement | None:
    if not available:
        return None
    return move(
        by=by,
        at=at,
        key=f"carry:{carry.pk}:lapse",
        memo=memos.LAPSED,
        subject=("carry_over", carry.pk),
        fund=fund,
        amounts={"available": -available, "lapsed": available},
    )
