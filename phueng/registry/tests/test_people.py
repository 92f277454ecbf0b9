"""Is a person registered once, is no fact overwritten, and does a merge mean the same person everywhere?"""

import threading
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.access.tests.factories import AccountFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.kernel.national_id import demo_national_id
from phueng.kernel.problems import Refused
from phueng.places.tests.factories import SubdistrictFactory
from phueng.registry import actions, queries
from phueng.registry.models import Circumstance, Identifier, Membership, Person, SamePerson
from phueng.registry.tests.factories import (
    AT,
    BankAccountFactory,
    CircumstanceFactory,
    HouseholdFactory,
    IdentifierFactory,
    MembershipFactory,
    PersonFactory,
    PersonNameFactory,
    PhoneFactory,
    RelationFactory,
)

BY = SYSTEM("test")
TOLD: dict[str, Any] = {"by": BY, "at": AT, "source": "test"}
ON = date(2026, 11, 2)
NAME = {"title": "นาง", "first_name": "บุญมี", "last_name": "ทดสอบ"}


@pytest.fixture(autouse=True)
def _traced(request: pytest.FixtureRequest) -> None:
    if "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
        record(by=BY, at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))


def merge(one: Any, into: Any) -> SamePerson:
    return actions.say_same_person(by=BY, at=AT, person_id=one.pk, canonical_person_id=into.pk, why="คนเดียวกัน")


def test_a_number_is_one_person_under_whatever_name() -> None:
    number = demo_national_id(31_000_001)
    first = actions.register_person(**TOLD, **NAME, national_id=number)
    again = actions.register_person(**TOLD, **{**NAME, "first_name": "บุญมาก"}, national_id=number)
    assert first.pk == again.pk == queries.person_by_identifier("national_id", number)
    assert queries.national_id_of(first.pk) == number
    kept = Identifier.objects.get(person=first)
    assert number.encode() not in bytes(kept.blind_index or b"")
    assert kept.is_checksum_right is True


def test_twelve_doors_at_once_register_one_person(committed_db: object) -> None:
    number, found, raised = demo_national_id(31_000_002), set(), []
    gate = threading.Barrier(12)

    def register() -> None:
        try:
            gate.wait()
            found.add(actions.register_person(**TOLD, **NAME, national_id=number).pk)
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    assert len(found) == 1
    assert Person.objects.filter(identifiers__kind="national_id", pk__in=found).count() == 1


def test_a_person_without_a_number_needs_a_reason_and_may_be_many() -> None:
    with pytest.raises(ValueError, match="reason"):
        actions.register_person(**TOLD, **NAME)
    one = actions.register_person(**TOLD, **NAME, no_id_reason="not_registered")
    other = actions.register_person(**TOLD, **NAME, no_id_reason="not_registered")
    assert one.pk != other.pk
    card = queries.person_card(one.pk)
    assert card is not None
    assert (card.full_name, card.masked_id, card.no_id_reason) == ("นางบุญมี ทดสอบ", "", "not_registered")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(person=one, kind="none", reason="", source="test", stated_at=AT)


def test_blanks_are_filled_and_known_facts_stay() -> None:
    person = PersonFactory(sex="", nationality="THA", born_on=None)
    actions.complete_person(
        **TOLD, person_id=person.pk, sex="f", nationality="LAO", born_on=date(1950, 1, 1), born_precision="year"
    )
    person.refresh_from_db()
    assert (person.sex, person.nationality, person.born_on, person.born_precision) == (
        "f",
        "THA",
        date(1950, 1, 1),
        "year",
    )


def test_facts_of_a_day_the_latest_statement_and_merged_records() -> None:
    person, old = PersonFactory(nationality=""), PersonFactory(nationality="THA", born_on=date(1940, 1, 1))
    CircumstanceFactory(
        person=person, code="has_state_pension", value=True, starts_on=date(2020, 1, 1), ends_before=date(2026, 1, 1)
    )
    CircumstanceFactory(person=old, code="has_state_welfare_card", value=True)
    assert "has_state_welfare_card" not in queries.facts_of(person.pk, ON)
    merge(old, person)
    facts = queries.facts_of(person.pk, ON)
    assert facts["has_state_welfare_card"].value is True
    assert facts["nationality"].value == "THA", "a blank of the canonical record is filled by the merged one"
    assert facts["born_on"].value == person.born_on, "what the canonical record knows stays"
    assert "has_state_pension" not in facts, "it ended"
    assert queries.facts_of(person.pk, date(2025, 1, 1))["has_state_pension"].value is True
    assert queries.facts_of_many([old.pk, person.pk], ON)[old.pk] == facts


def test_what_people_say_of_themselves_gives_way_to_an_agency_even_when_said_later() -> None:
    person = PersonFactory()
    CircumstanceFactory(person=person, code="has_state_pension", value=True, source="oss")
    CircumstanceFactory(
        person=person, code="has_state_pension", value=False, source="applicant", stated_at=AT + timedelta(days=1)
    )
    fact = queries.facts_of(person.pk, ON)["has_state_pension"]
    assert (fact.value, fact.source) == (True, "oss")


def test_the_same_statement_is_kept_once() -> None:
    person = PersonFactory()
    for _ in range(2):
        actions.state_name(**TOLD, person_id=person.pk, **NAME)
        actions.state_phone(**TOLD, person_id=person.pk, number="+66812345678")
        actions.state_account(
            **TOLD, person_id=person.pk, bank_code="006", number="1234567890", holder_name="บุญมี ทดสอบ"
        )
        actions.state_circumstance(**TOLD, person_id=person.pk, code="has_disability_card", value=True, starts_on=ON)
    card = queries.person_card(person.pk)
    assert card is not None
    assert card.phones == ("+66812345678",)
    assert Circumstance.objects.filter(person=person).count() == 1
    account = queries.payable_account(person.pk)
    assert account is not None
    actions.end_account(by=BY, at=AT, account_id=account.id, why="ปิดบัญชี")
    assert queries.payable_account(person.pk) is None


def test_a_second_date_of_death_is_refused() -> None:
    person = PersonFactory()
    for _ in range(2):
        actions.state_death(**TOLD, person_id=person.pk, died_on=date(2026, 10, 1))
    with pytest.raises(Refused) as refusal:
        actions.state_death(**TOLD, person_id=person.pk, died_on=date(2026, 10, 2))
    assert refusal.value.problem.code == "death_date_differs"


def test_a_move_ends_the_old_membership_and_nobody_lives_twice() -> None:
    person, old, new = PersonFactory(), HouseholdFactory(), HouseholdFactory()
    actions.join_household(**TOLD, person_id=person.pk, household_id=old.pk, starts_on=date(2020, 1, 1))
    actions.join_household(**TOLD, person_id=person.pk, household_id=new.pk, starts_on=ON)
    before, after = queries.household_of(person.pk, date(2026, 11, 1)), queries.household_of(person.pk, ON)
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == (old.pk, new.pk)
    with pytest.raises(Refused) as refusal:
        actions.join_household(**TOLD, person_id=person.pk, household_id=old.pk, starts_on=date(2026, 11, 1))
    assert refusal.value.problem.code == "moved_before_arriving"
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(person=person, household=old, starts_on=ON)
    assert Membership.objects.filter(person=person).count() == 2


def test_a_household_is_found_by_its_code_or_its_exact_address() -> None:
    place = SubdistrictFactory()
    first = actions.register_household(**TOLD, subdistrict_code=place.code, house_code="99000000001")
    assert actions.register_household(**TOLD, subdistrict_code=place.code, house_code="99000000001").pk == first.pk
    stated = actions.register_household(**TOLD, subdistrict_code=place.code, house_no="12/3", moo="4")
    there = {"subdistrict_code": place.code, "house_no": "12/3", "moo": "4"}
    assert queries.household_at(**there) == stated.pk
    assert queries.household_at(**{**there, "moo": "5"}) is None
    assert queries.household_at(subdistrict_code=place.code, house_no="", moo="4") is None


def test_coordinates_outside_thailand_are_refused() -> None:
    house = HouseholdFactory()
    with pytest.raises(Refused) as refusal:
        actions.state_home(
            **TOLD, household_id=house.pk, latitude=102.8, longitude=16.4, accuracy_metres=None, method="gps"
        )
    assert refusal.value.problem.code == "not_in_thailand"


def test_kin_are_housemates_and_relatives_also_through_a_merge() -> None:
    officer, housemate, sister, stranger, other_record = (PersonFactory() for _ in range(5))
    house = HouseholdFactory()
    for one in (officer, housemate):
        MembershipFactory(person=one, household=house)
    RelationFactory(person=sister, other=officer, kind="sibling")
    for one, expected in ((housemate, True), (sister, True), (stranger, False), (other_record, False)):
        assert queries.is_kin(officer.pk, one.pk, ON) is expected
        assert queries.is_kin(one.pk, officer.pk, ON) is expected
    merge(other_record, housemate)
    assert queries.is_kin(officer.pk, other_record.pk, ON)
    account = AccountFactory()
    actions.link_account(by=BY, at=AT, account_id=account.pk, person_id=other_record.pk)
    assert queries.account_person_id(account.pk) == housemate.pk


def test_cards_of_many_people_cost_four_queries(count_queries: Any) -> None:
    people = [PersonFactory() for _ in range(5)]
    for person in people:
        PersonNameFactory(person=person)
        IdentifierFactory(person=person)
        PhoneFactory(person=person)
        BankAccountFactory(person=person)
    with count_queries() as seen:
        cards = queries.person_cards([person.pk for person in people])
    assert len(cards) == 5
    assert len(seen) <= 4
    assert all(1 <= sum(one.isdigit() for one in card.masked_id) <= 5 for card in cards.values()), (
        "the number stays hidden"
    )


def test_a_merge_is_one_row_and_can_be_taken_back() -> None:
    one, other, third = PersonFactory(), PersonFactory(), PersonFactory()
    merge(one, other)
    merge(one, third)  # said of a merged record: its whole group goes along
    assert queries.canonical_id(one.pk) == queries.canonical_id(other.pk) == third.pk
    assert queries.selves_of(other.pk) == {one.pk, other.pk, third.pk}
    with pytest.raises(Refused) as refusal:
        merge(third, one)
    assert refusal.value.problem.code == "already_same_person"
    actions.undo_same_person(by=BY, at=AT, person_id=other.pk, why="คนละคน")
    assert queries.canonical_id(one.pk) == other.pk
    assert queries.canonical_id(third.pk) == third.pk


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_whatever_is_merged_and_undone_everybody_has_one_canonical_record(steps: list[tuple[bool, int, int]]) -> None:
    with transaction.atomic():
        people = [PersonFactory() for _ in range(6)]
        for is_merge, one, other in steps:
            try:
                if is_merge:
                    merge(people[one], people[other])
                else:
                    actions.undo_same_person(by=BY, at=AT, person_id=people[one].pk, why="ทดสอบ")
            except Refused:
                pass
        for person in people:
            canonical = queries.canonical_id(person.pk)
            assert queries.canonical_id(canonical) == canonical, "a canonical record stands for itself"
            selves = queries.selves_of(person.pk)
            assert person.pk in selves
            assert {queries.canonical_id(one) for one in selves} == {canonical}
        transaction.set_rollback(True)


def test_a_fact_without_its_trace_does_not_commit(committed_db: object) -> None:
    with pytest.raises(DatabaseError, match="left no audit entry"), transaction.atomic():
        PersonFactory()
