"""Are corrections reversals, once, and is nothing ever edited?"""

import uuid

import pytest

from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import Movement, Posting
from phueng.ledger.tests.scenes import (
    BY,
    NOON,
    SUBJECT,
    allotted,
    left_a_trace,
    own_fund,
    settle_constraints,
    standing,
    step,
)

pytestmark = pytest.mark.django_db


def first_of(mine: Fund) -> Movement:
    """The allotment of a fund."""
    return Movement.objects.filter(postings__account__office_code=mine.office_code).distinct().get()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_posting SET amount_satang = amount_satang * 2",
        "UPDATE ledger_posting SET account_id = account_id",
        "DELETE FROM ledger_posting",
        "UPDATE ledger_movement SET memo = 'x'",
        "UPDATE ledger_movement SET moved_at = now()",
        "DELETE FROM ledger_movement",
    ],
)
def test_what_was_posted_is_never_edited(statement: str) -> None:
    allotted(own_fund(), 100)
    assert guard_that_refuses(lambda: run(statement)) == "42501"


def test_nothing_joins_a_finished_movement_nor_a_reversed_one_twice() -> None:
    mine = allotted(own_fund(), 100)
    first = first_of(mine)
    back = actions.reverse(by=BY, at=NOON, movement_id=first.pk, why="ผิดสำนักงาน")
    assert standing(mine).allotted == 0
    assert actions.reverse(by=BY, at=NOON, movement_id=first.pk, why="ผิดสำนักงาน").pk == back.pk
    assert refused_with(lambda: actions.reverse(by=BY, at=NOON, movement_id=back.pk, why="x")) == "reversal_stays"
    left_a_trace()
    twice = {"key": f"{uuid.uuid4()}", "memo": "x", "subject_kind": "test", "subject_id": SUBJECT[1], "moved_at": NOON}
    with_reversal = lambda: insert(Movement, **twice, moved_by_name="x", reverses_id=first.pk)  # noqa: E731
    assert guard_that_refuses(with_reversal) == "ledger_movement_reverses_id_key"


def test_a_reversal_that_is_not_the_opposite_is_refused() -> None:
    mine = allotted(own_fund(), 100)
    first = first_of(mine)

    def attempt() -> None:
        actions.move(
            by=BY, at=NOON, key=f"{uuid.uuid4()}", memo="x", subject=SUBJECT, fund=mine,
            amounts={"allotted": 40, "available": -40}, reverses=first,
        )  # fmt: skip
        settle_constraints()

    assert guard_that_refuses(attempt) == "reversal_is_the_opposite"


def test_a_reversal_cannot_take_what_was_promised_since() -> None:
    mine = allotted(own_fund(), 100)
    first = first_of(mine)
    step("reserve", mine, 60)
    assert refused_with(lambda: actions.reverse(by=BY, at=NOON, movement_id=first.pk, why="x")) == "budget_exceeded"
    assert Posting.objects.filter(account__office_code=mine.office_code).count() == 4
