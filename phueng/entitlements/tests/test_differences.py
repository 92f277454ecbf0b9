"""When a rate is raised for months that are owed already, does everybody get exactly what is missing, once?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from phueng.audit.clock import now
from phueng.entitlements import work
from phueng.entitlements.actions import owe_differences as module
from phueng.entitlements.actions.owe_differences import owe_differences
from phueng.entitlements.amounts import part_of_month
from phueng.entitlements.models import Due, RateEdition
from phueng.entitlements.tests.factories import DueFactory
from phueng.entitlements.tests.test_months import WORKER, allowance, noon, owe
from phueng.registry.tests.factories import HouseholdFactory, PersonFactory

TODAY = date(2026, 12, 15)


@pytest.fixture(autouse=True)
def _traced(request: pytest.FixtureRequest) -> None:
    if "django_db" in {mark.name for mark in request.node.iter_markers()}:
        from phueng.entitlements.tests.test_months import AT, OFFICER, record, uuid

        record(by=OFFICER, at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))


@contextmanager
def rates(monkeypatch: pytest.MonkeyPatch, satang: dict[date, int]) -> Iterator[None]:
    """The rules give these sums for these months, and what was decided for the others."""

    def amounts(_: str, month: date, people: Any) -> dict[Any, int]:
        return {key: satang.get(month, basis[1]) for key, basis in people.items()}

    with monkeypatch.context() as patched:
        patched.setattr(module, "amounts_of", amounts)
        yield


def work_out(on: date = TODAY) -> int:
    return owe_differences(by=WORKER, at=noon(on), scheme_code="old_age").made


def dues() -> list[tuple[Any, int, int]]:
    return list(Due.objects.order_by("month", "nth_difference").values_list("month", "nth_difference", "amount_satang"))


@pytest.mark.django_db
def test_a_raised_month_gets_its_difference_once(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance(PersonFactory(), HouseholdFactory(), date(2026, 10, 1))
    owe(TODAY)
    october, november, december = (date(2026, month, 1) for month in (10, 11, 12))
    with rates(monkeypatch, {november: 80_000, december: 60_000}):
        assert work_out() == 1
        assert work_out() == 0
    assert dues() == [(october, 0, 70_000), (november, 0, 70_000), (november, 1, 10_000), (december, 0, 70_000)]
    with rates(monkeypatch, {november: 85_000}):
        assert work_out() == 1, "a second change adds to the first"
    assert (november, 2, 5_000) in dues()
    late = Due.objects.get(nth_difference=2)
    assert (late.due_on, late.fiscal_year) == (TODAY, 2570)
    assert owe(TODAY) == 0, "a month with differences has fallen due all the same"


@pytest.mark.django_db
def test_the_database_keeps_each_difference_once() -> None:
    known = DueFactory()
    same = {
        "entitlement": known.entitlement,
        "person": known.person,
        "household": known.household,
        "month": known.month,
    }
    DueFactory(**same, nth_difference=1)
    for wrong in ({"nth_difference": 1}, {"nth_difference": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DueFactory(**same, **wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        DueFactory(**same | {"month": None}, ordinal=9, nth_difference=1)


@pytest.mark.django_db
def test_the_worker_goes_through_each_new_edition_of_rates_once(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance(PersonFactory(), HouseholdFactory(), date(2026, 10, 1))
    owe(TODAY)
    assert work.owe_differences() == 0
    assert not RateEdition.objects.filter(done_at=None).exists(), "nothing came before the first"
    with rates(monkeypatch, {date(2026, 10, 1): 90_000}):
        assert work.owe_differences() == 0, "the numbers are the same: nobody is worked out again"
        monkeypatch.setattr(work, "_fingerprint", lambda _: "f" * 64)
        later = now() + timedelta(days=1)
        monkeypatch.setattr(work, "now", lambda: later)
        assert work.owe_differences() == 1
        assert work.owe_differences() == 0
    assert (date(2026, 10, 1), 1, 20_000) in dues()


@given(
    satang=st.integers(1, 10_000_000),
    starts_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    other=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
def test_a_part_of_a_month_is_exact(satang: int, starts_on: date, other: date) -> None:
    month = starts_on.replace(day=1)
    days = _days_in(month)
    exact = Decimal(satang) * (days - starts_on.day + 1) / days
    assert part_of_month(satang, month, starts_on) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert 0 <= part_of_month(satang, month, starts_on) <= satang
    if other.replace(day=1) != month:
        assert part_of_month(satang, other.replace(day=1), starts_on) == satang


def _days_in(month: date) -> int:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (following - month).days


@pytest.mark.django_db
def test_the_first_month_is_paid_by_days_where_the_scheme_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    allowance(PersonFactory(), HouseholdFactory(), date(2026, 11, 16))
    assert owe(date(2026, 11, 30)) == 0, "off: the first whole month is December"
    switched = {"part_schemes": ["old_age"], "part_from": [date(2026, 1, 1)], "part_until": [date(9999, 1, 1)]}
    monkeypatch.setattr("phueng.entitlements.actions.owe_months.paid_in_part", lambda: switched)
    assert owe(date(2026, 11, 30)) == 1
    assert dues() == [(date(2026, 11, 1), 0, 35_000)]
