"""Does a case whose time is over lose what it says about people, exactly that, and no other case anything?"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from phueng.applications.actions import close_application
from phueng.applications.models import Application, Wiping
from phueng.applications.tests.factories import filled_draft
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now, set_clock_offset
from phueng.audit.models import Entry
from phueng.decisions.models import Decision
from phueng.documents.models import Letter
from phueng.entitlements.models import Entitlement
from phueng.kernel.privacy import PrivacyClass
from phueng.notices.models import Message
from phueng.questionnaires.models import Answer
from phueng.retention.actions import wipe_case
from phueng.retention.columns import LETTINGS, Letting
from phueng.retention.due import DueCase, due_cases, last_day
from phueng.retention.work import wipe_cases
from phueng.tracking.tests.scenes import SENT_AT, Story
from phueng.verification.models import Check, Visit

pytestmark = pytest.mark.django_db
BY = SYSTEM("test")


@pytest.fixture(autouse=True)
def traced(db: Any) -> None:
    record(by=BY, at=SENT_AT, act="tests.arrange", subject=("test", uuid4()))


@pytest.fixture
def years_later() -> Iterator[None]:
    """The clock of the database, twelve years ahead."""
    set_clock_offset(timedelta(days=365 * 12))
    yield
    set_clock_offset(timedelta(0))


def refused_case() -> Story:
    story = Story()
    story.checks_begin()
    story.called()
    story.visit_begins()
    Visit.objects.filter(application_id=story.id).update(latitude=13.7, longitude=100.5)
    story.machine_checks_pass()
    story.visit_done()
    Visit.objects.filter(application_id=story.id).update(finished_at=story.at)
    story.recommended("refuse")
    story.decided("refuse")
    return story


def ended(story: Story) -> Application:
    return Application.objects.get(pk=story.id)


def refusal(statement: str, *values: Any) -> str:
    """What the database says to raw SQL of the application's own role."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(caught.value)


@pytest.mark.parametrize("letting", LETTINGS, ids=lambda one: one.model.__name__)
def test_every_column_about_people_is_let_go_or_stays_for_a_reason(letting: Letting) -> None:
    declared = letting.model.PRIVACY  # type: ignore[attr-defined]
    about_people = {name for name, kind in declared.items() if kind is not PrivacyClass.PUBLIC}
    assert about_people == set(letting.becomes) | set(letting.stays)
    assert not set(letting.becomes) & set(letting.stays)
    assert all(letting.stays.values())


def test_a_case_whose_time_is_over_is_let_go_once(years_later: None) -> None:
    story = refused_case()
    assert ended(story).closed_at is not None
    before = ended(story)
    assert wipe_cases() == 1
    after = ended(story)
    assert (after.applicant_name, after.birth_on, after.contact_phone, after.person_id) == ("", None, "", None)
    assert (after.reference, after.scheme_code, after.closed_at) == (
        before.reference,
        before.scheme_code,
        before.closed_at,
    )
    visits = Visit.objects.filter(application_id=story.id)
    assert visits.exists()
    assert not Answer.objects.filter(sheet_id__in=[after.sheet_id, *visits.values_list("sheet_id", flat=True)]).exists()
    assert {(one.latitude, one.longitude) for one in visits} == {(None, None)}
    checks = Check.objects.filter(application_id=story.id)
    assert {(str(one.question), str(one.answer)) for one in checks} == {("{}", "{}")}
    assert {one.outcome for one in checks} <= {"passed", "failed", "attention"}, "statistics still know how it went"
    assert set(Message.objects.filter(subject_id=story.id).values_list("to_phone", "text")) <= {("", "")}
    assert (
        set(Letter.objects.filter(subject_id=story.id, made_at__isnull=False).values_list("context", flat=True))
        == set()
    )
    assert Decision.objects.get(application_id=story.id).outcome == "refused"
    entry = Entry.objects.get(act="retention.wipe_case")
    assert (entry.subject_id, entry.person_id) == (story.id, None)
    assert "หญิง" not in str(entry.after)
    assert wipe_cases() == 0
    assert Entry.objects.filter(act="retention.wipe_case").count() == 1


def test_nothing_goes_before_the_last_day() -> None:
    refused_case()
    assert due_cases(now(), limit=10) == []


def test_the_last_day_is_the_end_of_the_fiscal_year_and_the_years_of_the_scheme() -> None:
    assert last_day("family", date(2026, 11, 20), was_sent=True) == date(2037, 10, 1)
    assert last_day("family", date(2026, 9, 30), was_sent=True) == date(2036, 10, 1)
    assert last_day("family", date(2026, 9, 30), was_sent=False) == date(2027, 3, 29)


def appealed_case() -> Story:
    story = refused_case()
    story.appealed()
    return story


def owed_case() -> Story:
    story = Story()
    story.verified()
    story.recommended()
    story.decided()
    assert Entitlement.objects.exists()
    return story


@pytest.mark.parametrize("arranged", [Story, appealed_case, owed_case])
def test_an_open_case_an_open_appeal_and_money_that_is_owed_keep_everything(
    years_later: None, arranged: Callable[[], Story]
) -> None:
    story = arranged()
    assert due_cases(now(), limit=10) == []
    case = DueCase(story.id, "family", True, date(2026, 11, 20), date(2037, 10, 1))
    with pytest.raises(DatabaseError, match="case_is_open"), transaction.atomic():
        wipe_case(by=BY, at=now(), case=case)
    assert ended(story).applicant_name


@pytest.mark.parametrize(
    "changed", [{"last_day": date(2050, 1, 1)}, {"last_act_on": date(2020, 1, 1)}, {"last_day": date(2026, 12, 1)}]
)
def test_the_database_does_not_believe_a_wrong_day(years_later: None, changed: dict[str, date]) -> None:
    story = refused_case()
    (due,) = due_cases(now(), limit=10)
    days = {"last_act_on": due.last_act_on, "last_day": due.last_day} | changed
    said = refusal(
        "INSERT INTO applications_wiping (id, application_id, last_act_on, last_day, wiped_at)"
        " VALUES (%s, %s, %s, %s, phueng_now())",
        uuid4(), story.id, days["last_act_on"], days["last_day"],
    )  # fmt: skip
    assert "still_kept" in said or "wiping_comes_after" in said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verification_check SET question = '{}', answer = '{}' WHERE application_id = %s",
        "UPDATE verification_visit SET latitude = NULL, longitude = NULL WHERE application_id = %s",
    ],
)
def test_frozen_rows_of_a_case_that_was_not_wiped_stay(years_later: None, statement: str) -> None:
    assert "stays as it" in refusal(statement, refused_case().id)


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE verification_check SET answer = \'{"outcome": "eligible"}\' WHERE application_id = %s',
        "UPDATE verification_check SET outcome = 'failed', question = '{}', answer = '{}' WHERE application_id = %s",
        "UPDATE verification_visit SET latitude = 13.7, longitude = 100.5 WHERE application_id = %s",
        "UPDATE verification_visit SET visited_by_name = 'x' WHERE application_id = %s",
        "DELETE FROM verification_check WHERE application_id = %s",
        "DELETE FROM verification_visit WHERE application_id = %s",
    ],
)
def test_the_way_through_the_guards_is_for_emptying_only(years_later: None, statement: str) -> None:
    story = refused_case()
    assert wipe_cases() == 1
    assert "stays as it" in refusal(statement, story.id)


def test_a_wiping_is_never_taken_back(years_later: None) -> None:
    refused_case()
    assert wipe_cases() == 1
    for statement in ("DELETE FROM applications_wiping", "UPDATE applications_wiping SET last_day = '2000-01-01'"):
        assert "permission denied" in refusal(statement) or "only ever added" in refusal(statement)


def test_a_form_that_was_never_sent_goes_sooner_and_one_case_never_touches_another(years_later: None) -> None:
    kept = Story()
    draft = filled_draft(at=SENT_AT)
    names = list(Answer.objects.filter(sheet_id=ended(kept).sheet_id).values_list("pk", flat=True))
    assert wipe_cases() == 1
    assert not Answer.objects.filter(sheet_id=draft.sheet_id).exists()
    assert Wiping.objects.get().application_id == draft.id
    assert list(Answer.objects.filter(sheet_id=ended(kept).sheet_id).values_list("pk", flat=True)) == names
    assert ended(kept).applicant_name


def test_a_batch_is_bounded(years_later: None) -> None:
    ids: list[UUID] = []
    for _ in range(3):
        story = Story()
        close_application(by=BY, at=now(), application_id=story.id, why="duplicate")
        ids.append(story.id)
        Application.objects.filter(pk=story.id).update(person=None)
    set_clock_offset(timedelta(days=365 * 25))
    assert wipe_cases(limit=2) == 2
    assert wipe_cases(limit=2) == 1
    assert wipe_cases(limit=2) == 0
