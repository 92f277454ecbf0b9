"""Is a single sum granted at most as often as the fiscal year allows, even when twenty officers grant at once?"""

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.entitlements.actions import end, grant, resume, suspend
from phueng.entitlements.models import Due, Entitlement
from phueng.entitlements.queries import dues_payable, entitlements_of, times_granted
from phueng.entitlements.tests.factories import AT
from phueng.kernel.problems import Refused
from phueng.registry.tests.factories import HouseholdFactory, PersonFactory

OFFICER = Actor("staff", uuid.uuid4(), "ผู้อนุมัติ", "approver", "KKN-DPC")
DAY = date(2026, 11, 2)


def arranged() -> tuple[Any, Any]:
    """A person and a household, with the entry the database asks for."""
    with transaction.atomic():
        record(by=OFFICER, at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))
        return PersonFactory(), HouseholdFactory()


def family_grant(
    person_id: uuid.UUID, household_id: uuid.UUID, decision_id: uuid.UUID | None = None, **other: Any
) -> Entitlement:
    wanted: dict[str, Any] = {
        "decision_id": decision_id or uuid.uuid4(), "scheme_code": "family", "kind": "lump_sum", "person_id": person_id,
        "household_id": household_id, "office_code": "KKN-DPC", "amount_satang": 300_000, "starts_on": DAY,
    }  # fmt: skip
    return grant(by=OFFICER, at=AT, **{**wanted, **other})


@pytest.mark.django_db
def test_three_times_a_fiscal_year_and_not_a_fourth() -> None:
    person, house = arranged()
    for _ in range(3):
        family_grant(person.pk, house.pk)
    with pytest.raises(Refused) as refusal:
        family_grant(person.pk, house.pk)
    assert refusal.value.problem.code == "cap_reached"
    assert times_granted(house.pk, "family", 2570) == 3
    assert Entitlement.objects.filter(household=house).count() == 3, "a refused grant leaves nothing behind"
    family_grant(person.pk, house.pk, starts_on=date(2027, 10, 1))
    assert times_granted(house.pk, "family", 2571) == 1, "the next fiscal year counts from one"


@pytest.mark.django_db
def test_the_same_decision_grants_once() -> None:
    person, house = arranged()
    decision = uuid.uuid4()
    assert family_grant(person.pk, house.pk, decision).pk == family_grant(person.pk, house.pk, decision).pk
    assert Due.objects.filter(household=house).count() == 1
    with pytest.raises(Refused) as refusal:
        family_grant(person.pk, house.pk, decision, amount_satang=200_000)
    assert refusal.value.problem.code == "granted_otherwise"


@pytest.mark.django_db
def test_a_monthly_grant_makes_no_due_by_itself() -> None:
    person, house = arranged()
    monthly = family_grant(person.pk, house.pk, scheme_code="old_age", kind="monthly", amount_satang=70_000)
    assert not Due.objects.filter(entitlement=monthly).exists()


def at_once(work: Callable[[], None], people: int) -> list[BaseException]:
    """Run the same thing in many threads that start together; what they raised comes back."""
    raised: list[BaseException] = []
    gate = threading.Barrier(people)

    def one() -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_twenty_officers_at_once_grant_exactly_three(committed_db: object) -> None:
    person, house = arranged()
    family_grant(person.pk, house.pk)
    family_grant(person.pk, house.pk)
    raised = at_once(lambda: _ignore(family_grant(person.pk, house.pk)), 20)
    assert times_granted(house.pk, "family", 2570) == 3
    assert len(raised) == 19
    assert all(isinstance(error, Refused) and error.problem.code == "cap_reached" for error in raised)


def test_negative_control_counting_before_inserting_grants_too_often(committed_db: Any) -> None:
    """The same race without the constraint, written the way one would write it first: it must over-grant."""
    import psycopg

    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE naive_due (household uuid, ordinal int)")
        owner.execute("GRANT SELECT, INSERT ON naive_due TO phueng_app")
    house = uuid.uuid4()
    looked = threading.Barrier(20)

    def naive() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM naive_due WHERE household = %s", [house])
            already = cursor.fetchone()[0]
            looked.wait()
            if already < 3:
                cursor.execute("INSERT INTO naive_due VALUES (%s, %s)", [house, already + 1])

    assert at_once(naive, 20) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM naive_due")
        assert cursor.fetchone()[0] > 3, "if this fails, the race above proves nothing"


def _ignore(_: object) -> None:
    return None


@pytest.mark.django_db
def test_what_was_granted_is_never_edited() -> None:
    person, house = arranged()
    given = family_grant(person.pk, house.pk)
    for statement in (
        "UPDATE entitlements_entitlement SET amount_satang = 1 WHERE id = %s",
        "DELETE FROM entitlements_due WHERE entitlement_id = %s",
        "UPDATE entitlements_due SET amount_satang = 1 WHERE entitlement_id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [given.pk])


@pytest.mark.django_db
def test_a_due_is_not_payable_while_held_after_ending_or_after_death() -> None:
    person, house = arranged()
    given = family_grant(person.pk, house.pk)
    assert [due.entitlement_id for due in dues_payable("family", ["KKN-DPC"], DAY)] == [given.pk]
    assert not dues_payable("family", ["UDN-DPC"], DAY).exists()
    assert not dues_payable("family", ["KKN-DPC"], date(2026, 11, 1)).exists(), "not before it is due"
    suspend(by=OFFICER, at=AT, entitlement_id=given.pk, reason_code="account", why="ชื่อบัญชีไม่ตรง", starts_on=DAY)
    assert not dues_payable("family", ["KKN-DPC"], DAY).exists()
    resume(by=OFFICER, at=AT, entitlement_id=given.pk, ends_before=DAY)
    assert dues_payable("family", ["KKN-DPC"], DAY).exists()
    person.died_on = date(2026, 11, 1)
    person.save()
    assert not dues_payable("family", ["KKN-DPC"], DAY).exists()
    person.died_on = None
    person.save()
    end(by=OFFICER, at=AT, entitlement_id=given.pk, reason_code="decision", why="อุทธรณ์แล้วเพิกถอน", ends_before=DAY)
    assert not dues_payable("family", ["KKN-DPC"], DAY).exists()


@pytest.mark.django_db
def test_holding_resuming_and_ending_twice_change_nothing() -> None:
    person, house = arranged()
    given = family_grant(person.pk, house.pk, scheme_code="old_age", kind="monthly")
    told: dict[str, Any] = {"by": OFFICER, "at": AT, "entitlement_id": given.pk}
    first = suspend(**told, reason_code="moved", why="ย้าย", starts_on=DAY)
    assert suspend(**told, reason_code="moved", why="ย้าย", starts_on=DAY).pk == first.pk
    with pytest.raises(Refused) as refusal:
        resume(**told, ends_before=date(2026, 11, 1))
    assert refusal.value.problem.code == "day_before_hold"
    resume(**told, ends_before=DAY)
    assert resume(**told, ends_before=DAY) is None
    ending = end(**told, reason_code="move", why="ย้ายออก", ends_before=date(2026, 12, 1))
    assert end(**told, reason_code="death", why="เสียชีวิต", ends_before=DAY).pk == ending.pk
    with pytest.raises(Refused) as after_end:
        suspend(**told, reason_code="moved", why="ย้าย", starts_on=DAY)
    assert after_end.value.problem.code == "entitlement_ended"
    card = entitlements_of([person.pk])[person.pk][0]
    assert (card.standing(DAY), card.standing(date(2026, 12, 1))) == ("running", "ended")


def test_an_entitlement_without_its_trace_does_not_commit(committed_db: object) -> None:
    person, house = arranged()
    with pytest.raises(DatabaseError, match="left no audit entry"), transaction.atomic():
        Entitlement.objects.create(
            scheme_code="old_age", person=person, household=house, decision_id=uuid.uuid4(), office_code="X",
            kind="monthly", amount_satang=1, starts_on=DAY, fiscal_year=2570,
            granted_at=datetime(2026, 11, 2, tzinfo=UTC), granted_by_id=uuid.uuid4(),
        )  # fmt: skip
