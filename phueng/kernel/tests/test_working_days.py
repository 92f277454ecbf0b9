"""Is every promised day counted as the law counts it, pauses and holidays included?"""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import working_days as wd
from phueng.kernel.thai_dates import BANGKOK

Unit = Literal["calendar", "working"]
SONGKRAN = frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)})
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
holidays = st.frozensets(days, max_size=60)
units: st.SearchStrategy[Unit] = st.sampled_from(["calendar", "working"])


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BANGKOK)


@given(days, st.integers(-60, 60), holidays)
def test_adding_and_counting_agree(start: date, n: int, off: frozenset[date]) -> None:
    end = wd.add_working_days(start, n, off)
    if n > 0:
        assert wd.is_working_day(end, off)
        assert wd.working_days_between(start, end, off) == n
        assert wd.add_working_days(start, n, sorted(off)) == end
    elif n == 0:
        assert end == start
    else:
        assert wd.is_working_day(end, off)
        assert wd.working_days_between(end - timedelta(days=1), start - timedelta(days=1), off) == -n


@given(days, days, holidays)
def test_counting_is_counting(start: date, end: date, off: frozenset[date]) -> None:
    one_by_one = sum(
        wd.is_working_day(min(start, end) + timedelta(days=d), off) for d in range(1, abs((end - start).days) + 1)
    )
    assert wd.working_days_between(start, end, off) == (one_by_one if end >= start else -one_by_one)


@given(days, holidays)
def test_next_days(day: date, off: frozenset[date]) -> None:
    following = wd.next_working_day(day, off)
    assert following > day
    assert wd.is_working_day(following, off)
    assert wd.working_days_between(day, following, off) == 1
    assert wd.next_bank_day(day, off) == following
    assert wd.working_day_on_or_after(following, off) == following


def test_songkran() -> None:
    assert wd.next_working_day(date(2026, 4, 10), SONGKRAN) == date(2026, 4, 16)
    assert wd.add_working_days(date(2026, 4, 9), 2, SONGKRAN) == date(2026, 4, 16)
    assert wd.next_bank_day(date(2026, 4, 10), [date(2026, 4, 13)]) == date(2026, 4, 14)


def test_the_first_day_is_not_counted() -> None:
    friday = noon(date(2026, 4, 3))
    assert wd.deadline(friday, 10, "calendar", SONGKRAN) == date(2026, 4, 13)
    assert wd.deadline(friday, 10, "calendar", SONGKRAN, rolls_forward=True) == date(2026, 4, 16)
    assert wd.deadline(friday, 6, "working", SONGKRAN) == date(2026, 4, 16)
    assert wd.deadline(friday, 0, "calendar", ()) == date(2026, 4, 3)


def test_the_day_is_the_thai_day() -> None:
    late_evening_in_london = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)
    assert wd.deadline(late_evening_in_london, 1, "calendar", ()) == date(2026, 4, 4)
    with pytest.raises(ValueError, match="time zone"):
        wd.deadline(datetime(2026, 4, 2), 1, "calendar", ())


@given(days, st.integers(0, 60), units, holidays, st.booleans())
def test_without_pauses(start: date, length: int, unit: Unit, off: frozenset[date], rolls: bool) -> None:
    due = wd.deadline(noon(start), length, unit, off, rolls_forward=rolls)
    if unit == "working":
        expected = wd.add_working_days(start, length, off)
    else:
        expected = start + timedelta(days=length)
    assert due >= expected
    assert due == (wd.working_day_on_or_after(expected, off) if rolls else expected)


@given(days, st.integers(1, 30), units, holidays, st.integers(0, 20), st.integers(0, 40))
def test_a_pause_gives_back_exactly_its_days(
    start: date, length: int, unit: Unit, off: frozenset[date], after: int, lasting: int
) -> None:
    paused = start + timedelta(days=after)
    resumed = paused + timedelta(days=lasting)
    plain = wd.deadline(noon(start), length, unit, off)
    due = wd.deadline(noon(start), length, unit, off, [(noon(paused), noon(resumed))])
    if plain <= paused:
        assert due == plain
        return
    used = wd.days_left(paused, start, unit, off)
    assert due == wd.deadline(noon(resumed), length - used, unit, off)


@given(
    days,
    st.integers(1, 30),
    units,
    holidays,
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 15)), max_size=4),
)
def test_overlapping_pauses_are_not_counted_twice(
    start: date, length: int, unit: Unit, off: frozenset[date], stretches: list[tuple[int, int]]
) -> None:
    pauses = [(start + timedelta(days=a), start + timedelta(days=a + b)) for a, b in stretches]
    due = wd.deadline(noon(start), length, unit, off, pauses)
    assert due == wd.deadline(noon(start), length, unit, off, pauses + pauses)
    stopped = {start + timedelta(days=d) for a, b in stretches for d in range(a + 1, a + b + 1)}
    counted = [
        day
        for d in range(1, (due - start).days + 1)
        if (day := start + timedelta(days=d)) not in stopped and (unit == "calendar" or wd.is_working_day(day, off))
    ]
    assert len(counted) == length
    assert counted[-1] == due


def test_an_open_pause_moves_with_the_day() -> None:
    start = date(2026, 6, 1)
    clock = wd.Deadline(noon(start), 10, "calendar", pauses=[(noon(date(2026, 6, 4)), None)])
    assert clock.is_paused
    assert clock.due_on(as_of=date(2026, 6, 4)) == date(2026, 6, 11)
    assert clock.due_on(as_of=date(2026, 6, 20)) == date(2026, 6, 27)
    assert {clock.days_left(date(2026, 6, 4) + timedelta(days=d)) for d in range(30)} == {7}
    with pytest.raises(ValueError, match="as_of"):
        clock.due_on()


def test_days_left() -> None:
    due = date(2026, 4, 16)
    assert wd.days_left(due, date(2026, 4, 10), "calendar") == 6
    assert wd.days_left(due, date(2026, 4, 10), "working", SONGKRAN) == 1
    assert wd.days_left(due, due, "working", SONGKRAN) == 0
    assert wd.days_left(due, date(2026, 4, 20), "calendar") == -4
    assert wd.days_left(due, date(2026, 4, 20), "working", SONGKRAN) == -2


def test_impossible_clocks_are_refused() -> None:
    start = noon(date(2026, 6, 1))
    with pytest.raises(ValueError, match="negative length"):
        wd.Deadline(start, -1, "calendar")
    with pytest.raises(ValueError, match="cannot end before"):
        wd.Deadline(start, 1, "calendar", pauses=[(date(2026, 6, 4), date(2026, 6, 3))])
