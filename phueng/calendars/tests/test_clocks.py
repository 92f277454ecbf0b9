"""Is a clock due on the right day, whatever happens to it, and can nobody set it back?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phueng.audit.actors import SYSTEM
from phueng.calendars.actions.announce_day import announce_day
from phueng.calendars.actions.pause_clock import pause_clock
from phueng.calendars.actions.recompute_due import recompute_due
from phueng.calendars.actions.resume_clock import resume_clock
from phueng.calendars.actions.start_clock import start_clock
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.calendars.models import Clock, ClockMove, ClockPause
from phueng.calendars.queries import clock_states
from phueng.calendars.tests.factories import ClockFactory, ClockMoveFactory, ClockPauseFactory
from phueng.calendars.work import recompute_deadlines
from phueng.kernel.problems import Refused

BY = SYSTEM("test")
LAW: dict[str, Any] = {"law_th": "ระเบียบ ข้อ 9", "law_en": "Regulation, clause 9", "code": "answer", "by": BY}


def bangkok(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def started(on: datetime, length: int, unit: str, subject_id: UUID | None = None) -> Clock:
    return start_clock(subject_id=subject_id or uuid4(), unit=unit, length=length, at=on, **LAW)


KNOWN = [
    # ten calendar days from 2 March
    (bangkok(2026, 3, 2), 10, "calendar", date(2026, 3, 12)),
    # just after midnight in Bangkok is still the day before in London: the Thai day counts
    (bangkok(2026, 3, 2, 0), 10, "calendar", date(2026, 3, 12)),
    # over Songkran 2026 (13, 14, 15 April) and a weekend
    (bangkok(2026, 4, 10), 3, "working", date(2026, 4, 20)),
    # Songkran 2024 with its bridge day (12) and the day in lieu (16)
    (bangkok(2024, 4, 11), 1, "working", date(2024, 4, 17)),
    # Labour Day is an ordinary day at a government office
    (bangkok(2026, 4, 30), 1, "working", date(2026, 5, 1)),
    # Visakha Bucha in lieu 1 June, the Queen's birthday 3 June
    (bangkok(2026, 5, 29), 2, "working", date(2026, 6, 4)),
]


@pytest.mark.parametrize(("start", "length", "unit", "due_on"), KNOWN)
def test_known_due_days(seeded: None, start: datetime, length: int, unit: str, due_on: date) -> None:
    assert started(start, length, unit).due_on == due_on


def test_starting_twice_is_one_clock(seeded: None) -> None:
    subject_id = uuid4()
    first = started(bangkok(2026, 3, 2), 10, "calendar", subject_id)
    second = started(bangkok(2026, 3, 9), 10, "calendar", subject_id)
    assert (second.id, second.started_at) == (first.id, first.started_at)


def test_days_left_and_late(seeded: None) -> None:
    clock = started(bangkok(2026, 4, 10), 3, "working")
    left = {}
    for on in (date(2026, 4, 10), date(2026, 4, 17), date(2026, 4, 20), date(2026, 4, 22)):
        state = clock_states([clock.subject_id], on)[clock.subject_id]
        left[on.day] = (state.days_left, state.is_late)
    assert left == {10: (3, False), 17: (1, False), 20: (0, False), 22: (-2, True)}


def test_a_pause_moves_the_due_day_and_says_why(seeded: None) -> None:
    clock = started(bangkok(2026, 3, 2), 10, "calendar")
    who = {"subject_id": clock.subject_id, "code": "answer", "by": BY}
    pause_clock(reason_code="waiting_for_citizen", at=bangkok(2026, 3, 4), **who)  # type: ignore[arg-type]
    pause_clock(reason_code="something_else", at=bangkok(2026, 3, 5), **who)  # type: ignore[arg-type]
    waiting = clock_states([clock.subject_id], date(2026, 3, 20))[clock.subject_id]
    assert waiting.is_paused
    assert (waiting.days_left, waiting.is_late, waiting.due_on) == (8, False, date(2026, 3, 28))
    clock = resume_clock(at=bangkok(2026, 3, 7), **who)  # type: ignore[arg-type]
    assert clock.due_on == date(2026, 3, 15)
    assert resume_clock(at=bangkok(2026, 3, 8), **who).due_on == date(2026, 3, 15)  # type: ignore[arg-type]
    (move,) = ClockMove.objects.filter(clock=clock)
    assert (move.due_before, move.due_after, move.why) == (
        date(2026, 3, 12),
        date(2026, 3, 15),
        "pause:waiting_for_citizen",
    )


def test_a_stopped_clock_tells_how_it_ended(seeded: None) -> None:
    clock = started(bangkok(2026, 3, 2), 10, "calendar")
    stopped = stop_clock(subject_id=clock.subject_id, code="answer", why="decided", at=bangkok(2026, 3, 10), by=BY)
    assert stopped is not None
    assert stop_clock(subject_id=clock.subject_id, code="answer", why="again", at=bangkok(2026, 3, 11), by=BY) is None
    state = clock_states([clock.subject_id], date(2026, 6, 1))[clock.subject_id]
    assert (state.stopped_on, state.days_left, state.is_late) == (date(2026, 3, 10), 2, False)
    with pytest.raises(Refused, match="no_running_clock"):
        pause_clock(subject_id=clock.subject_id, code="answer", reason_code="x", at=bangkok(2026, 3, 12), by=BY)


def test_stopping_while_it_stands_still_counts_the_pause(seeded: None) -> None:
    clock = started(bangkok(2026, 3, 2), 10, "calendar")
    who = {"subject_id": clock.subject_id, "code": "answer", "by": BY}
    pause_clock(reason_code="waiting_for_citizen", at=bangkok(2026, 3, 4), **who)  # type: ignore[arg-type]
    stop_clock(why="decided", at=bangkok(2026, 3, 20), **who)  # type: ignore[arg-type]
    state = clock_states([clock.subject_id], date(2026, 6, 1))[clock.subject_id]
    assert (state.due_on, state.is_late, state.is_paused) == (date(2026, 3, 28), False, False)


def test_a_late_announced_day_reaches_running_clocks_only(seeded: None) -> None:
    running = started(bangkok(2026, 3, 4), 3, "working")
    ended = started(bangkok(2026, 3, 4), 3, "working")
    stop_clock(subject_id=ended.subject_id, code="answer", why="decided", at=bangkok(2026, 3, 5), by=BY)
    by_days = started(bangkok(2026, 3, 4), 5, "calendar")
    assert recompute_deadlines() == 0
    announce_day(
        calendar="office",
        on=date(2026, 3, 6),
        name_th="วันหยุดพิเศษ",
        name_en="Special holiday",
        source="cabinet",
        reference="มติสมมติ",
        by=BY,
        at=bangkok(2026, 3, 5),
    )
    assert recompute_deadlines() == 1
    assert recompute_deadlines() == 0
    for clock in (running, ended, by_days):
        clock.refresh_from_db()
    assert (running.due_on, ended.due_on, by_days.due_on) == (
        date(2026, 3, 10),
        date(2026, 3, 9),
        date(2026, 3, 9),
    )
    assert ClockMove.objects.get(clock=running).why == "calendar"
    assert recompute_due(clock_id=ended.id, by=BY, at=bangkok(2026, 3, 6)).due_on == date(2026, 3, 9)


def test_states_of_many_cases_take_one_query(seeded: None, count_queries: Any) -> None:
    clocks = [started(bangkok(2026, 3, 2 + n % 20), n + 1, ("calendar", "working")[n % 2]) for n in range(30)]
    with count_queries() as seen:
        states = clock_states([clock.subject_id for clock in clocks] + [uuid4()], date(2026, 4, 1))
    assert len(seen) == 1
    assert {state.subject_id: state.due_on for state in states.values()} == {c.subject_id: c.due_on for c in clocks}


def test_of_several_clocks_the_one_due_first_is_told(seeded: None) -> None:
    subject_id = uuid4()
    started(bangkok(2026, 3, 2), 20, "calendar", subject_id)
    start_clock(subject_id=subject_id, unit="calendar", length=5, at=bangkok(2026, 3, 2), **(LAW | {"code": "visit"}))
    assert clock_states([subject_id], date(2026, 3, 3))[subject_id].code == "visit"
    stop_clock(subject_id=subject_id, code="visit", why="visited", at=bangkok(2026, 3, 4), by=BY)
    assert clock_states([subject_id], date(2026, 3, 5))[subject_id].code == "answer"


def test_the_count_is_told_in_words(seeded: None) -> None:
    clock = started(bangkok(2026, 4, 10), 3, "working")
    state = clock_states([clock.subject_id], date(2026, 4, 10))[clock.subject_id]
    assert state.computation("th") == (
        "3 วันทำการ นับจากวันถัดจาก 10 เม.ย. 2569 ครบกำหนด 20 เม.ย. 2569 ไม่นับวันหยุดราชการ 3 วัน"
    )
    assert state.computation("en") == (
        "3 working days counted from the day after 10 Apr 2026, so due on 20 Apr 2026; 3 public holidays not counted"
    )
    assert (state.law("th"), state.law("en")) == (LAW["law_th"], LAW["law_en"])


SETTING_BACK = {
    "a later start": {"started_at": bangkok(2026, 3, 5)},
    "more days": {"length": 30},
    "another unit": {"unit": "working"},
    "a later due day without a reason": {"due_on": date(2026, 3, 20)},
    "an earlier due day without a reason": {"due_on": date(2026, 3, 3)},
    "another law": {"law_th": "ระเบียบอื่น"},
    "fewer holidays known": {"calendar_version": 0},
}


@pytest.mark.parametrize("change", SETTING_BACK.values(), ids=SETTING_BACK.keys())
def test_a_clock_cannot_be_set_back(traced: None, change: dict[str, Any]) -> None:
    clock = ClockFactory.create(calendar_version=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(id=clock.id).update(**change)


def test_a_reason_moves_the_due_day_once_and_only_there(traced: None) -> None:
    clock = ClockFactory.create()
    ClockMoveFactory.create(clock=clock)
    with pytest.raises(IntegrityError, match="reason"), transaction.atomic():
        Clock.objects.filter(id=clock.id).update(due_on=date(2026, 3, 15))
    assert Clock.objects.filter(id=clock.id).update(due_on=date(2026, 3, 14)) == 1


def test_a_reason_given_in_an_earlier_transaction_does_not_count(committed_db: Any) -> None:
    from phueng.audit.actions import record

    with transaction.atomic():
        record(by=BY, at=bangkok(2026, 3, 2), act="tests.arrange", subject=("test", uuid4()))
        clock = ClockFactory.create()
        # A writer who dates the reason ahead is not believed either.
        ClockMoveFactory.create(clock=clock, written_at=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(IntegrityError, match="reason"), transaction.atomic():
        Clock.objects.filter(id=clock.id).update(due_on=date(2026, 3, 14))


def test_a_clock_without_a_trace_is_not_committed(committed_db: Any) -> None:
    with pytest.raises(IntegrityError, match="no audit entry"):
        ClockFactory.create()
    assert started(bangkok(2026, 3, 2), 10, "calendar").stopped_at is None


def test_a_stopped_clock_and_an_ended_pause_stay_so(traced: None) -> None:
    clock = ClockFactory.create(stopped_at=bangkok(2026, 3, 5), stopped_why="decided")
    with pytest.raises(IntegrityError, match="stopped clock"), transaction.atomic():
        Clock.objects.filter(id=clock.id).update(stopped_at=None, stopped_why="")
    pause = ClockPauseFactory.create(until_at=bangkok(2026, 3, 6))
    for change in ({"until_at": None}, {"from_at": bangkok(2026, 3, 3)}):
        with pytest.raises(IntegrityError, match="pause only ends"), transaction.atomic():
            ClockPause.objects.filter(id=pause.id).update(**change)
    for row in (clock, pause):
        with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
            row.delete()


def test_pauses_of_a_clock_do_not_overlap(traced: None) -> None:
    pause = ClockPauseFactory.create(until_at=bangkok(2026, 3, 9))
    with pytest.raises(IntegrityError, match="clock_pauses_do_not_overlap"), transaction.atomic():
        ClockPauseFactory.create(clock=pause.clock, from_at=bangkok(2026, 3, 8))
    ClockPauseFactory.create(clock=pause.clock, from_at=bangkok(2026, 3, 9))
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=r"clock_pause_one_open|do_not_overlap"), transaction.atomic():
        ClockPauseFactory.create(clock=pause.clock, from_at=bangkok(2026, 3, 12))


def test_two_clocks_of_a_kind_do_not_run_on_one_case(traced: None) -> None:
    clock = ClockFactory.create()
    with pytest.raises(IntegrityError, match="clock_one_running"), transaction.atomic():
        ClockFactory.create(subject_id=clock.subject_id)
