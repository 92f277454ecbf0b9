"""Does somebody without an account get the money, once, and is every satang of the cash accounted for?"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.advances.actions import clear_advance, confirm_handover, draw_advance, hand_over, withdraw_handover
from phueng.advances.models import Advance
from phueng.advances.tests import scenes
from phueng.advances.tests.scenes import FIRST, NOON, SECOND, lines_of, signed
from phueng.decisions.tests.rawly import refused_with
from phueng.demo import people
from phueng.documents.models import Evidence, Letter
from phueng.documents.work import make_letters
from phueng.payments.actions import confirm_counter, end_counter, prepare_run
from phueng.payments.gathering import preview_run
from phueng.payments.models import Line
from phueng.payments.tests import scenes as money
from phueng.places.models import Office

pytestmark = pytest.mark.django_db


def preview() -> Any:
    return preview_run(scheme_code="family", office=Office.objects.get(code="KKN-DPC"), on=scenes.PAY_DAY)


def test_only_a_choice_of_two_people_leads_to_the_counter() -> None:
    who = money.new_applicant(has_account=False)
    money.approved(who)
    choice = scenes.chosen(who.person_id)
    assert scenes.chosen(who.person_id) == choice
    assert preview().reasons == {"no_account": 1}
    said: dict[str, Any] = {
        "by": money.MAKER, "at": NOON, "scheme_code": "family", "office_id": scenes.CENTRE,
        "effective_on": scenes.PAY_DAY, "at_counter": True,
    }  # fmt: skip
    assert refused_with(lambda: prepare_run(**said)) == "nothing_due"
    assert refused_with(lambda: confirm_counter(by=scenes.DESK, at=NOON, choice_id=choice.pk)) == "second_person"
    confirm_counter(by=scenes.WORKER, at=NOON, choice_id=choice.pk)
    assert preview().reasons == {}
    run = prepare_run(**said)
    assert (run.pay_route, run.line_count) == ("counter", 1)
    end_counter(by=scenes.WORKER, at=NOON, choice_id=choice.pk)
    assert scenes.chosen(who.person_id) != choice


def test_a_counter_run_leaves_those_with_accounts_to_the_bank_and_the_other_way_round() -> None:
    scenes.at_counter()
    money.approved()
    bank = money.prepared(0)
    assert (bank.pay_route, bank.line_count) == ("krungthai", 1)
    assert scenes.prepared(0).line_count == 1


def test_two_payers_hand_it_over_and_it_is_paid_for_good() -> None:
    advance = scenes.drawn()
    run, (line,) = advance.run, lines_of(advance)
    assert money.cash(run)["transit"] == line.amount_satang
    handover = scenes.handed(advance)
    assert Evidence.objects.filter(subject_id=handover.pk, slot="signed_receipt").count() == 1
    line.refresh_from_db()
    assert line.paid_at is None
    confirm_handover(by=SECOND, at=NOON, line_id=line.pk)
    assert confirm_handover(by=SECOND, at=NOON, line_id=line.pk).confirmed_at == NOON
    line.refresh_from_db()
    assert line.paid_at == NOON
    assert money.cash(run)["grants"] == line.amount_satang
    done = scenes.cleared(advance)
    assert (done.paid_satang, done.returned_satang) == (line.amount_satang, 0)
    assert scenes.cleared(advance) == done
    assert money.is_balanced()


def test_who_does_not_come_is_paid_anew_in_another_run() -> None:
    advance = scenes.drawn(2)
    scenes.paid(advance)
    left = lines_of(advance)[1]
    clear: dict[str, Any] = {"at": NOON, "advance_id": advance.pk, "returned_satang": left.amount_satang}
    wrong = clear | {"by": scenes.CLEARER, "returned_satang": left.amount_satang - 1}
    assert refused_with(lambda: clear_advance(**wrong)) == "advance_does_not_balance"
    assert refused_with(lambda: clear_advance(**clear, by=scenes.CLEARER)) == "returned_cash_has_a_receipt"
    assert refused_with(lambda: clear_advance(**clear, by=FIRST)) == "payers_do_not_clear"
    scenes.cleared(advance, left.amount_satang)
    left.refresh_from_db()
    assert left.returned_code == "not_collected"
    assert refused_with(lambda: scenes.handed(advance, 1)) == "wrong_step"
    again = scenes.drawn(run_id=money.release(money.approve(scenes.prepared(0))).pk)
    assert again.amount_satang == left.amount_satang
    scenes.paid(again)
    assert money.is_balanced()


def test_a_handover_noted_by_mistake_is_withdrawn_before_it_is_confirmed() -> None:
    advance = scenes.drawn()
    (line,) = lines_of(advance)
    scenes.handed(advance)
    assert refused_with(lambda: scenes.cleared(advance)) == "waits_for_confirmation"
    assert refused_with(lambda: withdraw_handover(by=scenes.CLEARER, at=NOON, line_id=line.pk, why="x")) == (
        "only_payers_hand_over"
    )
    withdraw_handover(by=SECOND, at=NOON, line_id=line.pk, why="กดผิดคน")
    scenes.paid(advance, photo=scenes.photo(90))
    assert refused_with(lambda: withdraw_handover(by=SECOND, at=NOON, line_id=line.pk, why="x")) == "wrong_step"


def test_a_thumbprint_needs_two_witnesses_and_a_cheque_its_number() -> None:
    advance = scenes.drawn()
    assert refused_with(lambda: scenes.handed(advance, mark="thumbprint")) == "thumbprint_has_two_witnesses"
    alone = {"mark": "thumbprint", "witnesses": ("นายดี", "นายดี")}
    assert refused_with(lambda: scenes.handed(advance, **alone)) == "thumbprint_has_two_witnesses"
    assert refused_with(lambda: scenes.handed(advance, way="cheque")) == "cheque_says_number_bank_and_day"
    cheque = {"way": "cheque", "cheque_number": "0012345", "cheque_bank": "กรุงไทย", "cheque_on": scenes.PAY_DAY}
    handover = scenes.paid(advance, mark="thumbprint", witnesses=("นายดี", "นางงาม"), **cheque)
    assert Line.objects.get(pk=handover.line_id).bank_reference == "0012345"


def test_the_payers_are_two_people_without_a_part_in_it() -> None:
    run = scenes.released()
    said: dict[str, Any] = {"by": money.MAKER, "at": NOON, "run_id": run.pk, "place": "บ้าน", "pay_on": scenes.PAY_DAY}
    me = people.PAYER.account_id
    for other, code in (
        (me, "two_people_pay"),
        (people.FINANCE_MAKER.account_id, "payer_has_a_hand"),
        (people.FINANCE_CHECKER.account_id, "payer_has_a_hand"),
        (people.RELEASER.account_id, "payer_has_a_hand"),
        (people.SOCIAL_WORKER.account_id, "payer_has_a_hand"),
        (people.MUNICIPAL_MAKER.account_id, "payer_outside_area"),
    ):
        assert refused_with(lambda other=other: draw_advance(**said, payers=(me, other))) == code  # type: ignore[misc]
    advance = draw_advance(**said, payers=scenes.PAYERS)
    assert draw_advance(**said, payers=scenes.PAYERS) == advance
    other = (me, people.FINANCE_CHECKER_2.account_id)
    assert refused_with(lambda: draw_advance(**said, payers=other)) == "already_drawn"
    assert refused_with(lambda: scenes.drawn(run_id=money.released().pk)) == "only_released_counter_runs_are_drawn"


def test_only_the_payers_hand_over_and_only_the_other_confirms() -> None:
    advance = scenes.drawn()
    (line,) = lines_of(advance)
    assert refused_with(lambda: hand_over(by=money.MAKER, at=NOON, line_id=line.pk, receipt=signed())) == (
        "only_payers_hand_over"
    )
    scenes.handed(advance)
    assert refused_with(lambda: hand_over(by=SECOND, at=NOON, line_id=line.pk, receipt=signed())) == (
        "line_is_handed_over_once"
    )
    for by, code in ((FIRST, "handover_is_confirmed_by_the_other"), (money.MAKER, "only_payers_hand_over")):
        assert refused_with(lambda by=by: confirm_handover(by=by, at=NOON, line_id=line.pk)) == code  # type: ignore[misc]


def test_every_payee_has_a_receipt_to_sign() -> None:
    advance = scenes.drawn(2)
    letters = Letter.objects.filter(kind="advances/receipt")
    assert {letter.subject_id for letter in letters} == {line.pk for line in lines_of(advance)}
    while make_letters():
        pass
    assert all(
        bytes(letter.file.content).startswith(b"%PDF") for letter in letters.select_related("file") if letter.file
    )
    assert not letters.filter(made_at=None).exists()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comes=st.lists(st.booleans(), min_size=1, max_size=3), slip=st.integers(min_value=-1, max_value=1))
def test_an_advance_always_balances(comes: list[bool], slip: int) -> None:
    """Whoever comes or does not: the paid and the returned are the advance, and a satang more or less is refused."""
    advance = scenes.drawn(len(comes))
    for nth, is_here in enumerate(comes):
        if is_here:
            scenes.paid(advance, nth)
    left = sum(line.amount_satang for line in lines_of(advance) if line.paid_at is None)
    if slip:
        assert refused_with(lambda: scenes.cleared(advance, left + slip)) == "advance_does_not_balance"
        scenes.cleared(advance, left)
    else:
        scenes.cleared(advance, left)
    now: Advance = Advance.objects.get(pk=advance.pk)
    assert (now.paid_satang or 0) + (now.returned_satang or 0) == now.amount_satang
    assert money.cash(advance.run)["transit"] == 0
    assert money.is_balanced()
