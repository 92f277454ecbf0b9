"""How is one balanced movement written, exactly once per key?"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.ledger.accounts import Fund, open_accounts
from phueng.ledger.models import Movement, Posting

COVERED = "ledger_account_is_covered"


@action
def move(
    *,
    by: Actor,
    at: datetime,
    key: str,
    memo: str,
    subject: tuple[str, UUID],
    fund: Fund,
    amounts: Mapping[str, int],
    reverses: Movement | None = None,
) -> Movement:
    """Post `amounts` (role → satang, debit positive) to the fund's accounts. The same key again returns the first.

    Raises Refused(budget_exceeded) when a guarded account would fall below zero, Refused(key_means_another_sum) when
    the key was used for other amounts, ValueError when the amounts do not sum to zero.
    """
    if sum(amounts.values()) != 0 or len(amounts) < 2:
        raise ValueError(f"amounts of {key} do not balance: {dict(amounts)}")
    known = Movement.objects.filter(key=key).first()
    if known is not None:
        return _same_as_before(known, fund, amounts)
    accounts = open_accounts(fund, tuple(sorted(amounts)), at)
    try:
        with transaction.atomic():
            movement = Movement.objects.create(
                key=key,
                memo=memo,
                subject_kind=subject[0],
                subject_id=subject[1],
                moved_at=at,
                moved_by_id=by.id,
                moved_by_name=by.name,
                reverses=reverses,
            )
            # Postings go in by account id, so that two movements over the same accounts lock them in one order.
            ordered = sorted(amounts, key=lambda role: accounts[role].pk)
            for role in ordered:
                Posting.objects.create(movement=movement, account=accounts[role], amount_satang=amounts[role])
    except IntegrityError as error:
        if COVERED in str(error) or getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == COVERED:
            raise Refused(_exceeded(fund)) from error
        winner = Movement.objects.filter(key=key).first()
        if winner is None:
            raise
        return _same_as_before(winner, fund, amounts)
    record(
        by=by,
        at=at,
        act="ledger.move",
        subject=("movement", movement.pk),
        why=memo,
        after={"key": key, "fund": fund.code(""), "amounts": dict(amounts)},
    )
    return movement


def _same_as_before(movement: Movement, fund: Fund, amounts: Mapping[str, int]) -> Movement:
    posted = {p.account.code: p.amount_satang for p in movement.postings.select_related("account")}
    if posted != {fund.code(role): satang for role, satang in amounts.items()}:
        raise Refused(
            Problem(
                "key_means_another_sum",
                "รายการนี้เคยบันทึกด้วยยอดอื่นแล้ว",
                "This movement was already recorded with another sum",
                "ตรวจรายการเดิมก่อน อย่าบันทึกซ้ำ",
                "Look at the first record; do not record it again",
            )
        )
    return movement


def _exceeded(fund: Fund) -> Problem:
    return Problem(
        "budget_exceeded",
        f"เงินงบประมาณปี {fund.fiscal_year} ของสำนักงาน {fund.office_code} ไม่พอสำหรับรายการนี้",
        f"The {fund.fiscal_year} budget of office {fund.office_code} does not cover this",
        "ตั้งเรื่องรอจัดสรรงบประมาณ หรือขอเพิ่มวงเงินก่อน",
        "Let the case wait for budget, or ask for a higher allotment first",
    )


@action
def reverse(*, by: Actor, at: datetime, movement_id: UUID, why: str) -> Movement:
    """The opposite of a movement, once: corrections are reversals, never edits."""
    wrong = Movement.objects.get(pk=movement_id)
    postings = list(wrong.postings.select_related("account"))
    first = postings[0].account
    return move(
        by=by,
        at=at,
        key=f"reversal:{wrong.key}",
        memo=why,
        subject=(wrong.subject_kind, wrong.subject_id),
        fund=Fund(first.fiscal_year, first.scheme_code, first.office_code),
        amounts={p.account.role: -p.amount_satang for p in postings},
        reverses=wrong,
    )
