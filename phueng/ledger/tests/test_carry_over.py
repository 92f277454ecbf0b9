"""At the year's end: are promises carried, is the rest gone, and can what was carried still be paid?"""

import uuid

import pytest

from phueng.decisions.tests.rawly import guard_that_refuses, refused_with, run
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import CarryOver
from phueng.ledger.promises import fund_of_promises
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NEXT_YEAR,
    NOON,
    allotted,
    at_headquarters,
    fund,
    left_a_trace,
    officer,
    settle_constraints,
    standing,
    step,
)

pytestmark = pytest.mark.django_db


def promised() -> Fund:
    """2570: of 1,000 are 300 reserved, 200 committed, 100 disbursed."""
    mine = allotted(fund(fiscal_year=2570, source="donation"), 1_000)
    step("reserve", mine, 600)
    step("commit", mine, 300)
    step("disburse", mine, 100)
    return mine


def asked(mine: Fund) -> CarryOver:
    return actions.ask_to_carry_over(
        by=officer("finance_maker", mine.office_code),
        at=NOON,
        request_id=uuid.uuid4(),
        fund=mine,
        reference="กค 0402.5/1",
    )


def carried(mine: Fund) -> CarryOver:
    carry = asked(mine)
    for by in (officer("finance_checker", GIVER), at_headquarters("administrator")):
        carry = actions.approve_carry_over(by=by, at=NEXT_YEAR, carry_over_id=carry.pk)
    return carry


def test_promises_are_carried_and_the_rest_lapses() -> None:
    mine = promised()
    carry = carried(mine)
    assert (carry.reserved_satang, carry.committed_satang) == (300, 200)
    old, new = standing(mine), standing(mine.next_year())
    assert (old.allotted, old.available, old.reserved, old.committed) == (1_000, 0, 0, 0)
    assert (old.disbursed, old.carried, old.lapsed) == (100, 500, 400)
    assert (new.allotted, new.available, new.reserved, new.committed) == (500, 0, 300, 200)
    assert old.is_whole
    assert new.is_whole
    settle_constraints()


def test_a_payment_of_last_year_is_paid_from_what_was_carried() -> None:
    mine = promised()
    carried(mine)
    assert fund_of_promises(mine) == mine.next_year()
    step("disburse", mine, 200, at=NEXT_YEAR)
    step("release_reservation", mine, 100, at=NEXT_YEAR)
    new = standing(mine.next_year())
    assert (new.disbursed, new.reserved, new.available) == (200, 200, 100)
    with pytest.raises(Exception, match="budget_exceeded"):
        step("disburse", mine, 1, at=NEXT_YEAR)


def test_what_was_moved_before_the_year_closed_is_recognised_afterwards() -> None:
    mine = allotted(fund(fiscal_year=2570, source="donation"), 1_000)
    step("reserve", mine, 600, key="run:x:reserve")
    carried(mine)
    step("reserve", mine, 600, key="run:x:reserve", at=NEXT_YEAR)
    step("commit", mine, 600, key="run:x:commit", at=NEXT_YEAR)
    step("commit", mine, 600, key="run:x:commit", at=NEXT_YEAR)
    assert standing(mine.next_year()).committed == 600


def test_two_years_later_still_once() -> None:
    mine = promised()
    carried(mine)
    later = asked(mine.next_year())
    for by in (officer("finance_checker", GIVER), officer("releaser", GIVER)):
        at = NEXT_YEAR.replace(year=2028)
        actions.approve_carry_over(by=by, at=at, carry_over_id=later.pk)
    assert fund_of_promises(mine) == mine.next_year().next_year()
    assert standing(mine.next_year().next_year()).committed == 200


def test_it_happens_once_and_says_so() -> None:
    mine = promised()
    carry = carried(mine)
    last = carry.approvals.order_by("-pk").first()
    assert last is not None
    by = at_headquarters("releaser")
    assert refused_with(lambda: asked(mine)) == "already_carried"
    assert (
        refused_with(lambda: actions.approve_carry_over(by=by, at=NEXT_YEAR, carry_over_id=carry.pk))
        == "request_is_settled"
    )
    assert standing(mine).carried == 500


def test_not_before_the_year_is_over() -> None:
    carry = asked(promised())
    actions.approve_carry_over(by=officer("releaser", GIVER), at=NOON, carry_over_id=carry.pk)
    by = at_headquarters("releaser")
    assert (
        refused_with(lambda: actions.approve_carry_over(by=by, at=NOON, carry_over_id=carry.pk)) == "year_is_not_over"
    )


def test_sums_that_changed_are_asked_for_anew() -> None:
    mine = promised()
    carry = asked(mine)
    actions.approve_carry_over(by=officer("releaser", GIVER), at=NEXT_YEAR, carry_over_id=carry.pk)
    step("disburse", mine, 50)
    by = at_headquarters("releaser")
    assert (
        refused_with(lambda: actions.approve_carry_over(by=by, at=NEXT_YEAR, carry_over_id=carry.pk)) == "sums_changed"
    )
    actions.withdraw_carry_over(by=BY, at=NEXT_YEAR, carry_over_id=carry.pk)
    assert asked(mine).committed_satang == 150


def test_a_fund_without_promises_only_lapses() -> None:
    mine = allotted(fund(fiscal_year=2570, source="donation"), 70)
    carry = carried(mine)
    assert (carry.movement_id, standing(mine).lapsed) == (None, 70)
    empty = fund(fiscal_year=2570, source="provincial")
    assert carried(empty).lapse_id is None


def test_round_the_service_it_is_refused() -> None:
    carry = asked(promised())
    left_a_trace()
    move = "UPDATE ledger_carryover SET moved_at = %s WHERE id = %s"
    assert guard_that_refuses(lambda: run(move, NEXT_YEAR, carry.pk)) == "carry_over_has_two_approvals"
    for by in (officer("finance_checker", GIVER), officer("releaser", GIVER)):
        run(
            "INSERT INTO ledger_budgetapproval (id, carry_over_id, approved_by_id, approved_by_name, role, office_code,"
            " approved_at) VALUES (gen_random_uuid(), %s, %s, 'x', %s, %s, %s)",
            carry.pk, by.id, by.role, by.office_code, NEXT_YEAR,
        )  # fmt: skip
    assert guard_that_refuses(lambda: run(move, NOON, carry.pk)) == "year_is_over"
    assert guard_that_refuses(lambda: run(move, NEXT_YEAR, carry.pk)) == "movement_is_what_was_approved"
    rewrite = "UPDATE ledger_carryover SET reserved_satang = 0 WHERE id = %s"
    assert guard_that_refuses(lambda: run(rewrite, carry.pk)) == "budget_request_is_frozen"
