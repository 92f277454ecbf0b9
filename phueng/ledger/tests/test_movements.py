"""Can a movement be unbalanced, edited, doubled or spend more than there is?"""

import datetime
import threading
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.kernel.problems import Refused
from phueng.ledger import actions, queries
from phueng.ledger.accounts import Fund
from phueng.ledger.tests.factories import LedgerAccountFactory, MovementFactory, PostingFactory

NOON = datetime.datetime(2026, 11, 2, 5, 0, tzinfo=datetime.UTC)
BY = SYSTEM("test")
SUBJECT = ("test", uuid.UUID(int=7))


def left_a_trace() -> None:
    """Factories write rows without an action: leave the entry that the database insists on."""
    record(by=BY, at=NOON, act="ledger.test", subject=SUBJECT)


def fund() -> Fund:
    """A fund of its own for each test."""
    return Fund(2570, "family", f"T{uuid.uuid4().hex[:8]}")


@pytest.mark.django_db
def test_budget_goes_from_allotted_to_disbursed_and_always_adds_up() -> None:
    mine = fund()
    actions.allot(by=BY, at=NOON, fund=mine, amount_satang=1_000_000, key=f"{mine}:a", subject=SUBJECT)
    actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=300_000, key=f"{mine}:r", subject=SUBJECT)
    actions.commit(by=BY, at=NOON, fund=mine, amount_satang=200_000, key=f"{mine}:c", subject=SUBJECT)
    actions.disburse(by=BY, at=NOON, fund=mine, amount_satang=150_000, key=f"{mine}:d", subject=SUBJECT)
    state = queries.budget(mine.fiscal_year, mine.scheme_code, mine.office_code)
    assert (state.available, state.reserved, state.committed, state.disbursed) == (700_000, 100_000, 50_000, 150_000)
    assert state.allotted == state.available + state.reserved + state.committed + state.disbursed


@pytest.mark.django_db
def test_nothing_is_reserved_beyond_what_is_allotted() -> None:
    mine = fund()
    actions.allot(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:a", subject=SUBJECT)
    with pytest.raises(Refused) as refusal:
        actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=101, key=f"{mine}:r", subject=SUBJECT)
    assert refusal.value.problem.code == "budget_exceeded"
    assert queries.budget(mine.fiscal_year, mine.scheme_code, mine.office_code).available == 100


@pytest.mark.django_db
def test_the_same_key_moves_once_and_another_sum_under_it_is_refused() -> None:
    mine = fund()
    first = actions.allot(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:a", subject=SUBJECT)
    again = actions.allot(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:a", subject=SUBJECT)
    assert first.pk == again.pk
    assert queries.budget(mine.fiscal_year, mine.scheme_code, mine.office_code).allotted == 100
    with pytest.raises(Refused) as refusal:
        actions.allot(by=BY, at=NOON, fund=mine, amount_satang=101, key=f"{mine}:a", subject=SUBJECT)
    assert refusal.value.problem.code == "key_means_another_sum"


@pytest.mark.django_db
def test_an_unbalanced_movement_is_refused_by_the_database() -> None:
    left_a_trace()
    PostingFactory(amount_satang=100)
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ledger_movement_is_balanced IMMEDIATE")
    transaction.set_rollback(True)  # the unbalanced rows must not meet the deferred check again when the test ends


@pytest.mark.django_db
def test_postings_are_never_edited_nor_removed() -> None:
    left_a_trace()
    movement, mine = MovementFactory(), fund().office_code
    posting = PostingFactory(movement=movement, account__office_code=mine, amount_satang=100)
    PostingFactory(movement=movement, account__office_code=mine, account__role="treasury", amount_satang=-100)
    for statement in (
        "UPDATE ledger_posting SET amount_satang = 1 WHERE id = %s",
        "DELETE FROM ledger_posting WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [posting.pk])


def test_a_finished_movement_takes_no_more_postings(committed_db: object) -> None:
    mine = fund()
    movement = actions.allot(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:a", subject=SUBJECT)
    with pytest.raises(IntegrityError, match="finished movement"), transaction.atomic():
        left_a_trace()
        PostingFactory(movement=movement, account=LedgerAccountFactory(), amount_satang=5)


@pytest.mark.django_db
def test_a_reversal_is_the_exact_opposite_and_happens_once() -> None:
    mine = fund()
    movement = actions.allot(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:a", subject=SUBJECT)
    back = actions.reverse(by=BY, at=NOON, movement_id=movement.pk, why="ผิดปีงบประมาณ")
    assert actions.reverse(by=BY, at=NOON, movement_id=movement.pk, why="ผิดปีงบประมาณ").pk == back.pk
    assert all(balance == 0 for balance in queries.balances(mine).values())


def test_thirty_two_approvers_share_one_budget_and_never_overspend(committed_db: object) -> None:
    """Money for ten, asked for by 32 at the same moment: ten get it, whoever they are."""
    mine = fund()
    actions.allot(by=BY, at=NOON, fund=mine, amount_satang=1_000, key=f"{mine}:a", subject=SUBJECT)
    barrier, outcomes = threading.Barrier(32), []

    def ask(number: int) -> None:
        barrier.wait()
        try:
            actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=100, key=f"{mine}:r{number}", subject=SUBJECT)
            outcomes.append("reserved")
        except Refused as refusal:
            outcomes.append(refusal.problem.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("reserved") == 10
    assert outcomes.count("budget_exceeded") == 22
    assert queries.budget(mine.fiscal_year, mine.scheme_code, mine.office_code).available == 0


STEPS = ("allot", "reserve", "release_reservation", "commit", "release_commitment", "disburse")


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 500)), max_size=20))
def test_any_order_of_steps_keeps_every_promise(steps: list[tuple[str, int]]) -> None:
    mine = fund()
    refusals = set()
    for number, (step, satang) in enumerate(steps):
        try:
            with transaction.atomic():
                getattr(actions, step)(
                    by=BY, at=NOON, fund=mine, amount_satang=satang, key=f"{mine}:{number}", subject=SUBJECT
                )
        except Refused as refusal:
            refusals.add(refusal.problem.code)
    assert refusals <= {"budget_exceeded"}
    state = queries.budget(mine.fiscal_year, mine.scheme_code, mine.office_code)
    assert min(state.available, state.reserved, state.committed, state.disbursed) >= 0
    assert state.allotted == state.available + state.reserved + state.committed + state.disbursed
