"""Two and thirty-two people at once: is nothing promised twice? Each with a naive twin that does it wrong."""

import threading
import uuid
from collections.abc import Callable

from django.db import connections, transaction

from phueng.kernel.problems import Refused
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import BudgetTransfer, Movement
from phueng.ledger.tests.factories import LedgerAccountFactory
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NEXT_YEAR,
    NOON,
    SUBJECT,
    TAKER,
    allotted,
    fund,
    left_a_trace,
    officer,
    own_fund,
    standing,
)

APPROVERS = 32


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Everybody starts at one moment; what each was told."""
    barrier, told = threading.Barrier(len(acts)), []

    def go(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            told.append("done")
        except Refused as refusal:
            told.append(refusal.problem.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def reserve(mine: Fund, number: int) -> None:
    actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:{number}", subject=SUBJECT)


def test_thirty_two_reserve_at_once_and_money_for_ten_is_promised_to_ten(committed_db: object) -> None:
    mine = allotted(own_fund(), 1_000)
    told = at_once([lambda number=number: reserve(mine, number) for number in range(APPROVERS)])  # type: ignore[misc]
    assert (told.count("done"), told.count("budget_exceeded")) == (10, 22)
    state = standing(mine)
    assert (state.available, state.reserved) == (0, 1_000)


def test_the_naive_twin_promises_more_than_there_is(committed_db: object) -> None:
    """Look at the sum, then write, on an account without the guard: everybody saw the money of everybody else."""
    mine = own_fund()
    with transaction.atomic():
        left_a_trace()
        LedgerAccountFactory.create(
            code=mine.code("available"), role="available", office_code=mine.office_code, may_go_below_zero=True
        )
        allotted(mine, 1_000)
    everybody_looked = threading.Barrier(APPROVERS)

    def naive(number: int) -> None:
        is_enough = standing(mine).available >= 100
        everybody_looked.wait()  # the schedule that sooner or later comes
        if is_enough:
            reserve(mine, number)

    told = at_once([lambda number=number: naive(number) for number in range(APPROVERS)])  # type: ignore[misc]
    assert told.count("done") == APPROVERS
    assert standing(mine).reserved == 3_200
    assert standing(mine).available == -2_200


def asked(satang: int) -> BudgetTransfer:
    return actions.ask_for_transfer(
        by=officer("finance_maker", TAKER), at=NOON, request_id=uuid.uuid4(), from_fund=fund(), to_office_code=TAKER,
        amount_satang=satang, reason="x",
    )  # fmt: skip


def test_approvers_of_one_transfer_at_once_move_it_once(committed_db: object) -> None:
    with transaction.atomic():
        allotted(fund(), 1_000)
        transfer = asked(400)
        crowd = [officer(role, GIVER) for role in ("finance_checker", "releaser") for _ in range(4)]
    told = at_once(
        [lambda by=by: actions.approve_transfer(by=by, at=NOON, transfer_id=transfer.pk) for by in crowd]  # type: ignore[misc]
    )
    assert (told.count("done"), told.count("request_is_settled")) == (2, 6)
    assert Movement.objects.filter(subject_id=transfer.pk).count() == 1
    assert (standing(fund()).available, standing(fund(TAKER)).available) == (600, 400)


def test_two_transfers_of_the_same_money_and_a_reservation_share_what_there_is(committed_db: object) -> None:
    with transaction.atomic():
        allotted(fund(), 1_000)
        transfers = [asked(800), asked(800)]
        first, second = officer("finance_checker", GIVER), officer("releaser", GIVER)
        for transfer in transfers:
            actions.approve_transfer(by=first, at=NOON, transfer_id=transfer.pk)
    acts: list[Callable[[], object]] = [
        lambda transfer=transfer: actions.approve_transfer(by=second, at=NOON, transfer_id=transfer.pk)  # type: ignore[misc]
        for transfer in transfers
    ]
    told = at_once([*acts, lambda: reserve(fund(), 1), lambda: reserve(fund(), 2)])
    giver, taker = standing(fund()), standing(fund(TAKER))
    assert told.count("budget_exceeded") >= 1
    assert giver.available >= 0
    assert giver.available + giver.reserved + taker.available == 1_000
    assert taker.available in (0, 800)


def test_a_year_closes_once_while_others_still_promise(committed_db: object) -> None:
    with transaction.atomic():
        mine = allotted(fund(fiscal_year=2570, source="donation"), 1_000)
        carry = actions.ask_to_carry_over(
            by=officer("finance_maker", GIVER), at=NOON, request_id=uuid.uuid4(), fund=mine, reference="x"
        )
        first, second = officer("finance_checker", GIVER), officer("releaser", GIVER)
        actions.approve_carry_over(by=first, at=NOON, carry_over_id=carry.pk)
    acts: list[Callable[[], object]] = [
        lambda number=number: reserve(mine, number)  # type: ignore[misc]
        for number in range(6)
    ]
    close = lambda: actions.approve_carry_over(by=second, at=NEXT_YEAR, carry_over_id=carry.pk)  # noqa: E731
    at_once([*acts, close, close])
    old, new = standing(mine), standing(mine.next_year())
    assert old.is_whole
    assert new.is_whole
    assert min(old.available, old.reserved, new.available, new.reserved) >= 0
    assert old.allotted == 1_000
