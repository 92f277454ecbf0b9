"""Do recommendation, decision and appeal lead where they should, once, and all or nothing?"""

from functools import partial
from typing import Any

import pytest
from django.db import transaction

from phueng.access.models import Account
from phueng.access.viewers import viewer_of
from phueng.applications.models import Application
from phueng.calendars.queries import clock_states
from phueng.decisions import consequences
from phueng.decisions.actions import decide, lodge_appeal, recommend, settle_appeal
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.decisions.queries import awaiting_decision, decisions_of
from phueng.decisions.tests import scenes
from phueng.decisions.tests.rawly import refused_with
from phueng.decisions.tests.scenes import AMOUNT, APPROVER, MOMENT, RELATED_APPROVER, SOCIAL_WORKER, WHY
from phueng.decisions.tests.test_guards import give_duty
from phueng.demo import people
from phueng.documents.queries import letter_of
from phueng.entitlements.models import Due, Entitlement
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import reserve
from phueng.ledger.queries import BudgetState, budget
from phueng.notices.models import Message
from phueng.verification.actions import ask_again

pytestmark = pytest.mark.django_db


def money() -> BudgetState:
    return budget(2570, "family", "KKN-DPC")


def messages(application: Application, code: str) -> int:
    return Message.objects.filter(subject_id=application.pk, template_code=code).count()


def test_approving_reserves_grants_writes_and_tells() -> None:
    before = money()
    decision = scenes.approved()
    assert (decision.outcome, decision.amount_satang, decision.decided_by_id) == ("approved", AMOUNT, APPROVER.id)
    assert decision.delegation is not None
    assert money().reserved - before.reserved == AMOUNT == before.available - money().available
    due = Due.objects.get(entitlement__decision_id=decision.pk)
    assert (due.ordinal, due.fiscal_year, due.amount_satang) == (1, 2570, AMOUNT)
    assert letter_of("decisions/decision_letter", decision.pk) is not None
    assert messages(decision.application, "application_approved") == 1
    application = Application.objects.get(pk=decision.application_id)
    assert application.closed_why == "decided"
    assert clock_states([application.pk], MOMENT.date())[application.pk].stopped_on is not None


def test_refusing_needs_a_reason_and_moves_no_money() -> None:
    before = money()
    recommendation = scenes.recommended(outcome="refuse")
    refuse = partial(decide, by=APPROVER, at=MOMENT, application_id=recommendation.application_id, outcome="refuse")
    assert refused_with(partial(refuse, why="  ")) == "why_is_missing"
    decision = refuse(why="มีรายได้เพียงพอ")
    assert (decision.outcome, decision.amount_satang, money()) == ("refused", None, before)
    assert decision.reasons == recommendation.reasons != []
    assert not Entitlement.objects.filter(decision_id=decision.pk).exists()
    assert messages(decision.application, "application_refused") == 1


def test_doing_the_same_again_changes_nothing_and_another_word_is_refused() -> None:
    recommendation = scenes.recommended()
    said: dict[str, Any] = {"at": MOMENT, "application_id": recommendation.application_id, "why": WHY}
    again = recommend(by=SOCIAL_WORKER, outcome="approve", amount_satang=AMOUNT, **said)
    assert again.pk == recommendation.pk
    assert refused_with(lambda: recommend(by=SOCIAL_WORKER, outcome="refuse", **said)) == "already_recommended"
    first = decide(by=APPROVER, outcome="approve", **said)
    before = money()
    assert decide(by=APPROVER, outcome="approve", **said).pk == first.pk
    assert money() == before
    assert refused_with(lambda: decide(by=APPROVER, outcome="refuse", **said)) == "already_decided"
    assert refused_with(lambda: decide(by=RELATED_APPROVER, outcome="approve", **said)) == "already_decided"
    assert recommend(by=SOCIAL_WORKER, outcome="approve", amount_satang=AMOUNT, **said).pk == recommendation.pk


@pytest.mark.parametrize("step", ["ask_for_letter", "queue_message", "reserve"])
def test_a_fault_in_any_last_step_leaves_nothing_behind(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recommendation, before = scenes.recommended(), money()

    def breaks(**_: Any) -> None:
        raise ConnectionError("the step broke")

    monkeypatch.setattr(consequences, step, breaks)
    with pytest.raises(ConnectionError), transaction.atomic():
        decide(by=APPROVER, at=MOMENT, application_id=recommendation.application_id, outcome="approve", why="")
    assert not Decision.objects.filter(recommendation=recommendation).exists()
    assert not Entitlement.objects.filter(person=recommendation.application.person_id).exists()
    assert money() == before
    assert Application.objects.get(pk=recommendation.application_id).closed_at is None
    monkeypatch.undo()
    decide(by=APPROVER, at=MOMENT, application_id=recommendation.application_id, outcome="approve", why="")
    assert money().reserved == before.reserved + AMOUNT


def test_without_budget_nothing_is_approved_and_the_case_may_wait_for_it() -> None:
    available = money().available
    recommendation = scenes.recommended()
    reserve(
        by=scenes.WORKER, at=MOMENT, fund=Fund(2570, "family", "KKN-DPC"), amount_satang=available - AMOUNT + 1,
        key="test:all", subject=("test", recommendation.pk),
    )  # fmt: skip
    attempt = lambda: decide(  # noqa: E731
        by=APPROVER, at=MOMENT, application_id=recommendation.application_id, outcome="approve", why=""
    )
    assert refused_with(attempt) == "budget_exceeded"
    assert not Decision.objects.filter(recommendation=recommendation).exists()


def test_a_case_that_waits_for_budget_is_recommended_again_and_its_appeal_after_that_works() -> None:
    waiting = scenes.recommended(outcome="wait_budget")
    case = waiting.application
    assert messages(case, "wait_budget") == 1
    attempt = lambda: decide(by=APPROVER, at=MOMENT, application_id=case.pk, outcome="approve", why="")  # noqa: E731
    assert refused_with(attempt) == "nothing_recommended"
    said: dict[str, Any] = {"at": MOMENT, "application_id": case.pk}
    second = recommend(by=SOCIAL_WORKER, outcome="refuse", why="งบมาแล้ว แต่ไม่เข้าเกณฑ์", **said)
    assert second.round == 2
    decision = decide(by=APPROVER, outcome="refuse", why="ไม่เข้าเกณฑ์", **said)
    assert decision.round == 2
    appeal = lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="ขอให้ดูใหม่")
    settle_as_other(appeal.pk, "reversed")
    third = recommend(by=SOCIAL_WORKER, outcome="approve", why=WHY, amount_satang=AMOUNT, **said)
    assert third.round == 3


def settle_as_other(appeal_id: Any, outcome: str) -> Any:
    """Somebody with the duty where the appeal lies, without a hand in the case."""
    appeal = Appeal.objects.select_related("office").get(pk=appeal_id)
    other = RELATED_APPROVER
    assert other.id is not None
    if appeal.office.code != other.office_code:
        give_duty(other.id, "approver", appeal.office.code)
    return settle_appeal(by=other, at=MOMENT, appeal_id=appeal_id, outcome=outcome, why="ดูแล้ว")


def test_an_appeal_has_its_own_clock_and_a_second_one_is_the_first() -> None:
    decision = scenes.refused()
    refuse_empty = lambda: lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds=" ")  # noqa: E731
    assert refused_with(refuse_empty) == "grounds_missing"
    appeal = lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="รายได้ผิด")
    assert lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="อีกครั้ง").pk == appeal.pk
    clock = clock_states([appeal.pk], MOMENT.date())[appeal.pk]
    assert (clock.code, clock.length, clock.stopped_on) == ("appeal_answer", 30, None)
    assert messages(decision.application, "appeal_received") == 1
    settle_as_other(appeal.pk, "upheld")
    assert clock_states([appeal.pk], MOMENT.date())[appeal.pk].stopped_on == in_bangkok(MOMENT).date()
    assert Application.objects.get(pk=decision.application_id).closed_at is not None
    attempt = lambda: settle_appeal(by=APPROVER, at=MOMENT, appeal_id=appeal.pk, outcome="reversed", why="x")  # noqa: E731
    assert refused_with(attempt) == "already_settled"


def test_an_appeal_that_succeeds_reopens_the_case_for_another_decider() -> None:
    decision = scenes.refused()
    case = decision.application
    appeal = lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="รายได้ผิด")
    settle_as_other(appeal.pk, "reversed")
    assert Application.objects.get(pk=case.pk).closed_at is None
    said: dict[str, Any] = {"at": MOMENT, "application_id": case.pk, "outcome": "approve", "why": WHY}
    recommend(by=SOCIAL_WORKER, amount_satang=AMOUNT, **said)
    assert decisions_of([case.pk])[case.pk].state == "recommended"
    assert refused_with(lambda: decide(by=APPROVER, **said)) == "same_hands"
    anew = decide(by=RELATED_APPROVER, **said)
    assert (anew.round, anew.is_appeal_outcome, anew.outcome) == (2, True, "approved")
    assert [one.round for one in decisions_of([case.pk])[case.pk].decisions] == [1, 2]
    assert Due.objects.filter(entitlement__decision_id=anew.pk).count() == 1


def test_a_check_that_opens_again_holds_the_approval_back() -> None:
    recommendation = scenes.recommended()
    case = recommendation.application_id
    ask_again(by=SOCIAL_WORKER, at=MOMENT, application_id=case, kind="civil_register", why="มีข่าวใหม่")
    attempt = lambda: decide(by=APPROVER, at=MOMENT, application_id=case, outcome="approve", why="")  # noqa: E731
    assert refused_with(attempt) == "checks_open"


def test_a_monthly_amount_is_what_the_rules_say() -> None:
    application = scenes.verified(scheme_code="old_age", monthly_satang=80_000)
    said: dict[str, Any] = {
        "by": scenes.MUNICIPAL_OFFICER, "at": MOMENT, "application_id": application.pk, "outcome": "approve", "why": WHY,
    }  # fmt: skip
    assert refused_with(lambda: recommend(**said, amount_satang=100_000)) == "rules_say_otherwise"
    assert recommend(**said).amount_satang == 80_000


def test_the_ceiling_of_the_scheme_holds_for_what_waits_too() -> None:
    application = scenes.verified()
    said: dict[str, Any] = {"by": SOCIAL_WORKER, "at": MOMENT, "application_id": application.pk, "why": WHY}
    for outcome in ("approve", "wait_budget"):
        code = refused_with(lambda: recommend(**said, outcome=outcome, amount_satang=300_001))  # noqa: B023
        assert code not in ("amount_is_missing", "checks_open")
    assert refused_with(lambda: recommend(**said, outcome="approve")) == "amount_is_missing"


def test_checks_that_wait_hinder_the_recommendation() -> None:
    application = scenes.submitted()
    attempt = lambda: recommend(  # noqa: E731
        by=SOCIAL_WORKER, at=MOMENT, application_id=application.pk, outcome="approve", why=WHY, amount_satang=AMOUNT
    )
    assert refused_with(attempt) == "checks_open"


def test_the_approver_sees_what_waits_and_not_what_is_over(count_queries: Any) -> None:
    viewer = viewer_of(Account.objects.get(pk=people.APPROVER.account_id))
    waiting = scenes.recommended()
    withdrawn, mine_too = scenes.recommended(), scenes.recommended(outcome="wait_budget")
    Application.objects.filter(pk=withdrawn.application_id).update(closed_at=MOMENT, closed_why="withdrawn")
    decided = scenes.approved()
    seen = {one.pk for one in awaiting_decision(viewer)}
    assert waiting.pk in seen
    assert seen.isdisjoint({withdrawn.pk, mine_too.pk, decided.recommendation_id})
    ids = list(Recommendation.objects.values_list("application_id", flat=True))
    with count_queries(most=3):
        assert decisions_of(ids)[waiting.application_id].state == "recommended"
