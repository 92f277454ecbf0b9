"""Does paid stay paid until two people say otherwise, and is the due then payable exactly once more?"""

from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from phueng.decisions.tests.rawly import guard_that_refuses, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.demo import people
from phueng.gateways.iso20022.answering import Movement, write_statement
from phueng.ledger.queries import balances
from phueng.payments.actions import confirm_reversal, import_result, note_reversal, settle_suspense
from phueng.payments.models import Line, ResultFile, Reversal, Run
from phueng.payments.proof import prove
from phueng.payments.queries import progress_of
from phueng.payments.settling import fund_of
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import ReversalFactory
from phueng.payments.tests.scenes import CHECKER, CHECKERS, CITY, MAKER, NOON, PAY_DAY, WORKER, answer, take_in
from phueng.payments.tests.test_pages import signed_in
from phueng.registry.actions import state_account
from phueng.registry.queries import payable_account

pytestmark = pytest.mark.django_db
WHY = "รายงานคืนเงินของธนาคารยืนยัน"


def suspense_account(run: Run) -> int:
    return balances(fund_of(run)).get("suspense", 0)


def statement(*moved: Movement, name: str = "STM-1") -> ResultFile:
    content = write_statement("1234567890", moved, reference=name, on=PAY_DAY, opening_satang=10**9, at=NOON)
    return import_result(by=WORKER, at=NOON, name=f"{name}.xml", content=content)


def paid_then_returned(who: Any) -> tuple[Run, Line, ResultFile]:
    scenes.approved(who)
    run = scenes.again()
    line = run.lines.get()
    scenes.answered([line])
    return run, line, take_in(answer(line, "returned"))


def test_two_people_reverse_a_payment_and_it_is_payable_once() -> None:
    who = scenes.new_applicant()
    run, line, late = paid_then_returned(who)
    before = scenes.money()
    item = late.suspense_items.get()
    assert item.reason_code == "returned_after_paid"
    assert refused_with(partial(note_reversal, by=MAKER, at=NOON, item_id=item.pk, why=" ")) == "why_is_missing"
    assert refused_with(partial(note_reversal, by=CITY["maker"], at=NOON, item_id=item.pk, why=WHY)) == "outside_area"
    noted = note_reversal(by=MAKER, at=NOON, item_id=item.pk, why=WHY)
    assert note_reversal(by=MAKER, at=NOON, item_id=item.pk, why="อีกครั้ง").pk == noted.pk
    assert Line.objects.select_related("run").get(pk=line.pk).standing == "paid"
    assert refused_with(partial(confirm_reversal, by=MAKER, at=NOON, reversal_id=noted.pk)) == "second_person"
    for _ in range(2):
        confirm_reversal(by=CHECKER, at=NOON, reversal_id=noted.pk)
    back = Line.objects.select_related("run").get(pk=line.pk)
    assert (back.standing, back.paid_at, back.settled_on, back.returned_code) == ("returned", NOON, PAY_DAY, "C01")
    money = scenes.money()
    assert (before.disbursed - money.disbursed, money.reserved - before.reserved) == (200_000, 200_000)
    assert scenes.cash(run) == {"treasury": -200_000, "bank": 200_000, "transit": 0, "grants": 0}
    assert late.suspense_items.get().settled_why == WHY
    assert (progress_of([run.pk])[run.pk].paid, progress_of([run.pk])[run.pk].returned) == (0, 1)
    assert payable_account(who.person_id) is None
    state_account(
        by=WORKER, at=NOON, source="application", person_id=who.person_id, bank_code="006", number="9822222222",
        holder_name=who.name,
    )  # fmt: skip
    anew = scenes.again()
    second = anew.lines.get()
    assert second.due_id == line.due_id
    assert refused_with(partial(scenes.prepared, 0)) == "nothing_due"
    scenes.answered([second])
    assert scenes.money().disbursed == before.disbursed
    assert [one.code for one in prove(NOON.date()).differences] == []
    assert scenes.is_balanced()


def test_a_reversal_that_is_not_true_is_dropped_and_paid_stays_paid() -> None:
    _, line, late = paid_then_returned(scenes.new_applicant())
    item = late.suspense_items.get()
    noted = note_reversal(by=MAKER, at=NOON, item_id=item.pk, why=WHY)
    settle_suspense(by=CHECKER, at=NOON, item_id=item.pk, why="ธนาคารแจ้งผิด")
    assert refused_with(partial(confirm_reversal, by=CHECKER, at=NOON, reversal_id=noted.pk)) == "wrong_step"
    assert refused_with(partial(note_reversal, by=MAKER, at=NOON, item_id=item.pk, why=WHY)) == "not_paid_before"
    assert Line.objects.select_related("run").get(pk=line.pk).standing == "paid"


def test_the_database_returns_a_paid_line_by_a_confirmed_reversal_only() -> None:
    reversal: Reversal = ReversalFactory.create()
    line = reversal.line
    turn = partial(
        run_sql, "UPDATE payments_line SET returned_at = %s, returned_code = 'C01' WHERE id = %s", NOON, line.pk
    )
    assert guard_that_refuses(turn) == "paid_line_is_reversed_by_two"
    confirm = "UPDATE payments_reversal SET confirmed_at = %s, confirmed_by_id = %s WHERE id = %s"
    alone = partial(run_sql, confirm, NOON, MAKER.id, reversal.pk)
    assert guard_that_refuses(alone) == "reversal_is_confirmed_by_somebody_else"
    run_sql(confirm, NOON, CHECKER.id, reversal.pk)
    edit = partial(run_sql, "UPDATE payments_reversal SET noted_why = 'x' WHERE id = %s", reversal.pk)
    assert guard_that_refuses(edit) == "reversal_is_frozen"
    assert turn() == 1
    again = partial(ReversalFactory.create, line=line)
    assert guard_that_refuses(again) == "reversal_begins_with_a_paid_line"


def test_what_a_statement_shows_and_nobody_explains_stands_on_the_suspense_account() -> None:
    run = scenes.released(2)
    a, b = run.lines.order_by("number")
    result = statement(Movement(a.reference, -a.amount_satang, PAY_DAY), Movement("NOBODYS1", -70_000, PAY_DAY))
    assert (result.paid_count, result.suspense_count) == (1, 1)
    assert suspense_account(run) == 70_000
    # The same words in another file: nothing moves twice.
    anew = statement(
        Movement(a.reference, -a.amount_satang, PAY_DAY), Movement("NOBODYS1", -70_000, PAY_DAY), name="STM-1-AGAIN"
    )
    assert (anew.paid_count, anew.suspense_count, anew.repeated_count) == (0, 0, 2)
    assert suspense_account(run) == 70_000
    item = result.suspense_items.get()
    settle_suspense(by=CHECKER, at=NOON, item_id=item.pk, why="ค่าธรรมเนียมของธนาคาร แจ้งคืนแล้ว")
    assert suspense_account(run) == 0
    assert Line.objects.get(pk=b.pk).paid_at is None
    assert scenes.is_balanced()


def test_money_that_a_statement_brings_back_waits_on_suspense_until_two_people_reverse() -> None:
    scenes.approved()
    run = scenes.again()
    line = run.lines.get()
    scenes.answered([line])
    late = statement(Movement(line.reference, line.amount_satang, PAY_DAY, reason_code="AC04"))
    assert suspense_account(run) == -line.amount_satang
    noted = note_reversal(by=MAKER, at=NOON, item_id=late.suspense_items.get().pk, why=WHY)
    confirm_reversal(by=CHECKERS[1], at=NOON, reversal_id=noted.pk)
    assert suspense_account(run) == 0
    assert scenes.cash(run) == {"treasury": -200_000, "bank": 200_000, "transit": 0, "grants": 0}
    assert Line.objects.get(pk=line.pk).returned_code == "AC04"


def test_the_page_leads_two_people_through_a_reversal() -> None:
    _, line, late = paid_then_returned(scenes.new_applicant())
    item = late.suspense_items.get()
    maker, checker = signed_in(people.FINANCE_MAKER), signed_in(people.FINANCE_CHECKER)
    page, ask = reverse("payments:results"), reverse("payments:reverse", args=[item.pk])
    confirm = reverse("payments:reverse_confirm", args=[item.pk])
    assert confirm not in checker.get(page).content.decode()
    assert checker.post(confirm).status_code == 404
    assert maker.post(ask, {"why": ""}).status_code == 422
    assert maker.post(ask, {"why": WHY}).status_code == 302
    assert confirm not in maker.get(page).content.decode()
    assert confirm in checker.get(page).content.decode()
    assert maker.post(confirm).status_code == 403
    assert checker.post(confirm).status_code == 302
    assert Line.objects.select_related("run").get(pk=line.pk).standing == "returned"
