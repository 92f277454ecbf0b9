"""Whatever people and bank do in whatever order, is every satang where it should be and nobody paid twice?

A machine of approve, prepare, check, release, abandon, paid, returned, new account, refused file; after every step the
invariants are read from the database: the ledger balances, each fund adds up, what the ledger says is what the lines
say, and no sum due is paid or on its way more than once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from phueng.decisions.actions import decide
from phueng.decisions.tests.scenes import APPROVER, recommended
from phueng.entitlements.models import Due
from phueng.kernel.problems import Refused
from phueng.payments import settling
from phueng.payments.actions import abandon_run, give_back_file, prepare_run
from phueng.payments.models import FileTrouble, Line, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import CHECKER, MAKER, NOON, PAY_DAY, answer, release, take_in
from phueng.places.identity import office_id
from phueng.places.models import Office
from phueng.registry.actions import state_account

_NUMBERS = iter(range(9_830_000_000, 9_840_000_000))


class MoneyMachine(RuleBasedStateMachine):
    """One office, one scheme, a few people. Each example runs in a savepoint that is rolled back."""

    people = Bundle("people")

    waiting: ClassVar[list[tuple[Any, UUID]]] = []  # recommended cases, made once; examples approve them one by one

    @initialize()
    def begin(self) -> None:
        self.example = transaction.atomic()
        self.example.__enter__()
        self.before = scenes.money()
        self.left = list(self.waiting)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @precondition(lambda self: self.left)
    @rule(target=people)
    def approve(self) -> Any:
        who, application_id = self.left.pop()
        decide(by=APPROVER, at=NOON, application_id=application_id, outcome="approve", why="")
        return who

    @rule()
    def prepare(self) -> None:
        with unless("nothing_due"):
            prepare_run(by=MAKER, at=NOON, scheme_code="family", office_id=office_id("KKN-DPC"), effective_on=PAY_DAY)

    def runs(self, **state: Any) -> list[Run]:
        return list(Run.objects.filter(scheme_code="family", **state).select_related("office").order_by("number"))

    def open_runs(self) -> list[Run]:
        return self.runs(released_at__isnull=True, abandoned_at__isnull=True)

    @precondition(lambda self: self.runs(checked_at__isnull=True, abandoned_at__isnull=True))
    @rule()
    def check(self) -> None:
        scenes.approve(self.runs(checked_at__isnull=True, abandoned_at__isnull=True)[0])

    @precondition(lambda self: self.runs(checked_at__isnull=False, released_at__isnull=True, abandoned_at__isnull=True))
    @rule()
    def release(self) -> None:
        release(self.runs(checked_at__isnull=False, released_at__isnull=True, abandoned_at__isnull=True)[0])

    @precondition(lambda self: self.open_runs())
    @rule(last=st.booleans())
    def abandon(self, last: bool) -> None:
        abandon_run(by=CHECKER, at=NOON, run_id=self.open_runs()[-1 if last else 0].pk, why="ทดสอบ")

    @precondition(lambda self: Line.objects.filter(run__released_at__isnull=False).exists())
    @rule(data=st.data())
    def bank_answers(self, data: st.DataObject) -> None:
        lines = list(Line.objects.filter(run__released_at__isnull=False).order_by("reference"))
        chosen = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=4, unique_by=lambda line: line.pk))
        take_in(
            *(
                answer(line, data.draw(st.sampled_from(("paid", "returned", "pending"))),
                       amount_satang=line.amount_satang + data.draw(st.sampled_from((0, 0, 0, 1))))
                for line in chosen
            )
        )  # fmt: skip

    @rule(who=people)
    def state_new_account(self, who: Any) -> None:
        state_account(
            by=scenes.WORKER, at=NOON, source="application", person_id=who.person_id, bank_code="006",
            number=str(next(_NUMBERS)), holder_name=who.name,
        )  # fmt: skip

    @precondition(lambda self: self.runs(released_at__isnull=False))
    @rule(data=st.data())
    def refuse_a_file(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(self.runs(released_at__isnull=False)))
        trouble, _ = FileTrouble.objects.get_or_create(
            file=run.files.get(), code="bank_refused", defaults={"noted_at": NOON}
        )
        with unless("already_answered"):
            give_back_file(by=CHECKER, at=NOON, trouble_id=trouble.pk, why="ธนาคารไม่รับ")

    @invariant()
    def every_satang_is_explained(self) -> None:
        if not hasattr(self, "before"):
            return
        assert scenes.is_balanced()
        now, before = scenes.money(), self.before
        assert now.allotted == before.allotted == now.available + now.reserved + now.committed + now.disbursed
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT COALESCE(sum(l.amount_satang) FILTER (WHERE l.paid_at IS NOT NULL), 0),
                          COALESCE(sum(l.amount_satang) FILTER (WHERE r.checked_at IS NOT NULL AND r.abandoned_at IS NULL
                                   AND l.paid_at IS NULL AND l.returned_at IS NULL), 0),
                          COALESCE(sum(l.amount_satang) FILTER (WHERE r.released_at IS NOT NULL
                                   AND l.paid_at IS NULL AND l.returned_at IS NULL), 0)
                   FROM payments_line l JOIN payments_run r ON r.id = l.run_id"""
            )
            paid, committed, on_its_way = cursor.fetchone()
        assert now.disbursed - before.disbursed == paid
        assert now.committed - before.committed == committed
        due = sum(Due.objects.values_list("amount_satang", flat=True))
        assert now.reserved - before.reserved == due - paid - committed
        cash = scenes.cash(Run(fiscal_year=2570, scheme_code="family", office=Office.objects.get(code="KKN-DPC")))
        assert cash.get("transit", 0) == on_its_way
        assert cash.get("grants", 0) == paid
        assert -cash.get("treasury", 0) == paid + on_its_way + cash.get("bank", 0)
        assert cash.get("bank", 0) >= 0

    @invariant()
    def nobody_is_paid_twice(self) -> None:
        lines = Line.objects.filter(returned_at__isnull=True, dropped_at__isnull=True)
        assert lines.count() == lines.values("due").distinct().count()


@contextmanager
def unless(code: str) -> Iterator[None]:
    """This refusal is an answer too; any other is not."""
    try:
        yield
    except Refused as refusal:
        if refusal.problem.code != code:
            raise


def run_machine(**said: Any) -> None:
    for _ in range(5):
        who = scenes.new_applicant()
        MoneyMachine.waiting.append((who, recommended(who).application_id))
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            MoneyMachine,
            settings=settings(
                stateful_step_count=14, deadline=None, database=None, suppress_health_check=list(HealthCheck), **said
            ),
        )
    finally:
        MoneyMachine.waiting.clear()


@pytest.mark.django_db
def test_money_is_conserved_whatever_happens() -> None:
    run_machine(max_examples=25)


@pytest.mark.long
@pytest.mark.django_db
def test_money_is_conserved_whatever_happens_for_long() -> None:
    run_machine(max_examples=400)


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", ["returned", "paid"])
def test_the_machine_notices_money_that_stays_committed(monkeypatch: pytest.MonkeyPatch, outcome: str) -> None:
    """Negative control, along one path that must go through the fault: nothing is left to chance."""
    for name in ("release_commitment", "disburse"):
        monkeypatch.setattr(settling, name, lambda **_: None)
    who = scenes.new_applicant()
    machine = MoneyMachine()
    machine.before = scenes.money()
    decide(by=APPROVER, at=NOON, application_id=recommended(who).application_id, outcome="approve", why="")
    machine.prepare()
    machine.check()
    machine.release()
    machine.every_satang_is_explained()
    take_in(*(answer(line, outcome) for line in machine.runs()[0].lines.all()))
    with pytest.raises(AssertionError):
        machine.every_satang_is_explained()
