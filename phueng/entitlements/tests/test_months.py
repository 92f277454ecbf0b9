"""Does every month that is owed fall due, exactly once, whatever is held, ended or merged in between?"""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM, Actor
from phueng.entitlements.actions import end, grant, resume, suspend
from phueng.entitlements.actions.owe_months import owe_months
from phueng.entitlements.models import Due, Ending, Entitlement
from phueng.entitlements.tests.factories import AT, DueFactory
from phueng.entitlements.work import fall_due
from phueng.kernel.problems import Refused
from phueng.registry.actions import say_same_person, undo_same_person
from phueng.registry.queries import canonical_id
from phueng.registry.tests.factories import CircumstanceFactory, HouseholdFactory, PersonFactory

OFFICER = Actor("staff", uuid.uuid4(), "ผู้อนุมัติ", "approver", "M400101")
WORKER = SYSTEM("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _traced(db: None) -> None:
    record(by=OFFICER, at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def allowance(
    person: Any, house: Any, starts_on: date, scheme_code: str = "old_age", satang: int = 70_000
) -> Entitlement:
    return grant(
        by=OFFICER, at=noon(starts_on), decision_id=uuid.uuid4(), scheme_code=scheme_code, kind="monthly",
        person_id=person.pk, household_id=house.pk, office_code="M400101", amount_satang=satang, starts_on=starts_on,
    )  # fmt: skip


def owe(on: date) -> int:
    return owe_months(by=WORKER, at=noon(on)).made


def months_of(entitlement: Entitlement) -> list[tuple[int, int]]:
    return [
        (due.month.month, due.amount_satang)
        for due in Due.objects.filter(entitlement=entitlement).order_by("month")
        if due.month
    ]


def test_months_fall_due_once_and_arrears_come_with_them() -> None:
    given_ = allowance(PersonFactory(), HouseholdFactory(), date(2026, 10, 1))
    assert owe(date(2026, 9, 30)) == 0, "nothing before it starts"
    assert owe(date(2026, 12, 31)) == 3
    assert owe(date(2026, 12, 31)) == 0, "asking again makes nothing"
    assert owe(date(2027, 1, 1)) == 1
    assert months_of(given_) == [(10, 70_000), (11, 70_000), (12, 70_000), (1, 70_000)]
    assert set(Due.objects.filter(entitlement=given_).values_list("fiscal_year", flat=True)) == {2570}


def test_the_rules_raise_the_sum_when_the_step_comes() -> None:
    """Born March 1947: 79 on 30 September 2026, 80 on 30 September 2027: 700 baht, then 800 from October 2027."""
    person = PersonFactory(born_on=date(1947, 3, 1))
    given_ = allowance(person, HouseholdFactory(), date(2027, 9, 1))
    owe(date(2027, 10, 5))
    assert months_of(given_) == [(9, 70_000), (10, 80_000)]


def test_a_register_that_cannot_tell_leaves_the_sum_that_was_decided() -> None:
    unknown = allowance(PersonFactory(born_on=None), HouseholdFactory(), date(2026, 11, 1), satang=60_000)
    carded = PersonFactory(born_on=date(1980, 5, 5))
    CircumstanceFactory(person=carded, code="has_state_welfare_card", value=True)
    card = allowance(carded, HouseholdFactory(), date(2026, 11, 1), "disability", 80_000)
    owe(date(2026, 11, 1))
    assert months_of(unknown) == [(11, 60_000)]
    assert months_of(card) == [(11, 100_000)], "a state welfare card raises the disability allowance"


def test_held_months_rest_and_back_pay_brings_them_back() -> None:
    given_ = allowance(PersonFactory(), HouseholdFactory(), date(2026, 10, 1))
    told: dict[str, Any] = {"by": OFFICER, "at": AT, "entitlement_id": given_.pk}
    suspend(**told, reason_code="moved", why="ตรวจสอบ", starts_on=date(2026, 11, 15))
    owe(date(2027, 2, 1))
    assert [month for month, _ in months_of(given_)] == [10, 11]
    resume(**told, ends_before=date(2027, 1, 15))
    owe(date(2027, 2, 1))
    assert [month for month, _ in months_of(given_)] == [10, 11, 2], "December and January began while it was held"
    other = allowance(PersonFactory(), HouseholdFactory(), date(2026, 10, 1))
    told["entitlement_id"] = other.pk
    suspend(**told, reason_code="error", why="ระงับผิดคน", starts_on=date(2026, 10, 1))
    assert owe(date(2026, 11, 1)) == 0
    resume(**told, ends_before=date(2026, 10, 1))
    assert owe(date(2026, 11, 1)) == 2


def test_a_person_is_owed_the_month_of_death_and_none_after() -> None:
    person = PersonFactory()
    given_ = allowance(person, HouseholdFactory(), date(2026, 10, 1))
    person.died_on = date(2026, 11, 20)
    person.save()
    owe(date(2027, 1, 1))
    assert [month for month, _ in months_of(given_)] == [10, 11]


def test_the_worker_ends_what_a_death_has_ended_once() -> None:
    person = PersonFactory()
    given_ = allowance(person, HouseholdFactory(), date(2026, 10, 1))
    person.died_on = date(2026, 12, 20)
    person.save()
    fall_due()
    fall_due()
    ending = Ending.objects.get(entitlement=given_)
    assert (ending.reason_code, ending.ends_before) == ("death", date(2027, 1, 1))


def test_two_records_of_one_person_owe_a_month_once() -> None:
    one, other = PersonFactory(), PersonFactory()
    house = HouseholdFactory()
    allowance(one, house, date(2026, 10, 1))
    owe(date(2026, 10, 1))
    say_same_person(by=OFFICER, at=AT, person_id=one.pk, canonical_person_id=other.pk, why="คนเดียวกัน")
    allowance(other, house, date(2026, 10, 1))
    assert owe(date(2026, 11, 1)) == 1, "October stands under the merged record already; November is owed once"
    assert set(Due.objects.filter(person__in=[one, other]).values_list("person_id", "month")) == {
        (one.pk, date(2026, 10, 1)), (other.pk, date(2026, 11, 1)),
    }  # fmt: skip
    for wrong in ({"person": one, "month": date(2026, 12, 1)}, {"person": other, "month": date(2026, 10, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DueFactory(entitlement=Entitlement.objects.get(person=other), **wrong)


FIRST = date(2026, 10, 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "suspend", "resume", "end", "merge", "undo", "die", "owe"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 150),
    ),
    min_size=3,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_history_whatever_owes_a_month_twice(steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        people = [PersonFactory() for _ in range(4)]
        house = HouseholdFactory()
        granted: list[Entitlement] = [allowance(people[0], house, FIRST)]
        for step, which, other, days in [*steps, ("owe", 0, 0, 200)]:
            before = set(Due.objects.values_list("pk", flat=True))
            _take(step, people, granted, house, which, other, FIRST + timedelta(days=days))
            _was_right(Due.objects.exclude(pk__in=before))
        assert owe(FIRST + timedelta(days=200)) == 0, "everything owed has fallen due"
        transaction.set_rollback(True)


def _take(
    step: str, people: list[Any], granted: list[Entitlement], house: Any, which: int, other: int, day: date
) -> None:
    told: dict[str, Any] = {"by": OFFICER, "at": noon(day), "entitlement_id": granted[which % len(granted)].pk}
    try:
        if step == "grant":
            granted.append(allowance(people[which], house, day.replace(day=1)))
        elif step == "suspend":
            suspend(**told, reason_code="test", why="ทดสอบ", starts_on=day)
        elif step == "resume":
            resume(**told, ends_before=day)
        elif step == "end":
            end(**told, reason_code="move", why="ทดสอบ", ends_before=day)
        elif step == "merge":
            say_same_person(
                by=OFFICER, at=noon(day), person_id=people[which].pk, canonical_person_id=people[other].pk, why="ทดสอบ"
            )
        elif step == "undo":
            undo_same_person(by=OFFICER, at=noon(day), person_id=people[which].pk, why="ทดสอบ")
        elif step == "die":
            people[which].died_on = day
            people[which].save(update_fields=["died_on"])
        else:
            owe(day)
    except Refused:
        pass  # a step that is refused changes nothing, which is what the end of the test looks at


def _was_right(new: QuerySet[Due]) -> None:
    """What fell due just now was owed, and by nobody else, as far as anybody knew at this moment."""
    everything = list(Due.objects.all())
    for due in new.select_related("entitlement__ending", "person"):
        month = due.month
        assert month is not None
        assert canonical_id(due.person_id) == due.person_id, "a month falls due to the canonical person"
        twins = [
            twin for twin in everything
            if twin.month == month and twin.scheme_code == due.scheme_code and canonical_id(twin.person_id) == due.person_id
        ]  # fmt: skip
        assert [twin.pk for twin in twins] == [due.pk], "the same month, twice, to one person"
        ending = getattr(due.entitlement, "ending", None)
        assert ending is None or month < ending.ends_before
        assert due.person.died_on is None or month <= due.person.died_on
        for hold in due.entitlement.holds.all():
            assert month < hold.starts_on or (hold.ends_before is not None and month >= hold.ends_before)
