"""Does a clock agree with somebody who crosses days off a paper calendar, whatever comes?"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.calendars.clock_states import ClockState, state_from_row

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)


def naive_due_on(
    start: date, length: int, working: bool, off: set[date], pauses: list[tuple[date, date | None]], on: date
) -> date:
    """Cross off one day after the other, as on paper."""
    day, crossed = start, 0
    while crossed < length:
        day += DAY
        stands_still = any(since < day <= (until if until is not None else on) for since, until in pauses)
        closed = working and (day.weekday() >= 5 or day in off)
        if not stands_still and not closed:
            crossed += 1
    while any(since <= day < (until if until is not None else on) for since, until in pauses):
        # Stopped on the last day: that day goes on being the last one until the clock runs again.
        day += DAY
        while working and (day.weekday() >= 5 or day in off):
            day += DAY
    return day


def naive_days_left(due: date, on: date, working: bool, off: set[date]) -> int:
    """Cross off from today to the due day, or back."""
    sign = 1 if due >= on else -1
    low, high = min(due, on), max(due, on)
    days = [low + DAY * n for n in range(1, (high - low).days + 1)]
    return sign * sum(not working or (day.weekday() < 5 and day not in off) for day in days)


def at_ten(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@st.composite
def situations(draw: st.DrawFn) -> tuple[date, int, bool, set[date], list[tuple[date, date | None]], date]:
    start = FIRST + DAY * draw(st.integers(0, 300))
    off = {FIRST + DAY * n for n in draw(st.sets(st.integers(0, 420), max_size=60))}
    # Pauses in order, not overlapping: gaps and lengths in turn; the last may still be open.
    pauses: list[tuple[date, date | None]] = []
    day = start
    steps: list[tuple[int, int]] = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
    for gap, length in steps:
        since = day + DAY * gap
        day = since + DAY * length
        pauses.append((since, day))
    if pauses and bool(draw(st.booleans())):
        pauses[-1] = (pauses[-1][0], None)
    on = day + DAY * draw(st.integers(0, 40))
    return start, draw(st.integers(1, 40)), draw(st.booleans()), off, pauses, on


def as_row(
    start: date, length: int, working: bool, off: set[date], pauses: list[tuple[date, date | None]]
) -> tuple[object, ...]:
    """The row as the query gives it; the stored due day counts closed pauses only."""
    closed = [pause for pause in pauses if pause[1] is not None]
    stored = naive_due_on(start, length, working, off, closed, start)
    unit = "working" if working else "calendar"
    moments = [[at_ten(since), at_ten(until) if until else None] for since, until in pauses]
    return (uuid4(), "answer", unit, length, "ก", "a", at_ten(start), stored, None, moments, sorted(off))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_a_clock_agrees_with_a_paper_calendar(
    situation: tuple[date, int, bool, set[date], list[tuple[date, date | None]], date],
) -> None:
    start, length, working, off, pauses, on = situation
    state = state_from_row(as_row(start, length, working, off, pauses), on)
    due = naive_due_on(start, length, working, off, pauses, on)
    assert state.due_on == due
    assert state.days_left == naive_days_left(due, on, working, off)
    assert state.is_late == (on > due)
    if state.is_paused:
        # Who was in time when the clock was stopped does not become late while it stands still.
        assert not state.is_late or due < pauses[-1][0]


def test_the_paper_calendar_itself_is_right() -> None:
    songkran = {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}
    assert naive_due_on(date(2026, 4, 10), 3, True, songkran, [], date(2026, 4, 10)) == date(2026, 4, 20)


@pytest.mark.parametrize(("on", "late"), [(date(2026, 3, 12), False), (date(2026, 3, 13), True)])
def test_the_last_day_is_still_in_time(on: date, late: bool) -> None:
    state: ClockState = state_from_row(as_row(date(2026, 3, 2), 10, False, set(), []), on)
    assert state.is_late is late
