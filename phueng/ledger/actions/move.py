"""How is one balanced movement written, exactly once per key?"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger import problems
from phueng.ledger.accounts import Fund, fund_of, open_accounts
from phueng.ledger.models import LedgerAccount, Movement, Posting
from phueng.ledger.refusals import guard_of

COVERED = "ledger_account_is_covered"

Place = tuple[Fund, str]  # whose account, in which role


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
    placed = {(fund, role): satang for role, satang in amounts.items()}
    return move_across(by=by, at=at, key=key, memo=memo, subject=subject, amounts=placed, reverses=reverses)


@action
def move_across(
    *,
    by: Actor,
    at: datetime,
    key: str,
    memo: str,
    subject: tuple[str, UUID],
    amounts: Mapping[Place, int],
    reverses: Movement | None = None,
) -> Movement:
    """As move, over several funds. The database takes that only from an approved transfer or carry-over."""
    if sum(amounts.values()) != 0 or len(amounts) < 2:
        raise ValueError(f"amounts of {key} do not balance: {[(f.code(r), s) for (f, r), s in amounts.items()]}")
    known = Movement.objects.filter(key=key).first()
    if known is not None:
        return _same_as_before(known, amounts)
    accounts = open_accounts(tuple(amounts), at)
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
            _post(movement, accounts, amounts)
    except IntegrityError as error:
        if guard_of(error) == COVERED or COVERED in str(error):
            short = next((fund for (fund, _), satang in amounts.items() if satang < 0), next(iter(amounts))[0])
            raise Refused(problems.budget_exceeded(short)) from error
        winner = Movement.objects.filter(key=key).first()
        if winner is None:
            raise
        return _same_as_before(winner, amounts)
    record(
        by=by,
        at=at,
        act="ledger.move",
        subject=("movement", movement.pk),
        why=memo,
        after={"key": key, "amounts": {fund.code(role): satang for (fund, role), satang in amounts.items()}},
    )
    return movement


def _post(movement: Movement, accounts: Mapping[Place, LedgerAccount], amounts: Mapping[Place, int]) -> None:
    # Postings go in by account id, so that two movements over the same accounts lock them in one order.
    for place in sorted(amounts, key=lambda place: accounts[place].pk):
        Posting.objects.create(movement=movement, account=accounts[place], amount_satang=amounts[place])


def _same_as_before(movement: Movement, amounts: Mapping[Place, int]) -> Movement:
    posted = {p.account.code: p.amount_satang for p in movement.postings.select_related("account")}
    if posted != {fund.code(role): satang for (fund, role), satang in amounts.items()}:
        raise Refused(problems.KEY_MEANS_ANOTHER_SUM)
    return movement


@action
def reverse(*, by: Actor, at: datetime, movement_id: UUID, why: str) -> Movement:
    """The opposite of a movement, once: corrections are reversals, never edits.

    Refused: reversal_stays (what is a reversal itself), reversed_by_a_request (a movement over two funds had two
    approvals; one person does not take it back).
    """
    wrong = Movement.objects.get(pk=movement_id)
    postings = list(wrong.postings.select_related("account"))
    amounts = {(fund_of(p.account), p.account.role): -p.amount_satang for p in postings}
    if wrong.reverses_id is not None:
        raise Refused(problems.REVERSAL_STAYS)
    if len({fund for fund, _ in amounts}) > 1:
        raise Refused(problems.REVERSED_BY_A_REQUEST)
    return move_across(
        by=by,
        at=at,
        key=f"reversal:{wrong.key}"[:120],
        memo=why,
        subject=(wrong.subject_kind, wrong.subject_id),
        amounts=amounts,
        reverses=wrong,
    )
