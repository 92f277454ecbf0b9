"""Are the rules just to the satang: never more than was paid, never more than a month carries, never too late?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.recoveries.numbers import numbers_on, parameters
from phueng.recoveries.rules import (
    CAUSES,
    FAULTS,
    Situation,
    cap_for,
    due_days,
    instalments,
    last_day_to_ask,
    monthly_cap,
    months_later,
    outcome_of,
    years_later,
)
from phueng.recoveries.states import ALLOWED, OVER, STATES, TRANSITIONS, may_follow

DAY = date(2026, 11, 2)
NUMBERS = numbers_on(DAY)
SUMS = st.integers(min_value=1, max_value=50_000_000)
SITUATIONS = st.builds(
    Situation,
    cause=st.sampled_from(CAUSES),
    amount_satang=SUMS,
    returned_satang=st.integers(min_value=0, max_value=60_000_000),
    first_paid_on=st.dates(date(2010, 1, 1), DAY),
    known_on=st.dates(date(2015, 1, 1), DAY),
    on=st.just(DAY),
    fault=st.sampled_from(FAULTS),
    acted_in_good_faith=st.booleans(),
    said_falsely=st.booleans(),
    is_dead=st.booleans(),
    left_satang=st.none() | st.integers(min_value=0, max_value=90_000_000),
    income_satang=st.none() | st.integers(min_value=0, max_value=20_000_000),
    household_size=st.none() | st.integers(min_value=1, max_value=20),
)


def facts(**changed: object) -> Situation:
    said: dict[str, object] = {
        "cause": "wrong_amount", "amount_satang": 100_000, "returned_satang": 0, "first_paid_on": DAY, "known_on": DAY,
        "on": DAY, "fault": "state", "acted_in_good_faith": True, "said_falsely": False,
    }  # fmt: skip
    return Situation(**said | changed)  # type: ignore[arg-type]


def codes(**changed: object) -> tuple[str, int, str]:
    outcome = outcome_of(facts(**changed), NUMBERS)
    return outcome.kind, outcome.asked_satang, outcome.reasons[-1].code


@given(SITUATIONS)
def test_nothing_is_asked_twice_invented_or_left_without_a_reason(one: Situation) -> None:
    outcome = outcome_of(one, NUMBERS)
    still_out = max(one.amount_satang - one.returned_satang, 0)
    assert 0 <= outcome.asked_satang <= still_out
    assert outcome.waived_satang == still_out - outcome.asked_satang
    assert (outcome.kind == "nothing") == (outcome.asked_satang == 0)
    assert all(reason.th and reason.en and reason.code for reason in outcome.reasons)
    assert outcome.reasons


@given(SITUATIONS)
def test_the_dead_and_those_whom_the_money_never_reached_owe_nothing(one: Situation) -> None:
    if one.is_dead or one.cause in ("paid_after_death", "wrong_account"):
        assert outcome_of(one, NUMBERS).asked_satang == 0


@given(SITUATIONS)
def test_what_is_asked_fits_into_the_months_that_the_income_carries(one: Situation) -> None:
    asked = outcome_of(one, NUMBERS).asked_satang
    if asked and one.income_satang is not None and not one.said_falsely:
        cap = monthly_cap(one.income_satang, NUMBERS)
        assert len(instalments(asked, cap)) <= NUMBERS.most_instalments


@given(SUMS, st.integers(min_value=1, max_value=5_000_000))
def test_instalments_sum_exactly_never_above_the_cap_never_negative(asked: int, cap: int) -> None:
    if asked // cap > 5_000:
        cap = asked // 5_000 + 1
    parts = instalments(asked, cap)
    assert sum(parts) == asked
    assert all(0 < part <= cap for part in parts)
    assert len(set(parts[:-1])) <= 1  # only the last one differs
    assert len(due_days(DAY, len(parts))) == len(parts)


@given(SUMS)
def test_an_unknown_income_spreads_the_sum_over_the_default_months(asked: int) -> None:
    parts = instalments(asked, cap_for(asked, None, NUMBERS))
    assert sum(parts) == asked
    assert len(parts) <= NUMBERS.instalments_unknown


@given(st.integers(min_value=0, max_value=100_000_000))
def test_the_cap_never_exceeds_its_share_of_the_income(income: int) -> None:
    cap = monthly_cap(income, NUMBERS)
    assert 0 <= cap * 100 <= income * NUMBERS.instalment_share
    assert cap % 100 == 0


def test_no_instalment_without_money_and_none_of_nothing() -> None:
    assert instalments(0, 100) == ()
    with pytest.raises(ValueError, match="more than nothing"):
        instalments(100, 0)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ("nothing", 0, "only_what_is_left")),
        ({"left_satang": 30_000}, ("part", 30_000, "only_what_is_left")),
        ({"left_satang": 900_000}, ("whole", 100_000, "only_what_is_left")),
        ({"fault": "both"}, ("part", 50_000, "shared_fault")),
        ({"fault": "both", "left_satang": 80_000}, ("part", 80_000, "shared_fault")),
        ({"fault": "person"}, ("whole", 100_000, "no_good_faith")),
        ({"acted_in_good_faith": False}, ("whole", 100_000, "no_good_faith")),
        ({"fault": "person", "income_satang": 500_000, "household_size": 4}, ("nothing", 0, "hardship")),
        ({"fault": "person", "income_satang": 500_000, "household_size": 4, "said_falsely": True},
         ("whole", 100_000, "no_good_faith")),
        ({"fault": "person", "amount_satang": 9_000_000, "income_satang": 1_000_000}, ("part", 3_600_000, "beyond_means")),
        ({"known_on": DAY - timedelta(days=90), "fault": "person"}, ("whole", 100_000, "no_good_faith")),
        ({"known_on": DAY - timedelta(days=91), "fault": "person"}, ("nothing", 0, "too_late_to_revoke")),
        ({"known_on": DAY - timedelta(days=91), "said_falsely": True}, ("whole", 100_000, "no_good_faith")),
        ({"known_on": DAY - timedelta(days=91), "cause": "ended_entitlement", "fault": "person"},
         ("whole", 100_000, "no_good_faith")),
        ({"known_on": date(2025, 11, 1), "cause": "ended_entitlement"}, ("nothing", 0, "too_late_to_claim")),
        ({"first_paid_on": date(2016, 11, 1), "cause": "ended_entitlement"}, ("nothing", 0, "too_late_to_claim")),
        ({"cause": "paid_after_death"}, ("nothing", 0, "estate_not_chased")),
        ({"cause": "wrong_account", "fault": "person"}, ("nothing", 0, "never_reached_them")),
    ],
)  # fmt: skip
def test_situations_that_a_lawyer_can_read(changed: dict[str, object], expected: tuple[str, int, str]) -> None:
    assert codes(**changed) == expected


def test_the_last_day_is_the_earlier_of_the_two() -> None:
    assert last_day_to_ask(facts(first_paid_on=date(2017, 1, 5)), NUMBERS) == date(2027, 1, 5)
    assert last_day_to_ask(facts(), NUMBERS) == date(2027, 11, 2)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_where_they_end(day: date, count: int, expected: date) -> None:
    assert months_later(day, count) == expected


def test_a_leap_day_has_a_birthday_every_year() -> None:
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_every_number_has_a_law_a_first_day_and_words() -> None:
    for name in parameters().names():
        for dated in parameters().history(name):
            assert dated.law.th
            assert dated.law.en
            assert dated.label.th
            assert dated.confidence in ("high", "medium", "general")


def test_the_table_of_steps_is_closed_and_everything_ends() -> None:
    assert all(source not in OVER for source, _ in ALLOWED)
    assert {one for row in TRANSITIONS for one in (row[0], row[2])} == set(STATES)
    for start in STATES:
        reached, todo = {start}, [start]
        while todo:
            here = todo.pop()
            new = {target for source, target in ALLOWED if source == here} - reached
            reached |= new
            todo += new
        assert reached & set(OVER), f"{start} never ends"
    assert may_follow("told", "told")
    assert not may_follow("noted", "decided")
