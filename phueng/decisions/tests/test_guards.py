"""Does the database itself refuse what the service refuses? Each guard twice: through the action, and round it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from phueng.access.models import Delegation, Duty
from phueng.applications.actions import withdraw_application
from phueng.audit.actors import Actor
from phueng.decisions.actions import decide, lodge_appeal, recommend, settle_appeal
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.decisions.tests import scenes
from phueng.decisions.tests.factories import EVERY_FACTORY, centre
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.decisions.tests.scenes import APPROVER, MOMENT, OTHER_APPROVER, RELATED_APPROVER, SOCIAL_WORKER, WHY
from phueng.places.identity import office_id
from phueng.registry.actions import link_account, state_relation

pytestmark = pytest.mark.django_db


def decide_as(by: Actor, recommendation: Recommendation, **changed: Any) -> Callable[[], object]:
    return lambda: decide(
        **{
            "by": by, "at": MOMENT, "application_id": recommendation.application_id, "outcome": "approve", "why": WHY,
        } | changed
    )  # fmt: skip


def decide_rawly(by: Actor, recommendation: Recommendation, **changed: Any) -> Callable[[], object]:
    return lambda: insert(
        Decision,
        **{
            "application_id": recommendation.application_id, "recommendation_id": recommendation.pk,
            "round": recommendation.round, "outcome": "approved", "amount_satang": recommendation.amount_satang,
            "why": WHY, "office_id": recommendation.office_id, "decided_at": MOMENT, "decided_by_id": by.id,
            "decided_by_name": by.name,
        } | changed,
    )  # fmt: skip


def recommend_rawly(by: Actor, application_id: UUID, **changed: Any) -> Callable[[], object]:
    return lambda: insert(
        Recommendation,
        **{
            "application_id": application_id, "outcome": "approve", "amount_satang": 100_000, "why": WHY,
            "office_id": centre().pk, "recommended_at": MOMENT, "recommended_by_id": by.id,
            "recommended_by_name": by.name,
        } | changed,
    )  # fmt: skip


def give_duty(account_id: UUID, role: str, office_code: str = "KKN-DPC", **changed: Any) -> None:
    Duty.objects.create(
        account_id=account_id, role=role, office_id=office_id(office_code), **{"starts_on": date(2024, 10, 1)} | changed
    )


def test_every_model_has_a_factory_whose_rows_the_guards_accept() -> None:
    for factory in EVERY_FACTORY:
        assert factory.create().pk is not None  # type: ignore[attr-defined]


def test_an_honest_decision_passes_the_same_guards() -> None:
    recommendation = scenes.recommended()
    decide_rawly(APPROVER, recommendation)()
    assert Decision.objects.get(recommendation=recommendation).amount_satang == scenes.AMOUNT


def test_who_recommended_cannot_decide() -> None:
    recommendation = scenes.recommended()
    assert SOCIAL_WORKER.id is not None
    give_duty(SOCIAL_WORKER.id, "approver")
    assert refused_with(decide_as(SOCIAL_WORKER, recommendation)) == "same_hands"
    assert guard_that_refuses(decide_rawly(SOCIAL_WORKER, recommendation)) == "same_hands"


def test_who_entered_or_visited_cannot_decide() -> None:
    recommendation = scenes.recommended()
    for hand in ("recorder", "verifier", "payer"):
        account = uuid4()
        run("INSERT INTO access_account (id, username, password, display_name_th, display_name_en, kind, email, phone,"
            " opened_at, is_active) SELECT %s, %s, password, display_name_th, display_name_en, kind, '', '', opened_at,"
            " true FROM access_account WHERE id = %s", account, hand, APPROVER.id)  # fmt: skip
        give_duty(account, "approver")
        run("INSERT INTO access_hand (id, case_id, hand, account_id, laid_at) VALUES (%s, %s, %s, %s, %s)",
            uuid4(), recommendation.application_id, hand, account, MOMENT)  # fmt: skip
        somebody = Actor("staff", account, "คนเดียวกัน", "approver", "KKN-DPC")
        assert refused_with(decide_as(somebody, recommendation)) == "same_hands"
        assert guard_that_refuses(decide_rawly(somebody, recommendation)) == "same_hands"


@pytest.mark.parametrize("tie", ["household", "relation"])
def test_a_relative_can_neither_recommend_nor_decide(tie: str) -> None:
    who = scenes.grandmother() if tie == "household" else scenes.new_applicant()
    if tie == "relation":
        cousin = scenes.new_applicant()
        by: dict[str, Any] = {"by": scenes.WORKER, "at": MOMENT}
        assert APPROVER.id is not None
        link_account(**by, account_id=APPROVER.id, person_id=cousin.person_id)
        state_relation(
            **by, source="civil_register", person_id=cousin.person_id, other_id=who.person_id, kind="grandchild"
        )
    relative = RELATED_APPROVER if tie == "household" else APPROVER
    assert relative.id is not None
    give_duty(relative.id, "social_worker")
    application = scenes.verified(who)
    attempt = lambda: recommend(  # noqa: E731
        by=relative, at=MOMENT, application_id=application.pk, outcome="approve", why=WHY, amount_satang=100_000
    )
    assert refused_with(attempt) == "related_to_applicant"
    assert guard_that_refuses(recommend_rawly(relative, application.pk)) == "related_to_applicant"
    recommendation = recommend(
        by=SOCIAL_WORKER, at=MOMENT, application_id=application.pk, outcome="approve", why=WHY, amount_satang=100_000
    )
    assert refused_with(decide_as(relative, recommendation)) == "related_to_applicant"
    assert guard_that_refuses(decide_rawly(relative, recommendation)) == "related_to_applicant"


def test_nobody_decides_outside_their_area_whatever_office_they_name() -> None:
    recommendation = scenes.recommended()
    chiang_mai = office_id("CMI-DPC")
    assert refused_with(decide_as(OTHER_APPROVER, recommendation)) == "outside_area"
    assert refused_with(decide_as(OTHER_APPROVER, recommendation, office_id=recommendation.office_id)) == "outside_area"
    assert guard_that_refuses(decide_rawly(OTHER_APPROVER, recommendation, office_id=chiang_mai)) == "outside_area"
    # Calling it the outcome of an appeal opens no door: the appeal must be there, and settled by that office.
    forged = decide_rawly(OTHER_APPROVER, recommendation, office_id=chiang_mai, is_appeal_outcome=True)
    assert guard_that_refuses(forged) == "outside_area"


def test_nobody_recommends_without_the_duty() -> None:
    application = scenes.verified()
    attempt = lambda: recommend(  # noqa: E731
        by=APPROVER, at=MOMENT, application_id=application.pk, outcome="approve", why=WHY, amount_satang=100_000
    )
    assert refused_with(attempt) == "outside_area"
    assert guard_that_refuses(recommend_rawly(APPROVER, application.pk)) == "outside_area"


def test_nobody_decides_after_their_duty_or_delegation_ended() -> None:
    recommendation = scenes.recommended()
    today = MOMENT.date()
    Delegation.objects.filter(office_id=recommendation.office_id).update(ends_before=today)
    assert refused_with(decide_as(APPROVER, recommendation)) == "above_delegation"
    assert guard_that_refuses(decide_rawly(APPROVER, recommendation)) == "above_delegation"
    Delegation.objects.filter(office_id=recommendation.office_id).update(ends_before=today + timedelta(days=1))
    Duty.objects.filter(account_id=APPROVER.id).update(ends_before=today)
    assert refused_with(decide_as(APPROVER, recommendation)) == "outside_area"
    assert guard_that_refuses(decide_rawly(APPROVER, recommendation)) == "outside_area"


def test_nobody_approves_above_their_delegation_but_anybody_may_refuse() -> None:
    recommendation = scenes.recommended(amount_satang=300_000)
    Delegation.objects.filter(office_id=recommendation.office_id).update(up_to_satang=299_999)
    assert refused_with(decide_as(APPROVER, recommendation)) == "above_delegation"
    assert guard_that_refuses(decide_rawly(APPROVER, recommendation)) == "above_delegation"
    assert decide_as(APPROVER, recommendation, outcome="refuse")()


def test_a_deputy_decides_under_their_own_name_only() -> None:
    recommendation = scenes.recommended()
    Delegation.objects.filter(office_id=recommendation.office_id).update(ends_before=MOMENT.date())
    Delegation.objects.create(
        office_id=recommendation.office_id, role="approver", account_id=RELATED_APPROVER.id, is_deputy=True,
        up_to_satang=300_000, starts_on=date(2026, 11, 1), ends_before=date(2026, 12, 1), reference="คำสั่ง 9/2569",
    )  # fmt: skip
    assert refused_with(decide_as(APPROVER, recommendation)) == "above_delegation"
    assert guard_that_refuses(decide_rawly(APPROVER, recommendation)) == "above_delegation"
    decision = decide_as(RELATED_APPROVER, recommendation)()
    assert isinstance(decision, Decision)
    assert decision.delegation is not None
    assert decision.delegation.is_deputy


def test_no_more_is_approved_than_was_recommended() -> None:
    recommendation = scenes.recommended(amount_satang=100_000)
    raised = decide_rawly(APPROVER, recommendation, amount_satang=100_001)
    assert guard_that_refuses(raised) == "above_recommendation"
    refusal = scenes.recommended(outcome="refuse")
    assert refused_with(decide_as(APPROVER, refusal)) == "above_recommendation"
    assert guard_that_refuses(decide_rawly(APPROVER, refusal, amount_satang=1)) == "above_recommendation"
    assert guard_that_refuses(decide_rawly(APPROVER, refusal)) in (
        "above_delegation",
        "decision_amount_fits_its_outcome",
    )


def test_a_recommendation_decides_its_own_case_only() -> None:
    mine, other = scenes.recommended(), scenes.recommended()
    assert guard_that_refuses(decide_rawly(APPROVER, mine, recommendation_id=other.pk)) == "another_case"
    assert guard_that_refuses(decide_rawly(APPROVER, mine, round=2)) == "another_case"


def test_nothing_is_decided_once_the_case_is_closed() -> None:
    recommendation = scenes.recommended()
    withdraw_application(by=scenes.CITIZEN, at=MOMENT, application_id=recommendation.application_id, why="หายดีแล้ว")
    assert refused_with(decide_as(APPROVER, recommendation)) == "case_is_closed"
    assert guard_that_refuses(decide_rawly(APPROVER, recommendation)) == "case_is_closed"


def test_a_case_is_decided_once_a_round() -> None:
    decision = scenes.approved()
    again = decide_rawly(APPROVER, decision.recommendation, decided_by_id=RELATED_APPROVER.id)
    assert guard_that_refuses(again) in ("decisions_decision_recommendation_id_key", "one_decision_per_round")


@pytest.mark.parametrize("table", ["decisions_decision", "decisions_recommendation", "decisions_recusal"])
def test_what_was_said_is_never_edited_nor_removed(table: str) -> None:
    for factory in EVERY_FACTORY:
        factory.create()  # type: ignore[attr-defined]
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        assert guard_that_refuses(partial(run, statement)) == "42501"  # insufficient privilege


def test_an_appeal_is_settled_by_somebody_without_a_hand_in_the_case() -> None:
    decision = scenes.refused()
    appeal = lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="รายได้ผิด")
    set_here = "UPDATE decisions_appeal SET outcome = 'upheld', settled_why = 'x', settled_at = %s, settled_by_id = %s WHERE id = %s"
    for hand in (APPROVER, SOCIAL_WORKER):
        attempt = lambda: settle_appeal(by=hand, at=MOMENT, appeal_id=appeal.pk, outcome="upheld", why="x")  # noqa: B023, E731
        assert refused_with(attempt) == "same_hands"
        assert guard_that_refuses(lambda: run(set_here, MOMENT, hand.id, appeal.pk)) == "same_hands"  # noqa: B023
    attempt = lambda: settle_appeal(by=OTHER_APPROVER, at=MOMENT, appeal_id=appeal.pk, outcome="upheld", why="x")  # noqa: E731
    outside = appeal.office_id != office_id("CMI-DPC")
    assert not outside or refused_with(attempt) == "outside_area"
    assert (
        not outside or guard_that_refuses(lambda: run(set_here, MOMENT, OTHER_APPROVER.id, appeal.pk)) == "outside_area"
    )


def test_an_appeal_is_never_moved_rewritten_or_lodged_settled() -> None:
    decision = scenes.refused()
    appeal = lodge_appeal(by=scenes.CITIZEN, at=MOMENT, decision_id=decision.pk, grounds="รายได้ผิด")
    move = "UPDATE decisions_appeal SET office_id = %s WHERE id = %s"
    assert guard_that_refuses(lambda: run(move, office_id("CMI-DPC"), appeal.pk)) == "already_settled"
    rewrite = "UPDATE decisions_appeal SET grounds = 'ไม่มี' WHERE id = %s"
    assert guard_that_refuses(lambda: run(rewrite, appeal.pk)) == "already_settled"
    assert guard_that_refuses(lambda: run("DELETE FROM decisions_appeal WHERE id = %s", appeal.pk)) == "42501"
    other = scenes.refused()
    forged = lambda: insert(  # noqa: E731
        Appeal, decision_id=other.pk, reference="X" * 11, grounds="x", appealed_at=MOMENT, office_id=centre().pk,
        outcome="upheld", settled_why="x", settled_at=MOMENT, settled_by_id=RELATED_APPROVER.id,
    )  # fmt: skip
    assert guard_that_refuses(forged) == "already_settled"
