"""Does a committee decide with a quorum of people who may take part, through its chair, with minutes that stay?"""

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from phueng.access.models import Hand
from phueng.decisions.actions import (
    call_meeting,
    close_meeting,
    put_on_agenda,
    record_attendance,
    recuse,
    resolve_item,
)
from phueng.decisions.models import AgendaItem, Attendance, Decision, Meeting, Recommendation
from phueng.decisions.tests import scenes
from phueng.decisions.tests.factories import centre
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.decisions.tests.scenes import APPROVER, MOMENT, RELATED_APPROVER, SOCIAL_WORKER, WHY
from phueng.decisions.tests.test_guards import give_duty
from phueng.demo import people

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"by": APPROVER, "at": MOMENT}
MAKER = people.FINANCE_MAKER.account_id
CHECKER = people.FINANCE_CHECKER.account_id


def id_of(actor: Any) -> UUID:
    assert actor.id is not None
    return UUID(str(actor.id))


def meeting(*members: UUID, quorum: int = 3) -> Meeting:
    """A meeting of the centre, chaired by the approver."""
    called = call_meeting(**SAID, office_id=centre().pk, scheme_code="family", held_at=MOMENT, quorum=quorum)
    record_attendance(**SAID, meeting_id=called.pk, member_ids=members, chair_id=id_of(APPROVER))
    return called


def member(account_id: UUID) -> UUID:
    give_duty(account_id, "approver")
    return account_id


def item_of(called: Meeting, recommendation: Recommendation | None = None) -> AgendaItem:
    recommendation = recommendation or scenes.recommended()
    return put_on_agenda(**SAID, meeting_id=called.pk, recommendation_id=recommendation.pk)


def test_a_quorum_resolves_through_its_chair_and_the_case_is_decided() -> None:
    called = meeting(id_of(RELATED_APPROVER), member(MAKER))
    item = item_of(called)
    resolve_item(**SAID, item_id=item.pk, outcome="approve", note=WHY)
    decision = Decision.objects.get(recommendation=item.recommendation)
    assert (decision.meeting_id, decision.decided_by_id) == (called.pk, APPROVER.id)
    resolve_item(**SAID, item_id=item.pk, outcome="refuse", note="again")
    assert Decision.objects.filter(application=item.recommendation.application).count() == 1


def test_the_recommender_the_recused_the_relative_and_other_hands_do_not_count() -> None:
    item_by_grandmother = scenes.recommended(scenes.grandmother())
    called = meeting(id_of(SOCIAL_WORKER), id_of(RELATED_APPROVER), member(MAKER), member(CHECKER))
    related = item_of(called, item_by_grandmother)
    attempt = lambda item: partial(resolve_item, **SAID, item_id=item.pk, outcome="approve", note=WHY)  # noqa: E731
    recuse(**SAID, item_id=related.pk, member_id=MAKER, why="เป็นเพื่อนบ้าน")
    # Five are in the room: the recommender, the grandson and the neighbour do not count.
    assert refused_with(attempt(related)) == "no_quorum"
    other = item_of(called)
    Hand.objects.create(
        case_id=other.recommendation.application_id, hand="recorder", account_id=CHECKER, laid_at=MOMENT
    )
    recuse(**SAID, item_id=other.pk, member_id=MAKER, why="เป็นเพื่อนบ้าน")
    assert refused_with(attempt(other)) == "no_quorum"
    raw = lambda: insert(  # noqa: E731
        Decision, application_id=other.recommendation.application_id, recommendation_id=other.recommendation_id,
        outcome="approved", amount_satang=1, why="x", office_id=centre().pk, decided_at=MOMENT,
        decided_by_id=APPROVER.id, decided_by_name="x", meeting_id=called.pk,
    )  # fmt: skip
    assert guard_that_refuses(raw) == "no_quorum"


def test_only_the_chair_records_and_a_recused_chair_does_not() -> None:
    called = meeting(id_of(RELATED_APPROVER), member(MAKER), member(CHECKER))
    item = item_of(called)
    attempt = partial(resolve_item, by=RELATED_APPROVER, at=MOMENT, item_id=item.pk, outcome="approve", note=WHY)
    assert refused_with(attempt) == "not_the_chair"
    raw = lambda: insert(  # noqa: E731
        Decision, application_id=item.recommendation.application_id, recommendation_id=item.recommendation_id,
        outcome="approved", amount_satang=1, why="x", office_id=centre().pk, decided_at=MOMENT,
        decided_by_id=RELATED_APPROVER.id, decided_by_name="x", meeting_id=called.pk,
    )  # fmt: skip
    assert guard_that_refuses(raw) == "not_the_chair"
    recuse(**SAID, item_id=item.pk, member_id=id_of(APPROVER), why="รู้จักผู้ขอ")
    assert refused_with(partial(resolve_item, **SAID, item_id=item.pk, outcome="approve", note=WHY)) == "same_hands"
    record_attendance(**SAID, meeting_id=called.pk, member_ids=[], chair_id=id_of(RELATED_APPROVER))
    assert Attendance.objects.get(meeting=called, is_chair=True).member_id == RELATED_APPROVER.id
    attempt()
    assert Decision.objects.get(recommendation=item.recommendation).decided_by_id == RELATED_APPROVER.id


def test_what_is_postponed_goes_to_another_meeting() -> None:
    called = meeting(id_of(RELATED_APPROVER), member(MAKER))
    item = item_of(called)
    resolve_item(**SAID, item_id=item.pk, outcome="postpone", note="ขอข้อมูลเพิ่ม")
    assert not Decision.objects.filter(recommendation=item.recommendation).exists()
    later = call_meeting(**SAID, office_id=centre().pk, scheme_code="family", held_at=MOMENT.replace(hour=8), quorum=2)
    assert item_of(later, item.recommendation).position == 1


def test_an_agenda_takes_open_cases_of_its_office_and_scheme_only() -> None:
    called = meeting(quorum=2)
    for recommendation in (
        scenes.approved().recommendation,
        scenes.recommended(outcome="wait_budget"),
        scenes.recommended(scheme_code="old_age"),
    ):
        attempt = partial(put_on_agenda, **SAID, meeting_id=called.pk, recommendation_id=recommendation.pk)
        assert refused_with(attempt) == "not_for_this_meeting"
    item = item_of(called)
    assert item_of(called, item.recommendation).pk == item.pk


def test_members_hold_a_duty_in_the_office() -> None:
    called = meeting(quorum=2)
    stranger = partial(record_attendance, **SAID, meeting_id=called.pk, member_ids=[MAKER], chair_id=id_of(APPROVER))
    assert refused_with(stranger) == "not_a_member"


def test_minutes_never_change() -> None:
    called = meeting(id_of(RELATED_APPROVER), member(MAKER))
    item = item_of(called)
    resolve_item(**SAID, item_id=item.pk, outcome="postpone", note="รอข้อมูล")
    assert refused_with(partial(close_meeting, **SAID, meeting_id=called.pk, minutes=" ")) == "why_is_missing"
    close_meeting(**SAID, meeting_id=called.pk, minutes="ประชุม 3 คน เลื่อน 1 เรื่อง")
    close_meeting(**SAID, meeting_id=called.pk, minutes="ประชุม 3 คน เลื่อน 1 เรื่อง")
    assert refused_with(partial(close_meeting, **SAID, meeting_id=called.pk, minutes="อื่น")) == "meeting_closed"
    assert refused_with(partial(item_of, called, scenes.recommended())) == "meeting_closed"
    for statement in (
        "UPDATE decisions_meeting SET minutes = 'x' WHERE id = %s",
        "UPDATE decisions_agendaitem SET note = 'x' WHERE meeting_id = %s",
        "UPDATE decisions_attendance SET is_chair = false WHERE meeting_id = %s",
    ):
        assert guard_that_refuses(partial(run, statement, called.pk)) == "meeting_closed"
    late = partial(insert, Attendance, meeting_id=called.pk, member_id=CHECKER)
    assert guard_that_refuses(late) == "meeting_closed"
    for table in ("decisions_meeting", "decisions_agendaitem", "decisions_attendance"):
        assert guard_that_refuses(partial(run, f"DELETE FROM {table}")) == "42501"  # noqa: S608
