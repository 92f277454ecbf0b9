"""What happens to somebody who goes round the service, and when two payers pay the same person at the same instant?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from phueng.advances.actions import confirm_handover, hand_over
from phueng.advances.models import Handover
from phueng.advances.sql import AUDITED_TABLES
from phueng.advances.tests import factories, scenes
from phueng.decisions.tests.rawly import guard_that_refuses, run
from phueng.decisions.tests.test_races import at_once
from phueng.demo import people
from phueng.documents.actions import receive_evidence
from phueng.kernel.problems import Refused
from phueng.payments.models import Line
from phueng.payments.tests import factories as payments
from phueng.payments.tests import scenes as money

NO_PRIVILEGE = "42501"
db = pytest.mark.django_db


def refused(attempt: Callable[[], object]) -> str:
    """Which guard refuses, with everything that is deferred looked at too."""

    def whole() -> None:
        attempt()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return guard_that_refuses(whole)


@db
def test_the_guards_let_an_honest_row_pass() -> None:
    assert factories.AdvanceFactory.create().pk
    with transaction.atomic():
        handover = factories.HandoverFactory.create()
        receive_evidence(
            by=scenes.FIRST, at=scenes.NOON, subject=("handover", handover.pk), slot="signed_receipt",
            original_name="r.jpg", content=scenes.PHOTO,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@db
def test_nobody_else_takes_or_hands_out_money() -> None:
    released = scenes.released()
    make = factories.AdvanceFactory.create
    for payer in (people.FINANCE_MAKER, people.FINANCE_CHECKER, people.RELEASER, people.SOCIAL_WORKER, people.APPROVER):
        said: dict[str, Any] = {"run": released, "second_payer_id": payer.account_id}
        assert refused(lambda said=said: make(**said)) == "payer_has_a_hand", payer.username  # type: ignore[misc]
    assert (
        refused(lambda: make(run=released, second_payer_id=people.MUNICIPAL_MAKER.account_id)) == "payer_outside_area"
    )
    assert refused(lambda: make(run=released, second_payer_id=people.PAYER.account_id)) == "two_people_pay"
    assert refused(lambda: make(run=released, amount_satang=1)) == "advance_is_the_whole_run"
    assert refused(lambda: make(run=money.released())) == "only_released_counter_runs_are_drawn"
    assert refused(lambda: make(run=scenes.prepared())) == "only_released_counter_runs_are_drawn"


@db
def test_no_handover_without_receipt_payer_or_open_line() -> None:
    advance = scenes.drawn()
    make = factories.HandoverFactory.create
    assert refused(lambda: make(advance=advance)) == "handover_has_a_receipt"
    assert (
        refused(lambda: make(advance=advance, handed_by_id=people.FINANCE_MAKER.account_id)) == "only_payers_hand_over"
    )
    assert refused(lambda: make(advance=advance, amount_satang=1)) == "handover_is_of_an_open_line"
    assert refused(lambda: make(advance=advance, mark="thumbprint")) == "thumbprint_has_two_witnesses"
    assert refused(lambda: make(advance=advance, way="cheque")) == "cheque_says_number_bank_and_day"
    scenes.handed(advance)
    assert refused(lambda: make(advance=advance)) == "line_is_handed_over_once"


@db
def test_only_the_other_payer_makes_it_paid_and_paid_is_for_good() -> None:
    advance = scenes.drawn()
    (line,) = scenes.lines_of(advance)
    pay = "UPDATE payments_line SET paid_at = %s, settled_on = %s WHERE id = %s"
    assert refused(lambda: run(pay, scenes.NOON, scenes.PAY_DAY, line.pk)) == "counter_line_is_paid_by_handover"
    handover = scenes.handed(advance)
    assert refused(lambda: run(pay, scenes.NOON, scenes.PAY_DAY, line.pk)) == "counter_line_is_paid_by_handover"
    back = "UPDATE payments_line SET returned_at = %s, returned_code = 'x', settled_on = %s WHERE id = %s"
    assert refused(lambda: run(back, scenes.NOON, scenes.PAY_DAY, line.pk)) == "handed_over_line_does_not_return"
    confirm = "UPDATE advances_handover SET confirmed_at = %s, confirmed_by_id = %s WHERE id = %s"
    for by, code in (
        (people.PAYER, "handover_is_confirmed_by_the_other"),
        (people.FINANCE_MAKER, "only_payers_hand_over"),
        (people.PAYER_2, "confirmed_handover_is_paid"),
    ):
        assert refused(lambda by=by: run(confirm, scenes.NOON, by.account_id, handover.pk)) == code  # type: ignore[misc]
    assert refused(lambda: run("UPDATE advances_handover SET amount_satang = 1")) == "handover_is_frozen"
    confirm_handover(by=scenes.SECOND, at=scenes.NOON, line_id=line.pk)
    undo = "UPDATE advances_handover SET withdrawn_at = now(), withdrawn_why = 'x', confirmed_at = NULL, confirmed_by_id = NULL"
    assert refused(lambda: run(undo)) == "handover_is_frozen"


@db
def test_an_advance_is_cleared_by_another_once_and_to_the_satang() -> None:
    advance = scenes.drawn(2)
    scenes.paid(advance)
    clear = (
        "UPDATE advances_advance SET cleared_at = now(), cleared_by_id = %s, paid_satang = %s, returned_satang = %s,"
        " returned_reference = 'x' WHERE id = %s"
    )
    checker, half = people.FINANCE_CHECKER.account_id, advance.amount_satang // 2
    assert refused(lambda: run(clear, checker, half, half, advance.pk)) == "advance_does_not_balance"
    assert refused(lambda: run(clear, people.PAYER.account_id, half, half, advance.pk)) == "payers_do_not_clear"
    assert refused(lambda: run("UPDATE advances_advance SET amount_satang = 1")) == "advance_is_frozen"
    scenes.cleared(advance, half)
    assert refused(lambda: run(clear, checker, half, half, advance.pk)) == "advance_is_frozen"
    assert refused(lambda: factories.HandoverFactory.create(advance=advance)) == "advance_is_cleared"


@db
def test_a_choice_is_of_two_people_and_never_rewritten() -> None:
    choice = payments.CounterChoiceFactory.create()
    confirm = "UPDATE payments_counterchoice SET confirmed_at = %s, confirmed_by_id = %s WHERE id = %s"
    assert refused(lambda: run(confirm, scenes.NOON, people.FRONT_DESK.account_id, choice.pk)) == (
        "counter_choice_is_confirmed_by_somebody_else"
    )
    assert (
        refused(lambda: run(confirm, scenes.NOON, people.MUNICIPAL_MAKER.account_id, choice.pk))
        == "choice_outside_area"
    )
    assert refused(lambda: run("UPDATE payments_counterchoice SET why = 'x'")) == "counter_choice_is_frozen"
    assert (
        refused(lambda: payments.CounterChoiceFactory.create(person=choice.person)) == "person_has_one_counter_choice"
    )


@db
def test_nothing_is_removed_and_every_table_leaves_a_trace() -> None:
    scenes.paid()
    for table in ("advances_handover", "advances_advance", "payments_counterchoice"):
        assert refused(lambda table=table: run(f"DELETE FROM {table}")) == NO_PRIVILEGE  # type: ignore[misc]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'advances_%_require_audit'")
        assert {row[0] for row in cursor.fetchall()} == set(AUDITED_TABLES)


def test_two_payers_paying_the_same_person_at_once_pay_once(committed_db: Any) -> None:
    advance = scenes.drawn()
    (line,) = scenes.lines_of(advance)
    answers = at_once(
        [
            lambda by=by: hand_over(by=by, at=scenes.NOON, line_id=line.pk, receipt=scenes.signed())  # type: ignore[misc]
            for by in (scenes.FIRST, scenes.SECOND, scenes.FIRST, scenes.SECOND)
        ]
    )
    assert Handover.objects.count() == 1
    assert {one.problem.code for one in answers if isinstance(one, Refused)} == {"line_is_handed_over_once"}
    assert all(isinstance(one, Handover | Refused) for one in answers)
    other = scenes.SECOND if Handover.objects.get().handed_by_id == scenes.FIRST.id else scenes.FIRST
    sure = at_once([lambda: confirm_handover(by=other, at=scenes.NOON, line_id=line.pk) for _ in range(4)])
    assert all(isinstance(one, Handover) for one in sure)
    assert money.cash(advance.run)["grants"] == Line.objects.get(pk=line.pk).amount_satang
    assert money.is_balanced()
