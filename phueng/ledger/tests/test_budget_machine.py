"""Whatever is done to budgets in whatever order: is everything that was allotted always somewhere, once?

A machine over two centres and two years: allot, reserve, commit, disburse, release, reverse, transfer, carry over. After
every step the books are read from the database: they sum to zero, each fund is whole, nothing is below zero, and all
funds together hold exactly what was allotted.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import CarryOver, Movement, Posting
from phueng.ledger.queries import BudgetState, sum_of
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NEXT_YEAR,
    NOON,
    SUBJECT,
    TAKER,
    at_headquarters,
    fund,
    settle_constraints,
    standing,
    step,
)

YEAR = 2570
FUNDS = {code: fund(code, fiscal_year=YEAR, source="provincial") for code in (GIVER, TAKER)}
STEPS = ("reserve", "release_reservation", "commit", "release_commitment", "disburse")
KNOWN = {"budget_exceeded", "sums_changed", "already_carried", "year_is_not_over", "request_is_settled"}
SUMS = st.integers(1, 500)
OFFICES = st.sampled_from((GIVER, TAKER))


class BudgetMachine(RuleBasedStateMachine):
    """Each example runs in a savepoint that is rolled back."""

    people: dict[str, Actor]

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.given = 0
        self.is_next_year = False
        self.free: list[uuid.UUID] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A refusal leaves nothing behind, and is one that we know."""
        try:
            with transaction.atomic():
                yield
        except Refused as refusal:
            if refusal.problem.code not in KNOWN:
                raise

    @initialize(satang=st.integers(500, 3_000))
    def begin(self, satang: int) -> None:
        self.allot(GIVER, satang)

    @rule(office=OFFICES, satang=SUMS)
    def allot(self, office: str, satang: int) -> None:
        mine = FUNDS[office]
        actions.allot(by=BY, at=NOON, fund=mine, amount_satang=satang, key=f"{uuid.uuid4()}", subject=SUBJECT)
        self.given += satang

    @rule(name=st.sampled_from(STEPS), office=OFFICES, satang=SUMS)
    def promise(self, name: str, office: str, satang: int) -> None:
        with self.asking():
            step(name, FUNDS[office], satang)

    @rule(satang=SUMS, office=OFFICES)
    def repeat(self, satang: int, office: str) -> None:
        """The same key twice is once."""
        before = Posting.objects.count()
        with self.asking():
            key = f"{uuid.uuid4()}"
            step("reserve", FUNDS[office], satang, key=key)
            once = Posting.objects.count()
            step("reserve", FUNDS[office], satang, key=key)
            assert Posting.objects.count() == once == before + 2

    @rule(nth=st.integers(0, 50))
    def take_back(self, nth: int) -> None:
        movements = Movement.objects.filter(subject_id=SUBJECT[1], reverses__isnull=True).order_by("pk")
        wrong = list(movements)[nth % len(movements)] if movements else None
        if wrong is None or Movement.objects.filter(reverses=wrong).exists():
            return
        given = -sum(p.amount_satang for p in wrong.postings.all() if p.account.role == "allotted")
        with suppress(Refused), transaction.atomic():
            actions.reverse(by=BY, at=NOON, movement_id=wrong.pk, why="ผิด")
            self.given -= given

    @rule(giver=OFFICES, satang=SUMS)
    def transfer(self, giver: str, satang: int) -> None:
        taker = TAKER if giver == GIVER else GIVER
        with self.asking():
            request = actions.ask_for_transfer(
                by=self.people["asker"], at=NOON, request_id=uuid.uuid4(), from_fund=FUNDS[giver], to_office_code=taker,
                amount_satang=satang, reason="x",
            )  # fmt: skip
            for who in ("first", "second"):
                actions.approve_transfer(by=self.people[who], at=NOON, transfer_id=request.pk)

    @rule(office=OFFICES)
    def close_year(self, office: str) -> None:
        with self.asking():
            request = actions.ask_to_carry_over(
                by=self.people["asker"], at=NOON, request_id=uuid.uuid4(), fund=FUNDS[office], reference="x"
            )
            for who in ("first", "second"):
                actions.approve_carry_over(by=self.people[who], at=NEXT_YEAR, carry_over_id=request.pk)

    @invariant()
    def every_satang_is_somewhere_once(self) -> None:
        settle_constraints()
        assert (Posting.objects.aggregate(total=Sum("amount_satang"))["total"] or 0) == 0
        this_year = [standing(mine) for mine in FUNDS.values()]
        next_year = [standing(mine.next_year()) for mine in FUNDS.values()]
        for state in (*this_year, *next_year):
            assert state.is_whole
            assert min(state.available, state.reserved, state.committed, state.carried, state.lapsed) >= 0
        here, there = sum_of(this_year), sum_of(next_year)
        assert here.allotted == self.given
        assert there.allotted == here.carried
        closed = CarryOver.objects.filter(moved_at__isnull=False, source="provincial").values_list(
            "office_code", flat=True
        )
        for office in closed:
            assert standing(FUNDS[office]).reserved == 0
            assert standing(FUNDS[office]).committed == 0


@pytest.mark.django_db
def test_budgets_in_any_order() -> None:
    BudgetMachine.people = {
        "asker": at_headquarters("finance_maker"),
        "first": at_headquarters("finance_checker"),
        "second": at_headquarters("releaser"),
    }
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        BudgetMachine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_machine_sees_a_satang_that_goes_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same machine with eyes that read one satang too many: it must fail."""
    seen = standing

    def forgetful(mine: Fund) -> BudgetState:
        return replace(seen(mine), allotted=seen(mine).allotted + 1)

    monkeypatch.setitem(globals(), "standing", forgetful)
    with pytest.raises(AssertionError):
        test_budgets_in_any_order()
