"""Can a small office get a second person from elsewhere, for one case, by asking, and in no other way?"""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from phueng.access.models import Account, BorrowedHand, Delegation, Duty, Hand
from phueng.access.viewers import viewer_of
from phueng.applications.actions import transfer_application, withdraw_application
from phueng.applications.queries import applications_for
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.decisions.actions import ask_for_hand, decide, give_back_hand, recommend
from phueng.decisions.models import Decision, Recommendation
from phueng.decisions.queries import awaiting_decision
from phueng.decisions.tests import scenes
from phueng.decisions.tests.factories import centre
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.decisions.tests.scenes import APPROVER, FRONT_DESK, MOMENT, OTHER_APPROVER, SOCIAL_WORKER, WHY
from phueng.decisions.tests.test_guards import decide_as, decide_rawly, give_duty, recommend_rawly
from phueng.demo import people
from phueng.places.identity import office_id
from phueng.places.models import Office

pytestmark = pytest.mark.django_db
REASON = "ผู้อนุมัติทั้งสองคนของศูนย์พิจารณาเรื่องนี้ไม่ได้"


def pair() -> Office:
    """The office paired with the centre of Khon Kaen."""
    found = centre().paired_office
    assert found is not None
    return found


def somebody_there(role: str = "approver") -> Actor:
    """An account of Chiang Mai's cast that also holds a duty in the paired office, with a delegation there."""
    assert OTHER_APPROVER.id is not None
    if not Duty.objects.filter(account_id=OTHER_APPROVER.id, role=role, office=pair()).exists():
        give_duty(OTHER_APPROVER.id, role, pair().code)
    if not Delegation.objects.filter(office=pair(), role="approver").exists():
        Delegation.objects.create(
            office=pair(), role="approver", up_to_satang=300_000, starts_on=MOMENT.date(), reference="คำสั่ง 1/2569"
        )
    return Actor("staff", OTHER_APPROVER.id, "ผู้อนุมัติคู่", role, pair().code)


def ask(application_id: UUID, hand: str = "approver", **changed: Any) -> BorrowedHand:
    said: dict[str, Any] = {"by": SOCIAL_WORKER, "at": MOMENT, "from_office_id": pair().pk, "why": REASON} | changed
    return ask_for_hand(application_id=application_id, hand=hand, **said)


def sees(by: Actor, application_id: UUID) -> bool:
    assert by.id is not None
    return applications_for(viewer_of(Account.objects.get(pk=by.id))).filter(pk=application_id).exists()


def test_the_paired_office_decides_only_while_it_is_asked() -> None:
    recommendation = scenes.recommended()
    lender = somebody_there()
    attempt = decide_as(lender, recommendation)
    rawly = decide_rawly(lender, recommendation, office_id=pair().pk)
    assert refused_with(attempt) == guard_that_refuses(rawly) == "outside_area", "being the pair is not enough"
    asked = ask(recommendation.application_id)
    attempt()
    decision = Decision.objects.get(recommendation=recommendation)
    assert (decision.office_id, decision.decided_by_id) == (pair().pk, lender.id)
    asked.refresh_from_db()
    assert (asked.ended_how, asked.ended_by_id) == ("used", lender.id)
    assert Hand.objects.get(case_id=recommendation.application_id, account_id=lender.id).hand == "approver"
    acts = set(Entry.objects.filter(subject_id=recommendation.application_id).values_list("act", flat=True))
    assert {"decisions.ask_for_hand", "access.borrow_hand", "access.end_borrowed_hand"} <= acts


def test_after_it_was_taken_back_nobody_there_decides() -> None:
    recommendation = scenes.recommended()
    lender = somebody_there()
    asked = ask(recommendation.application_id)
    give_back_hand(
        by=APPROVER, at=MOMENT, application_id=recommendation.application_id, hand="approver", why="กลับมาทำงานแล้ว"
    )
    asked.refresh_from_db()
    assert asked.ended_how == "taken_back"
    assert refused_with(decide_as(lender, recommendation)) == "outside_area"
    assert guard_that_refuses(decide_rawly(lender, recommendation, office_id=pair().pk)) == "outside_area"


def test_the_asked_office_can_say_that_it_cannot() -> None:
    recommendation = scenes.recommended()
    lender = somebody_there()
    asked = ask(recommendation.application_id)
    give_back_hand(by=lender, at=MOMENT, application_id=recommendation.application_id, hand="approver", why="ไม่ว่าง")
    asked.refresh_from_db()
    assert asked.ended_how == "declined"
    assert not sees(lender, recommendation.application_id)


def test_a_hand_lent_to_one_case_opens_no_other() -> None:
    asked_for, other = scenes.recommended(), scenes.recommended()
    lender = somebody_there()
    ask(asked_for.application_id)
    assert refused_with(decide_as(lender, other)) == "outside_area"
    assert guard_that_refuses(decide_rawly(lender, other, office_id=pair().pk)) == "outside_area"
    # Nor does an approver's hand let anybody recommend, or Chiang Mai decide.
    assert sees(lender, asked_for.application_id)
    assert not sees(lender, other.application_id)
    chiang_mai = decide_rawly(OTHER_APPROVER, asked_for, office_id=office_id("CMI-DPC"))
    assert guard_that_refuses(chiang_mai) == "outside_area"


def test_who_may_not_decide_may_not_by_lending_either() -> None:
    """Borrowing widens the area and nothing else: two hands, kinship and delegation hold as ever."""
    recommendation = scenes.recommended()
    ask(recommendation.application_id)
    assert SOCIAL_WORKER.id is not None
    somebody_there()
    give_duty(SOCIAL_WORKER.id, "approver", pair().code)
    as_lender = Actor("staff", SOCIAL_WORKER.id, "คนเดียวกัน", "approver", pair().code)
    assert refused_with(decide_as(as_lender, recommendation)) == "same_hands"
    assert guard_that_refuses(decide_rawly(as_lender, recommendation, office_id=pair().pk)) == "same_hands"


def test_a_lent_verifier_recommends_and_then_sees_it_no_more() -> None:
    application = scenes.verified()
    lender = somebody_there("social_worker")
    attempt = partial(
        recommend,
        by=lender,
        at=MOMENT,
        application_id=application.pk,
        outcome="approve",
        why=WHY,
        amount_satang=100_000,
    )
    assert refused_with(attempt) == "outside_area"
    assert guard_that_refuses(recommend_rawly(lender, application.pk)) == "outside_area"
    ask(application.pk, "verifier", by=FRONT_DESK)
    assert sees(lender, application.pk)
    recommendation = attempt()
    assert recommendation.office_id == centre().pk, "the case stays with its office, so its own approver goes on"
    assert not sees(lender, application.pk)
    decide_as(APPROVER, recommendation)()


def test_a_verifiers_hand_decides_nothing() -> None:
    application = scenes.verified()
    somebody_there("social_worker")
    ask(application.pk, "verifier")
    lender = somebody_there()
    recommendation = recommend(
        by=SOCIAL_WORKER, at=MOMENT, application_id=application.pk, outcome="approve", why=WHY, amount_satang=100_000
    )
    assert BorrowedHand.objects.get(case_id=application.pk).ended_how == "not_needed"
    assert guard_that_refuses(decide_rawly(lender, recommendation, office_id=pair().pk)) == "outside_area"


def test_it_waits_in_the_lenders_list_and_not_in_that_of_strangers() -> None:
    recommendation = scenes.recommended()
    lender = somebody_there()
    account = Account.objects.get(pk=lender.id)
    assert recommendation not in awaiting_decision(viewer_of(account))
    ask(recommendation.application_id)
    assert recommendation in awaiting_decision(viewer_of(account))
    stranger = viewer_of(Account.objects.get(pk=people.MUNICIPAL_APPROVER.account_id))
    assert recommendation not in awaiting_decision(stranger)


def test_moving_or_withdrawing_the_case_ends_the_request() -> None:
    moved, withdrawn = scenes.recommended(), scenes.recommended()
    somebody_there()
    first, second = ask(moved.application_id), ask(withdrawn.application_id)
    transfer_application(
        by=APPROVER, at=MOMENT, application_id=moved.application_id, to_office_id=office_id("CMI-DPC"), why="ย้ายบ้าน"
    )
    withdraw_application(by=SOCIAL_WORKER, at=MOMENT, application_id=withdrawn.application_id)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ended_how, second.ended_how) == ("moved", "closed")


def test_asking_twice_is_asking_once_and_two_offices_are_not_asked_at_once() -> None:
    recommendation = scenes.recommended()
    somebody_there()
    first = ask(recommendation.application_id)
    assert ask(recommendation.application_id, by=APPROVER) == first
    headquarters = Office.objects.get(kind="headquarters")
    assert refused_with(lambda: ask(recommendation.application_id, from_office_id=headquarters.pk)) == "nobody_there"
    give_duty(people.AUDITOR.account_id, "approver", headquarters.code)
    again = lambda: ask(recommendation.application_id, from_office_id=headquarters.pk)  # noqa: E731
    assert refused_with(again) == "hand_asked_already"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"why": " "}, "why_is_missing"),
        ({"by": OTHER_APPROVER}, "outside_area"),
        ({"from_office_id": office_id("CMI-DPC")}, "not_a_lender"),
        ({"hand": "verifier"}, "hand_not_waited_for"),
    ],
)
def test_what_is_refused(changed: dict[str, Any], code: str) -> None:
    recommendation = scenes.recommended()
    somebody_there()
    said = {"hand": "approver"} | changed
    assert refused_with(lambda: ask(recommendation.application_id, **said)) == code


def test_nothing_is_asked_for_before_its_time_or_after() -> None:
    somebody_there()
    assert refused_with(lambda: ask(scenes.verified().pk)) == "hand_not_waited_for"
    decided = scenes.approved()
    assert refused_with(lambda: ask(decided.application_id)) == "case_is_closed"


def ask_rawly(application_id: UUID, **changed: Any) -> None:
    insert(
        BorrowedHand,
        **{
            "case_id": application_id, "hand": "approver", "asking_office_id": centre().pk, "from_office_id": pair().pk,
            "asked_by_id": SOCIAL_WORKER.id, "asked_at": MOMENT, "why": "x",
        } | changed,
    )  # fmt: skip


def test_raw_sql_borrows_from_no_other_office_and_in_nobodys_name() -> None:
    case = scenes.recommended().application_id
    chiang_mai = office_id("CMI-DPC")
    assert guard_that_refuses(lambda: ask_rawly(case, from_office_id=chiang_mai)) == "not_a_lender"
    assert guard_that_refuses(lambda: ask_rawly(case, asked_by_id=OTHER_APPROVER.id)) == "outside_area"
    assert guard_that_refuses(lambda: ask_rawly(case, hand="releaser")) == "access_borrowed_kind"
    assert guard_that_refuses(lambda: ask_rawly(case, why="")) == "access_borrowed_says_why"
    assert guard_that_refuses(lambda: ask_rawly(case, ended_at=MOMENT, ended_how="used")) == "borrowed_stays"
    ask_rawly(case)
    assert guard_that_refuses(lambda: ask_rawly(case)) == "access_borrowed_once_at_a_time"


def test_raw_sql_neither_edits_nor_reopens_nor_removes_a_request() -> None:
    recommendation = scenes.recommended()
    somebody_there()
    asked = ask(recommendation.application_id)
    other = uuid4()

    def change(words: str, *values: Any) -> partial[int]:
        return partial(run, f"UPDATE access_borrowedhand SET {words} WHERE id = %s", *values, asked.pk)  # noqa: S608

    assert guard_that_refuses(change("case_id = %s", other)) == "borrowed_stays"
    assert guard_that_refuses(change("hand = 'verifier'")) == "borrowed_stays"
    assert guard_that_refuses(partial(run, "DELETE FROM access_borrowedhand WHERE id = %s", asked.pk)) == "42501"
    give_back_hand(by=APPROVER, at=MOMENT, application_id=recommendation.application_id, hand="approver", why="พอแล้ว")
    assert (
        guard_that_refuses(change("ended_at = NULL, ended_how = '', ended_by_id = NULL, ended_why = ''"))
        == "borrowed_stays"
    )


def test_a_request_of_another_office_for_this_case_opens_nothing() -> None:
    """A row that names the case but not its office (forged, or left from before it moved) is worth nothing."""
    recommendation = scenes.recommended()
    lender = somebody_there()
    udon = pair()
    assert udon.paired_office_id == centre().pk
    give_duty(people.MUNICIPAL_APPROVER.account_id, "approver", udon.code)
    ask_rawly(
        recommendation.application_id, asking_office_id=udon.pk, from_office_id=centre().pk,
        asked_by_id=people.MUNICIPAL_APPROVER.account_id,
    )  # fmt: skip
    assert guard_that_refuses(decide_rawly(lender, recommendation, office_id=udon.pk)) == "outside_area"


def test_the_demo_has_somebody_in_the_paired_office() -> None:
    there = people.PAIRED_APPROVER
    assert there.duties[0].office_id == pair().pk
    recommendation = scenes.recommended()
    ask(recommendation.application_id)
    decided = decide(
        by=scenes.actor(there), at=MOMENT, application_id=recommendation.application_id, outcome="approve", why=""
    )
    assert decided.office_id == pair().pk
    assert Recommendation.objects.get(pk=recommendation.pk).office_id == centre().pk
