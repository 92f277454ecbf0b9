"""Is nobody paid of whom the civil register could not be asked, who died, or who moved away?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from phueng.audit.clock import now, set_clock_offset
from phueng.calendars.queries import holidays
from phueng.decisions.tests.rawly import guard_that_refuses
from phueng.decisions.tests.rawly import run as run_sql
from phueng.demo import people
from phueng.entitlements.actions.owe_months import owe_months
from phueng.entitlements.models import Ending
from phueng.gateways.civil_register.contract import PartialDate
from phueng.gateways.rehearsal import RunningStandIn, running
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import working_day_on_or_after
from phueng.payments import preparing
from phueng.payments.actions import prepare_run
from phueng.payments.exclusions import counted_exclusions
from phueng.payments.models import RegisterWord, Run
from phueng.payments.progress import progress_of_work
from phueng.payments.register import _last_day
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import CITY
from phueng.places.identity import office_id
from phueng.places.queries import subdistrict_codes_of
from phueng.registry.models import Person
from phueng.registry.queries import national_ids_of

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 2, 5, tzinfo=UTC)


def record_of(national_id: str, **changed: Any) -> dict[str, Any]:
    """A person as the register knows them, living in the municipality."""
    here = sorted(subdistrict_codes_of(office_id(people.MUNICIPALITY)))[0]
    plain: dict[str, Any] = {
        "national_id": national_id, "vital_status": "alive", "died": None, "title": "นาง", "first_name": "บุญมี",
        "last_name": "ทดสอบดี", "born": "24910000", "sex": "female", "nationality": "THA",
        "address": {"house_no": "1", "moo": 1, "subdistrict_code": here}, "house_code": None, "household_members": None,
    }  # fmt: skip
    return plain | changed


@pytest.fixture
def register(tmp_path: Path, settings: Any) -> Iterator[RunningStandIn]:
    records = tmp_path / "register.jsonl"
    records.write_text("", encoding="utf-8")
    with running(
        "phueng.gateways.civil_register.fake", "--port", "0", "--records", str(records), "--control"
    ) as stand_in:
        settings.PHUENG_CIVIL_REGISTER_URL = stand_in.addresses[0]
        settings.PHUENG_REGISTER_WORD_HOURS = 24
        yield stand_in


@pytest.fixture(autouse=True)
def _december(db: None) -> None:
    """The allowances decided in November begin in December."""
    set_clock_offset(DECEMBER - now())


def owed(count: int) -> list[tuple[Person, str]]:
    """People with this month's allowance due, and their numbers; the checks of their applications are weeks old."""
    for _ in range(count):
        scenes.approved(scenes.new_applicant(), scheme_code="old_age")
    owe_months(by=scenes.WORKER, at=now(), limit=100)
    with_dues = Person.objects.filter(pk__in=_people_with_dues())
    numbers = national_ids_of([person.pk for person in with_dues])
    return [(person, numbers[person.pk]) for person in with_dues.order_by("pk")]


def _people_with_dues() -> list[Any]:
    from phueng.entitlements.models import Due

    return list(Due.objects.filter(scheme_code="old_age").values_list("person_id", flat=True))


def asked_for() -> Run:
    at = now()
    today = in_bangkok(at).date()
    day = working_day_on_or_after(today, holidays("bank", today, date(today.year + 1, 1, 1)))
    return prepare_run(
        by=CITY["maker"], at=at, scheme_code="old_age", office_id=office_id(people.MUNICIPALITY), effective_on=day
    )


def test_the_run_waits_visibly_until_everybody_was_asked_about(register: RunningStandIn) -> None:
    payees = owed(2)
    for _, number in payees:
        register.steer(upsert=record_of(number))
    register.steer(mode="down")
    run = asked_for()
    assert run.frozen_at is None
    assert preparing.gather_runs() == 0
    progress = progress_of_work(run)
    assert progress is not None
    assert (progress.step, progress.trouble) == ("ask", "register_is_silent")
    assert not run.lines.exists()
    register.steer(mode="ok")
    while preparing.gather_runs():
        pass
    run = Run.objects.get(pk=run.pk)
    assert run.frozen_at is not None
    assert run.line_count == len(payees)
    assert set(RegisterWord.objects.values_list("standing", flat=True)) == {"alive"}
    assert progress_of_work(run) is None


def test_who_was_asked_about_ahead_is_paid_at_once(register: RunningStandIn) -> None:
    for _, number in owed(2):
        register.steer(upsert=record_of(number))
    assert preparing.ask_register() == 2
    assert preparing.ask_register() == 0
    assert asked_for().frozen_at is not None


def test_death_and_move_end_the_entitlement_and_say_why(register: RunningStandIn) -> None:
    (dead, dead_no), (moved, moved_no), (nobody, _), (fine, fine_no) = owed(4)
    register.steer(upsert=record_of(dead_no, vital_status="dead", died="25690900"))
    elsewhere = {"house_no": "9", "moo": 1, "subdistrict_code": "100101"}
    register.steer(upsert=record_of(moved_no, address=elsewhere))
    register.steer(upsert=record_of(fine_no))
    run = asked_for()
    while preparing.gather_runs():
        pass
    run = Run.objects.get(pk=run.pk)
    assert set(run.lines.values_list("person_id", flat=True)) == {fine.pk}
    assert counted_exclusions(run) == {"dead": 1, "moved": 1, "not_in_register": 1}
    assert Person.objects.get(pk=dead.pk).died_on is not None
    assert Ending.objects.get(entitlement__person=moved).reason_code == "move"
    assert RegisterWord.objects.get(person=nobody).standing == "unknown"


def test_an_answer_that_nobody_can_read_keeps_one_person_back_and_not_the_run(register: RunningStandIn) -> None:
    (strange, strange_no), (fine, fine_no) = owed(2)
    register.steer(upsert=record_of(strange_no, vital_status="dead", died="26990101"))
    register.steer(upsert=record_of(fine_no))
    run = asked_for()
    while preparing.gather_runs():
        pass
    assert set(run.lines.values_list("person_id", flat=True)) == {fine.pk}
    assert RegisterWord.objects.get(person=strange).standing == "unknown"
    assert counted_exclusions(run) == {"not_in_register": 1}


def test_a_death_known_in_part_is_taken_at_its_latest() -> None:
    known = date(2026, 11, 20)
    assert _last_day(PartialDate(2026, 2, None), known) == date(2026, 2, 28)
    assert _last_day(PartialDate(2025, None, None), known) == date(2025, 12, 31)
    assert _last_day(PartialDate(2026, None, None), known) == known
    assert _last_day(PartialDate(2026, 11, 3), known) == date(2026, 11, 3)
    assert _last_day(None, known) == known


def test_what_the_register_said_is_never_changed() -> None:
    from phueng.payments.tests.factories import RegisterWordFactory

    RegisterWordFactory.create()
    for change in ("UPDATE payments_registerword SET standing = 'alive'", "DELETE FROM payments_registerword"):
        assert guard_that_refuses(partial(run_sql, change)) == "42501"
