"""Does a question about money go its whole way: told, heard, judged by two, paid back within means, closed?"""

from datetime import date, timedelta

import pytest

from phueng.audit.clock import now
from phueng.calendars.queries import clock_states
from phueng.decisions.tests.rawly import refused_with
from phueng.documents.models import Letter
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.queries import balances
from phueng.notices.models import Message, UnreachedTask
from phueng.payments.settling import fund_of
from phueng.payments.tests import scenes as money
from phueng.recoveries.actions import (
    agree_plan,
    answer_notice,
    assess,
    begin_enquiry,
    decide,
    finish_enquiry,
    give_consent,
    lodge_appeal,
    note_overpayment,
    record_repayment,
    revoke_consent,
    send_back,
    settle_appeal,
    tell_person,
    withdraw_note,
)
from phueng.recoveries.models import Answer, Instalment, Overpayment, Plan, Repayment, Ruling
from phueng.recoveries.queries import asked_of, cap_of, remaining_of, repaid_of
from phueng.recoveries.tests import scenes
from phueng.recoveries.work import note_what_was_not_owed
from phueng.registry.actions import state_death

pytestmark = pytest.mark.django_db
TODAY = in_bangkok(scenes.RULED).date()


def repaid(overpayment: Overpayment, satang: int, reference: str, way: str = "cash", day: date = TODAY) -> Repayment:
    return record_repayment(
        by=scenes.CASHIER, at=scenes.RULED, overpayment_id=overpayment.pk, way=way, reference=reference,
        amount_satang=satang, received_on=day,
    )  # fmt: skip


def letter_kinds() -> set[str]:
    return set(Letter.objects.filter(kind__startswith="recoveries/").values_list("kind", flat=True))


def test_the_whole_way_to_the_last_satang() -> None:
    overpayment = scenes.decided()
    assert (overpayment.state, asked_of(overpayment)) == ("decided", 50_000)
    plan = agree_plan(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk, monthly_satang=20_000)
    parts = list(plan.instalments.order_by("ordinal").values_list("amount_satang", flat=True))
    assert parts == [20_000, 20_000, 10_000]
    assert scenes.again(overpayment).state == "repaying"
    fund = fund_of(overpayment.lines.get().line.run)
    before = balances(fund)
    repaid(overpayment, 30_000, "R-1")
    assert remaining_of(overpayment) == 20_000
    repaid(overpayment, 20_000, "R-2", "transfer")
    after, over = balances(fund), scenes.again(overpayment)
    assert (over.state, over.closed_why) == ("settled", "repaid")
    assert after["grants"] - before["grants"] == -50_000
    assert after["bank"] - before.get("bank", 0) == 50_000
    assert money.is_balanced()
    assert letter_kinds() == {"recoveries/notice", "recoveries/ruling", "recoveries/plan", "recoveries/settled"}
    sent = set(Message.objects.filter(subject_id=overpayment.application_id).values_list("template_code", flat=True))
    assert {"recovery_told", "recovery_ruled", "recovery_planned", "recovery_settled"} <= sent


def test_the_states_mistake_and_money_spent_in_good_faith_cost_nothing() -> None:
    overpayment = scenes.decided("state", left_satang=0)
    assert (overpayment.state, asked_of(overpayment)) == ("nothing_owed", 0)
    assert overpayment.closed_why == "only_what_is_left"
    assert refused_with(lambda: repaid(overpayment, 100, "R-9")) == "wrong_step"


def test_nobody_judges_before_the_person_was_heard() -> None:
    overpayment = scenes.told()
    said = {
        "overpayment_id": overpayment.pk,
        "fault": "state",
        "acted_in_good_faith": True,
        "evidence": "ก",
        "why": "ข",
    }
    last_day = scenes.at_day(15)
    assert refused_with(lambda: assess(by=scenes.OFFICER, at=last_day, **said)) == "not_heard_yet"  # type: ignore[arg-type]
    assert assess(by=scenes.OFFICER, at=scenes.at_day(16), **said).outcome == "nothing"  # type: ignore[arg-type]


def test_repeating_any_act_changes_nothing() -> None:
    overpayment = scenes.told()
    assert tell_person(by=scenes.OFFICER, at=scenes.LATER, overpayment_id=overpayment.pk).hearing.told_at == scenes.NOON
    for _ in range(2):
        answer_notice(by=scenes.PERSON, at=scenes.LATER, overpayment_id=overpayment.pk, words="ใช้ไปแล้ว")
    assert Answer.objects.count() == 1
    assess(
        by=scenes.OFFICER, at=scenes.AFTERWARDS, overpayment_id=overpayment.pk, fault="both", acted_in_good_faith=True,
        evidence="ก", why="ข",
    )  # fmt: skip
    first = decide(by=scenes.APPROVER, at=scenes.RULED, overpayment_id=overpayment.pk)
    assert decide(by=scenes.APPROVER, at=scenes.RULED, overpayment_id=overpayment.pk) == first
    agreed = [agree_plan(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk) for _ in range(2)]
    assert agreed[0] == agreed[1]
    assert repaid(overpayment, 1_000, "R-1") == repaid(overpayment, 1_000, "R-1")
    assert refused_with(lambda: repaid(overpayment, 2_000, "R-1")) == "repayment_is_recorded_once"
    assert repaid_of(overpayment) == 1_000


def test_the_second_person_may_send_it_back() -> None:
    overpayment = scenes.assessed()
    send_back(by=scenes.APPROVER, at=scenes.RULED, overpayment_id=overpayment.pk, why="หลักฐานยังไม่พอ")
    assert scenes.again(overpayment).state == "heard"
    again = assess(
        by=scenes.OFFICER, at=scenes.RULED, overpayment_id=overpayment.pk, fault="state", acted_in_good_faith=True,
        evidence="หลักฐานใหม่", why="หน่วยงานคีย์ยอดผิดเอง",
    )  # fmt: skip
    assert again.round == 2
    decide(by=scenes.APPROVER, at=scenes.RULED, overpayment_id=overpayment.pk)
    assert scenes.again(overpayment).state == "nothing_owed"


def test_a_household_below_the_line_is_asked_for_nothing() -> None:
    overpayment = scenes.decided("person", good_faith=False, income_satang=500_000, household_size=4)
    reasons = overpayment.assessments.get().reasons
    assert (overpayment.state, reasons[-1]["code"]) == ("nothing_owed", "hardship")


def test_an_appeal_has_its_own_clock_and_another_settler_and_only_gets_milder() -> None:
    overpayment = scenes.appealed()
    appeal = Ruling.objects.get(overpayment=overpayment).appeal
    assert clock_states([appeal.pk], TODAY)[appeal.pk].due_on == TODAY + timedelta(days=30)
    lent = scenes.lent_approver()
    said = {"at": scenes.RULED, "overpayment_id": overpayment.pk, "why": "พิจารณาใหม่แล้ว"}
    assert refused_with(lambda: settle_appeal(by=scenes.APPROVER, outcome="upheld", **said)) == "same_hands"
    assert refused_with(lambda: settle_appeal(by=scenes.FIRST_APPROVER, outcome="upheld", **said)) in (
        "had_a_hand_before", "outside_area",
    )  # fmt: skip
    assert refused_with(lambda: settle_appeal(by=lent, outcome="reduced", asked_satang=50_000, **said)) == "only_milder"
    settle_appeal(by=lent, outcome="reduced", asked_satang=20_000, **said)
    assert (scenes.again(overpayment).state, asked_of(overpayment)) == ("decided", 20_000)
    assert "recoveries/appeal" in letter_kinds()


def test_while_an_appeal_is_open_nothing_is_taken_and_a_cancelled_order_asks_nothing() -> None:
    overpayment = scenes.appealed()
    assert refused_with(lambda: repaid(overpayment, 1_000, "R-1")) == "wrong_step"
    settle_appeal(
        by=scenes.lent_approver(),
        at=scenes.RULED,
        overpayment_id=overpayment.pk,
        outcome="cancelled",
        why="หน่วยงานผิดเอง",
    )
    assert scenes.again(overpayment).state == "nothing_owed"


def test_an_appeal_after_money_came_settles_when_enough_came() -> None:
    overpayment = scenes.decided()
    agree_plan(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk)
    repaid(overpayment, 30_000, "R-1")
    lodge_appeal(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk, grounds="มากเกินไป")
    settle_appeal(
        by=scenes.lent_approver(), at=scenes.RULED, overpayment_id=overpayment.pk, outcome="reduced", why="ลดให้",
        asked_satang=20_000,
    )  # fmt: skip
    assert scenes.again(overpayment).state == "settled"
    assert not Plan.objects.filter(overpayment=overpayment, replaced_at__isnull=True).exists()


def test_a_plan_never_costs_more_than_the_means_and_a_new_one_replaces_it() -> None:
    overpayment = scenes.decided("person", good_faith=False, income_satang=700_000, household_size=2)
    cap = cap_of(overpayment, TODAY)
    assert cap == 70_000
    said = {"by": scenes.PERSON, "at": scenes.RULED, "overpayment_id": overpayment.pk}
    assert refused_with(lambda: agree_plan(monthly_satang=cap + 1, **said)) == "plan_stays_within_means"  # type: ignore[arg-type]
    first = agree_plan(**said)  # type: ignore[arg-type]
    second = agree_plan(monthly_satang=30_000, **said)  # type: ignore[arg-type]
    first.refresh_from_db()
    assert (first.replaced_at, second.round) == (scenes.RULED, 2)
    assert sum(Instalment.objects.filter(plan=second).values_list("amount_satang", flat=True)) == 100_000


def test_money_is_kept_back_only_while_the_person_agrees() -> None:
    overpayment = scenes.decided()
    said = {"by": scenes.PERSON, "at": scenes.RULED, "overpayment_id": overpayment.pk}
    assert refused_with(lambda: repaid(overpayment, 5_000, "D-1", "deduction")) == "no_living_consent"
    consent = give_consent(monthly_satang=10_000, **said)  # type: ignore[arg-type]
    assert "ถอนความยินยอมนี้เมื่อใดก็ได้" in consent.words
    assert refused_with(lambda: repaid(overpayment, 10_001, "D-1", "deduction")) == "no_living_consent"
    repaid(overpayment, 10_000, "D-1", "deduction")
    assert refused_with(lambda: repaid(overpayment, 10_000, "D-2", "deduction")) == "no_living_consent"  # once a month
    revoke_consent(**said)  # type: ignore[arg-type]
    revoke_consent(**said)  # type: ignore[arg-type]
    assert refused_with(lambda: repaid(overpayment, 1_000, "D-3", "deduction")) == "no_living_consent"


def test_the_dead_are_not_written_to_and_their_family_is_not_asked() -> None:
    overpayment = scenes.noted_for_the_dead()
    messages, tasks = Message.objects.count(), UnreachedTask.objects.count()
    assert refused_with(lambda: tell_person(by=scenes.OFFICER, at=scenes.NOON, overpayment_id=overpayment.pk)) == (
        "nobody_to_tell"
    )
    begin_enquiry(by=scenes.OFFICER, at=scenes.NOON, overpayment_id=overpayment.pk)
    said = {
        "overpayment_id": overpayment.pk,
        "fault": "state",
        "acted_in_good_faith": True,
        "evidence": "ก",
        "why": "ข",
    }
    assert refused_with(lambda: assess(by=scenes.OFFICER, at=scenes.RULED, **said)) == "not_heard_yet"  # type: ignore[arg-type]
    finish_enquiry(
        by=scenes.OFFICER, at=scenes.NOON, overpayment_id=overpayment.pk, found="ธนาคารคืน", found_satang=30_000
    )
    repaid(overpayment, 30_000, "B-1", "bank_return")
    made = assess(by=scenes.OFFICER, at=scenes.RULED, **said)  # type: ignore[arg-type]
    assert (made.outcome, made.asked_satang, made.waived_satang) == ("nothing", 0, 170_000)
    decide(by=scenes.APPROVER, at=scenes.RULED, overpayment_id=overpayment.pk)
    assert scenes.again(overpayment).state == "nothing_owed"
    assert (Message.objects.count(), UnreachedTask.objects.count(), letter_kinds()) == (messages, tasks, set())


def test_the_worker_notes_what_was_paid_after_a_death_once() -> None:
    line = scenes.paid_line(2)
    assert note_what_was_not_owed() == 0
    state_death(
        by=scenes.WORKER, at=scenes.NOON, source="civil_register", person_id=line.person_id, died_on=date(2026, 10, 1)
    )
    assert (note_what_was_not_owed(), note_what_was_not_owed()) == (1, 0)
    overpayment = Overpayment.objects.get()
    assert (overpayment.cause, overpayment.amount_satang, overpayment.found_by) == (
        "paid_after_death",
        200_000,
        "worker",
    )
    withdraw_note(by=scenes.OFFICER, at=now(), overpayment_id=overpayment.pk, why="ทะเบียนแจ้งผิดคน")
    assert note_what_was_not_owed() == 0  # a person has looked at it


def test_a_death_after_the_money_was_due_is_no_question() -> None:
    line = scenes.paid_line()
    state_death(
        by=scenes.WORKER, at=scenes.NOON, source="civil_register", person_id=line.person_id, died_on=line.due.due_on
    )
    assert note_what_was_not_owed() == 0


def test_a_withdrawn_note_may_be_made_anew() -> None:
    line = scenes.paid_line()
    first = scenes.noted(line)
    assert refused_with(lambda: scenes.noted(line)) == "line_is_asked_about_once"
    withdraw_note(by=scenes.OFFICER, at=scenes.NOON, overpayment_id=first.pk, why="เลือกผิดรายการ")
    assert scenes.noted(line).state == "noted"


def test_more_than_was_paid_and_unpaid_lines_are_refused() -> None:
    line = scenes.paid_line()
    assert refused_with(lambda: scenes.noted(line, satang=200_001)) == "more_than_was_paid"
    unpaid = money.released(1).lines.get()
    assert refused_with(lambda: scenes.noted(unpaid)) == "more_than_was_paid"
    both = {line.pk: None, unpaid.pk: None}
    assert (
        refused_with(
            lambda: note_overpayment(
                by=scenes.OFFICER, at=scenes.NOON, lines=both, cause="wrong_amount", what_happened="x"
            )
        )
        == "another_person"
    )
