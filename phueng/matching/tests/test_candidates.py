"""Is somebody who is already here found, and is a stranger left alone?"""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.kernel.national_id import demo_national_id
from phueng.matching.queries import candidates
from phueng.matching.thresholds import Thresholds
from phueng.registry.tests.factories import (
    AT,
    HouseholdFactory,
    IdentifierFactory,
    MembershipFactory,
    PersonFactory,
    PersonNameFactory,
    SamePersonFactory,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
BORN = date(1931, 7, 9)


@pytest.fixture(autouse=True)
def _traced(db: None) -> None:
    record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))


def known(first_name: str, last_name: str, born_on: date | None = BORN, **person: Any) -> Any:
    someone = PersonFactory(born_on=born_on, **person)
    PersonNameFactory(person=someone, first_name=first_name, last_name=last_name)
    return someone


def asked(first_name: str, last_name: str, **other: Any) -> list[Any]:
    return candidates(**{"first_name": first_name, "last_name": last_name, "born_on": BORN, "on": ON, **other})


def test_the_number_finds_a_person_under_any_name() -> None:
    someone = known("สมศรี", "แก้วใส", date(1950, 1, 1))
    number = demo_national_id(700_001)
    IdentifierFactory(person=someone, value=number)
    found = asked("บุญเลิศ", "อื่นเลย", national_id=number)
    assert [(one.person_id, one.why, one.is_likely) for one in found] == [(someone.pk, "same_number", True)]


def test_a_disputed_number_finds_nobody() -> None:
    number = demo_national_id(700_002)
    IdentifierFactory(person=known("สมศรี", "แก้วใส", date(1950, 1, 1)), value=number, is_disputed=True)
    assert asked("บุญเลิศ", "อื่นเลย", national_id=number) == []


def test_a_misspelt_name_with_the_same_birth_date_is_likely_and_comes_first() -> None:
    right = known("ทองใบ", "ศรีสุวรรณ")
    known("ทองใบ", "ศรีสุวรรณ", date(1931, 7, 10))
    known("มาลี", "วงศ์ทอง")
    found = asked("ทองใบ", "ศรีสุวรรณ์")
    assert found[0].person_id == right.pk
    assert found[0].is_likely
    assert found[0].similarity > 0.6
    assert all(one.born_on == BORN for one in found)


def test_a_stranger_born_on_the_same_day_is_not_likely() -> None:
    known("มาลี", "วงศ์ทอง")
    assert not any(one.is_likely for one in asked("ประเสริฐ", "ใจดี"))


def test_a_merged_record_points_to_the_canonical_person_once() -> None:
    old, new = known("ทองใบ", "ศรีสุวรรณ"), known("ทองใบ", "ศรีสุวรณ")
    SamePersonFactory(person=old, canonical=new)
    assert [one.person_id for one in asked("ทองใบ", "ศรีสุวรรณ")] == [new.pk]


def test_a_year_of_birth_meets_those_whose_day_is_not_known() -> None:
    vague = known("ทองใบ", "ศรีสุวรรณ", date(1931, 1, 1), born_precision="year")
    known("ทองใบ", "ศรีสุวรรณ", date(1932, 1, 1), born_precision="year")
    assert [one.person_id for one in asked("ทองใบ", "ศรีสุวรรณ")] == [vague.pk]


def test_the_household_is_shown_and_lowers_the_threshold() -> None:
    someone = known("ทองใบ", "ศรีสุวรรณ")
    house = HouseholdFactory(house_no="12/3", moo="4")
    MembershipFactory(person=someone, household=house)
    (found,) = asked("ทองใบ", "ศรีสุวรรณ", house_code=house.house_code, subdistrict_code=house.subdistrict_id)
    assert (found.is_same_household, found.is_same_subdistrict) == (True, True)
    assert found.household_hint.startswith("12/3 หมู่ 4 ")


def test_it_is_one_statement(count_queries: Callable[..., Any]) -> None:
    known("ทองใบ", "ศรีสุวรรณ")
    with count_queries() as seen:
        asked("ทองใบ", "ศรีสุวรรณ", national_id=demo_national_id(700_003))
    assert len(seen) == 1


LETTERS = st.sampled_from("กขคงจชซดตถทธนบปผพฟมยรลวศสหอ")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 20), letter=LETTERS, how=st.sampled_from(["changed", "dropped", "added"]))
def test_one_wrong_letter_never_hides_a_person(place: int, letter: str, how: str) -> None:
    first, last = "ประเสริฐศักดิ์", "สุวรรณประเสริฐ"
    whole = f"{first} {last}"
    cut = place % len(whole)
    tail = whole[cut:] if how == "added" else whole[cut + 1 :]
    wrong = whole[:cut] + ("" if how == "dropped" else letter) + tail
    with transaction.atomic():
        someone = known(first, last)
        found = asked(wrong, "")
        transaction.set_rollback(True)
    assert [one.person_id for one in found if one.is_likely] == [someone.pk]


def test_thresholds_that_fall_are_refused() -> None:
    with pytest.raises(ValueError, match="must rise"):
        Thresholds(shown_from=0.6, likely_from=0.5, likely_at_the_same_home_from=0.55)
