"""Does budget go from centre to centre only with two others' approval, once, and never more than there is?"""

import uuid
from typing import Any

import pytest
from django.db import transaction

from phueng.audit.actors import Actor
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import BudgetApproval, BudgetTransfer, Movement
from phueng.ledger.tests.factories import BudgetTransferFactory
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NOON,
    SUBJECT,
    TAKER,
    allotted,
    at_headquarters,
    fund,
    left_a_trace,
    officer,
    settle_constraints,
    standing,
)

pytestmark = pytest.mark.django_db


def asked(satang: int = 30_000, by: Actor | None = None) -> BudgetTransfer:
    """A transfer of a fund with 100,000 satang, asked for by the maker of the taking centre."""
    mine = fund()
    if not standing(mine).allotted:
        allotted(mine, 100_000)
    return actions.ask_for_transfer(
        by=by or officer("finance_maker", TAKER), at=NOON, request_id=uuid.uuid4(), from_fund=mine,
        to_office_code=TAKER, amount_satang=satang, reason="น้ำท่วม",
    )  # fmt: skip


def approve(transfer: BudgetTransfer, by: Actor) -> BudgetTransfer:
    return actions.approve_transfer(by=by, at=NOON, transfer_id=transfer.pk)


def test_two_approvals_move_it_once_and_both_funds_stay_whole() -> None:
    transfer = asked()
    first, second = officer("finance_checker", GIVER), at_headquarters("administrator")
    assert approve(transfer, first).moved_at is None
    assert (standing(fund()).available, standing(fund(TAKER)).available) == (100_000, 0)
    moved = approve(transfer, second)
    assert moved.movement is not None
    assert approve(transfer, second).movement_id == moved.movement_id
    assert Movement.objects.filter(subject_id=transfer.pk).count() == 1
    giver, taker = standing(fund()), standing(fund(TAKER))
    assert (giver.allotted, giver.available, taker.allotted, taker.available) == (70_000, 70_000, 30_000, 30_000)
    assert giver.is_whole
    assert taker.is_whole
    settle_constraints()


def test_asking_again_with_the_same_number_asks_once() -> None:
    by, number = officer("finance_maker", TAKER), uuid.uuid4()
    rows = {
        actions.ask_for_transfer(
            by=by, at=NOON, request_id=number, from_fund=fund(), to_office_code=TAKER, amount_satang=1, reason="x"
        ).pk
        for _ in range(2)
    }
    assert rows == {number}


def test_one_person_is_never_two() -> None:
    maker = officer("finance_maker", TAKER)
    transfer = asked(by=maker)
    assert refused_with(lambda: approve(transfer, maker)) == "same_person"
    checker = officer("finance_checker", GIVER)
    approve(transfer, checker)
    assert approve(transfer, checker).moved_at is None
    assert transfer.approvals.count() == 1


@pytest.mark.parametrize(
    ("role", "office"),
    [("social_worker", GIVER), ("finance_maker", GIVER), ("releaser", "CMI-DPC"), ("administrator", GIVER), ("approver", TAKER)],
)  # fmt: skip
def test_only_finance_duties_of_the_two_offices_or_headquarters_approve(role: str, office: str) -> None:
    transfer = asked()
    assert refused_with(lambda: approve(transfer, officer(role, office))) == "not_an_approver"


def test_the_receivers_alone_cannot_take() -> None:
    transfer = asked()
    approve(transfer, officer("finance_checker", TAKER))
    assert refused_with(lambda: approve(transfer, officer("releaser", TAKER))) == "giver_must_agree"
    assert approve(transfer, officer("releaser", GIVER)).moved_at is not None


def test_what_is_no_longer_available_does_not_move() -> None:
    transfer = asked(100_001)
    approve(transfer, officer("finance_checker", GIVER))
    assert refused_with(lambda: approve(transfer, at_headquarters("releaser"))) == "budget_exceeded"
    transfer.refresh_from_db()
    assert (transfer.moved_at, transfer.approvals.count()) == (None, 1)
    assert standing(fund()).available == 100_000


def test_a_settled_request_takes_nothing_more() -> None:
    transfer = asked()
    actions.withdraw_transfer(by=BY, at=NOON, transfer_id=transfer.pk)
    actions.withdraw_transfer(by=BY, at=NOON, transfer_id=transfer.pk)
    assert refused_with(lambda: approve(transfer, officer("releaser", GIVER))) == "request_is_settled"
    moved = asked()
    approve(moved, officer("finance_checker", GIVER))
    approve(moved, officer("releaser", GIVER))
    assert refused_with(lambda: actions.withdraw_transfer(by=BY, at=NOON, transfer_id=moved.pk)) == "request_is_settled"
    assert refused_with(lambda: approve(moved, at_headquarters("releaser"))) == "request_is_settled"


def test_a_transfer_is_not_reversed_by_one_person() -> None:
    transfer = asked()
    approve(transfer, officer("finance_checker", GIVER))
    moved = approve(transfer, officer("releaser", GIVER)).movement
    assert moved is not None
    assert (
        refused_with(lambda: actions.reverse(by=BY, at=NOON, movement_id=moved.pk, why="x")) == "reversed_by_a_request"
    )


def test_the_same_office_is_refused() -> None:
    assert refused_with(
        lambda: actions.ask_for_transfer(
            by=officer("finance_maker", GIVER), at=NOON, request_id=uuid.uuid4(), from_fund=fund(), to_office_code=GIVER,
            amount_satang=1, reason="x",
        )
    ) == "same_office"  # fmt: skip


# --------------------------------------------------------------------- round the service, as the application's role


def across(giver: Fund, taker: Fund, satang: int) -> Movement:
    return actions.move_across(
        by=BY, at=NOON, key=f"{uuid.uuid4()}", memo="x", subject=SUBJECT,
        amounts={
            (giver, "available"): -satang, (giver, "allotted"): satang,
            (taker, "allotted"): -satang, (taker, "available"): satang,
        },
    )  # fmt: skip


def test_a_movement_over_two_funds_without_a_request_is_refused() -> None:
    allotted(fund(), 100)

    def attempt() -> None:
        across(fund(), fund(TAKER), 100)
        settle_constraints()

    assert guard_that_refuses(attempt) == "movement_over_funds_is_approved"


@pytest.mark.parametrize("role", ["available", "treasury"])
def test_a_movement_that_balances_only_as_a_whole_is_refused(role: str) -> None:
    allotted(fund(), 100)

    def attempt() -> None:
        amounts = {(fund(), role): -100, (fund(TAKER), role): 100}
        actions.move_across(by=BY, at=NOON, key=f"{uuid.uuid4()}", memo="x", subject=SUBJECT, amounts=amounts)
        settle_constraints()

    assert guard_that_refuses(attempt) == "movement_balances_in_each_fund"


def test_promise_and_money_do_not_mix() -> None:
    allotted(fund(), 100)

    def attempt() -> None:
        amounts = {"available": -100, "grants": 100}
        actions.move(by=BY, at=NOON, key=f"{uuid.uuid4()}", memo="x", subject=SUBJECT, fund=fund(), amounts=amounts)
        settle_constraints()

    assert guard_that_refuses(attempt) == "movement_balances_in_each_fund"


def approval(transfer: BudgetTransfer, by: Actor, **changed: Any) -> None:
    said = {"transfer_id": transfer.pk, "approved_by_id": by.id, "role": by.role, "office_code": by.office_code}
    insert(BudgetApproval, **said | {"approved_at": NOON, "approved_by_name": "x"} | changed)


def test_approvals_are_judged_by_the_database() -> None:
    maker = officer("finance_maker", TAKER)
    transfer = asked(by=maker)
    left_a_trace()
    checker, stranger = officer("finance_checker", GIVER), officer("releaser", "CMI-DPC")
    assert guard_that_refuses(lambda: approval(transfer, maker)) == "approver_did_not_ask"
    assert guard_that_refuses(lambda: approval(transfer, stranger)) == "approver_outside_area"
    assert guard_that_refuses(lambda: approval(transfer, stranger, office_code=GIVER)) == "approver_outside_area"
    assert guard_that_refuses(lambda: approval(transfer, checker, role="administrator")) == "approver_outside_area"
    approval(transfer, checker)
    assert guard_that_refuses(lambda: approval(transfer, checker)) == "nobody_approves_a_transfer_twice"
    assert guard_that_refuses(lambda: approval(transfer, checker, transfer_id=None)) in (
        "budget_request_is_open", "approval_is_of_one_request",
    )  # fmt: skip
    for statement in ("UPDATE ledger_budgetapproval SET role = 'x'", "DELETE FROM ledger_budgetapproval"):
        assert guard_that_refuses(lambda statement=statement: run(statement)) == "42501"  # type: ignore[misc]


def test_the_movement_waits_for_two_and_is_what_was_approved() -> None:
    transfer = asked(40_000)
    right, wrong = across(fund(), fund(TAKER), 40_000), across(fund(), fund(TAKER), 40_001)
    set_movement = "UPDATE ledger_budgettransfer SET movement_id = %s, moved_at = %s WHERE id = %s"

    def moves(movement: Movement) -> Any:
        return lambda: run(set_movement, movement.pk, NOON, transfer.pk)

    left_a_trace()
    assert guard_that_refuses(moves(right)) == "transfer_has_two_approvals"
    approval(transfer, officer("finance_checker", TAKER))
    assert guard_that_refuses(moves(right)) == "transfer_has_two_approvals"
    approval(transfer, officer("releaser", TAKER))
    assert guard_that_refuses(moves(right)) == "giver_must_agree"
    approval(transfer, officer("releaser", GIVER))
    assert guard_that_refuses(moves(wrong)) == "movement_is_what_was_approved"
    assert moves(right)() == 1
    assert guard_that_refuses(lambda: run("UPDATE ledger_budgettransfer SET movement_id = NULL, moved_at = NULL")) == (
        "budget_request_is_frozen"
    )
    transaction.set_rollback(True)  # the movement nobody approved must not meet the deferred check when the test ends


def test_a_request_is_never_rewritten() -> None:
    left_a_trace()
    transfer: BudgetTransfer = BudgetTransferFactory.create()
    for change in (
        "amount_satang = amount_satang + 1",
        "to_office_code = 'CMI-DPC'",
        "asked_by_name = 'x'",
        "reason = 'y'",
    ):
        statement = f"UPDATE ledger_budgettransfer SET {change} WHERE id = %s"  # noqa: S608
        assert guard_that_refuses(lambda s=statement: run(s, transfer.pk)) == "budget_request_is_frozen"  # type: ignore[misc]
    assert guard_that_refuses(lambda: run("DELETE FROM ledger_budgettransfer")) == "42501"
    values = {"from_office_code": GIVER, "to_office_code": GIVER, "fiscal_year": 2570, "scheme_code": "family",
              "amount_satang": 1, "reason": "x", "asked_at": NOON, "asked_by_id": transfer.asked_by_id}  # fmt: skip
    assert guard_that_refuses(lambda: insert(BudgetTransfer, **dict(values))) == "transfer_goes_to_another_office"
