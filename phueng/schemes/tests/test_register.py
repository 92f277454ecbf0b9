"""Does a whole register get the same answers as each of its people, and does nothing unknown ever become a
yes?
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from phueng.schemes.catalogue import scheme, schemes
from phueng.schemes.evaluate import (
    amount_for_month,
    amounts_for_month,
    columns_used,
    decide,
    decide_register,
    first_month_due,
)
from phueng.schemes.facts import COLUMNS, Fact

TODAY = date(2026, 11, 20)
TYPES = {"boolean": pl.Boolean, "date": pl.Date, "money": pl.Int64, "count": pl.Int64, "text": pl.String}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.none() | st.booleans() | st.booleans(),
    "date": st.none() | st.dates(date(1920, 1, 1), date(2026, 11, 20)),
    "money": st.none() | st.integers(0, 12_000_000),
    "count": st.none() | st.integers(0, 4),
}
TEXTS: dict[str, st.SearchStrategy[Any]] = {
    "born_on_precision": st.sampled_from([None, "day", "month", "year"]),
    "hardship": st.sampled_from([None, "no_home", "other", "not_in_hardship"]),
}


def people(code: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    columns = columns_used(scheme(code))
    values = {name: TEXTS[name] if name in TEXTS else VALUES[COLUMNS[name].kind] for name in columns}
    one = st.fixed_dictionaries(values)
    return st.lists(one, min_size=1, max_size=8)


def register(code: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema: dict[str, Any] = {name: TYPES[COLUMNS[name].kind] for name in columns_used(scheme(code))}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(pl.Series("person", range(len(rows))))


def facts(row: dict[str, Any]) -> dict[str, Fact]:
    return {code: Fact(value, "register", TODAY) for code, value in row.items()}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_register_answers_as_each_of_its_people(data: st.DataObject) -> None:
    for one in schemes():
        rows = data.draw(people(one.code))
        answered = decide_register(one, register(one.code, rows), TODAY)
        assert answered["person"].to_list() == list(range(len(rows)))
        for row, answer in zip(rows, answered.iter_rows(named=True), strict=True):
            decision = decide(one, facts(row), TODAY)
            outcome = {True: "eligible", False: "not_eligible", None: "cannot_tell"}[answer["eligible"]]
            assert decision.outcome == outcome
            assert decision.amount_satang == answer["amount_satang"]
            assert [reason.code for reason in decision.failed()] == answer["failed"]
            assert [reason.code for reason in decision.unknown()] == answer["unknown"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_months_of_a_register_are_the_months_of_its_people(data: st.DataObject) -> None:
    month = data.draw(st.dates(date(2015, 1, 1), date(2027, 12, 1)))
    for code in ("old_age", "disability"):
        rows = data.draw(people(code))
        totals = amounts_for_month(scheme(code), register(code, rows), month)["amount_satang"].to_list()
        assert totals == [amount_for_month(scheme(code), facts(row), month) for row in rows]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_an_answer_is_a_yes_only_when_every_reason_is(data: st.DataObject) -> None:
    for one in schemes():
        for row in data.draw(people(one.code)):
            decision = decide(one, facts(row), TODAY)
            answers = [reason.passed for reason in decision.reasons]
            expected = "not_eligible" if False in answers else "cannot_tell" if None in answers else "eligible"
            assert decision.outcome == expected
            assert decision.outcome == "eligible" or decision.amount_satang is None


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_learning_one_more_fact_never_turns_a_no_into_a_yes(data: st.DataObject) -> None:
    for one in schemes():
        row = data.draw(people(one.code))[0]
        hidden = data.draw(st.sampled_from([name for name in row if name != "born_on_precision"]))
        before = decide(one, facts({**row, hidden: None}), TODAY)
        after = decide(one, facts(row), TODAY)
        if before.outcome != "cannot_tell":
            assert after.outcome == before.outcome


@given(st.dates(date(1930, 1, 1), date(2008, 12, 31)), st.dates(date(2010, 1, 1), date(2026, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_the_allowance_never_falls_with_age_and_starts_after_both_days(born: date, registered: date) -> None:
    known = facts({"born_on": born, "registered_on": registered})
    first = first_month_due(scheme("old_age"), known, on=TODAY)
    assert first is not None
    assert first.day == 1
    assert first > registered
    assert (first.year, first.month) > (born.year + 60, born.month)
    due = [amount_for_month(scheme("old_age"), known, date(year, 10, 1)) or 0 for year in range(2012, 2040)]
    assert due == sorted(due)


def test_a_fact_that_nobody_supplied_is_unknown_for_everyone() -> None:
    answered = decide_register(scheme("family"), pl.DataFrame({"person": ["a"], "is_alive": [True]}), TODAY)
    assert answered["eligible"].to_list() == [None]
    assert answered["unknown"].to_list() == [["adult", "in_hardship", "low_income", "grants_left"]]


def test_a_lazy_register_and_a_what_if() -> None:
    frame = pl.LazyFrame({"born_on": [date(1956, 10, 1)], "registered_on": [date(2020, 1, 1)]})
    assert amounts_for_month(scheme("old_age"), frame, TODAY)["amount_satang"].to_list() == [60000]
    family = scheme("family")
    poor = {
        "is_alive": True,
        "born_on": date(1980, 1, 1),
        "hardship": "other",
        "household_income_year_satang": 11_000_000,
        "grants_this_fiscal_year": 0,
        "proposed_amount_satang": 250_000,
    }
    raised = family.parameters.replaced({"family_income_ceiling": 120000})
    assert decide(family, facts(poor), TODAY).outcome == "not_eligible"
    assert decide(family, facts(poor), TODAY, raised).outcome == "eligible"


def test_a_missing_day_leaves_the_first_month_unknown() -> None:
    old_age = scheme("old_age")
    registered_only = facts({"registered_on": date(2026, 1, 5)})
    assert first_month_due(old_age, registered_only) is None
    assert amount_for_month(old_age, registered_only, TODAY) is None
    assert first_month_due(old_age, facts({"born_on": date(1950, 1, 1)})) is None
