"""Does each act do what it says, once, and leave its trace?"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from phueng.access.models import Hand
from phueng.access.tests.factories import AccountFactory
from phueng.applications.actions import (
    answer_missing_thing,
    ask_for_missing_thing,
    close_application,
    forward_application,
    reopen_application,
    save_application_answers,
    start_application,
    submit_application,
    transfer_application,
    triage_application,
    withdraw_application,
)
from phueng.applications.models import Application, MissingThing, Transfer
from phueng.applications.queries import answers_of_application, application_by_reference, history_of
from phueng.applications.refusals import Unfinished
from phueng.applications.tests.factories import (
    CITIZEN,
    MOMENT,
    draft,
    family_answers,
    filled_draft,
    officer,
    settle_area,
    submitted,
)
from phueng.calendars.models import Clock
from phueng.calendars.queries import clock_states
from phueng.documents.models import Letter
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference, is_valid_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.models import Message
from phueng.places.tests.factories import OfficeFactory, ProvinceFactory

pytestmark = pytest.mark.django_db


def refused_code(act: Any, **said: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**said)
    return refused.value.problem.code


def office_of(application: Application) -> str:
    return application.office.code if application.office else ""


def entries(application: Application) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT act FROM audit_entry WHERE subject_id = %s ORDER BY written_at", [application.id])
        return [row[0] for row in cursor.fetchall()]


def test_a_draft_has_a_reference_that_can_be_said_over_the_phone() -> None:
    application = draft()
    assert is_valid_reference(application.reference)
    assert application_by_reference(format_reference(application.reference).lower()) == application


def test_a_double_click_on_start_makes_one_draft() -> None:
    once = uuid4()
    assert draft(once=once).id == draft(once=once).id
    assert Application.objects.count() == 1


def test_another_device_cannot_get_a_draft_by_its_number() -> None:
    once = uuid4()
    draft(once=once)
    with pytest.raises(Application.DoesNotExist), transaction.atomic():
        draft(once=once, device_key="a stranger")


def test_nobody_applies_for_somebody_else_without_saying_how_they_agreed() -> None:
    said: dict[str, Any] = {"by": officer("front_desk"), "at": MOMENT, "scheme_code": "family", "device_key": "counter"}
    assert refused_code(start_application, channel="counter", **said) == "consent_needed"
    assert refused_code(start_application, channel="helper", consent_how="spoken", **said) == "helper_name_needed"


def test_submitting_finds_the_office_and_copies_what_the_queue_needs() -> None:
    application = submitted()
    assert application.state == "submitted"
    assert office_of(application) == "TEST-CENTRE"
    assert application.applicant_name == "นางสมศรี ใจดี"
    assert f"{application.birth_on:%Y-%m-%d}" == "1948-02-01"
    assert application.contact_phone == "+66812345678"
    assert application.subdistrict_id == "990101"
    assert not application.is_emergency
    assert Message.objects.filter(subject_id=application.id, template_code="application_received").count() == 1
    assert Letter.objects.filter(subject_id=application.id, kind="applications/slip").count() == 1
    assert "applications.submit" in entries(application)


def test_a_scheme_of_the_municipality_goes_to_the_municipality() -> None:
    typed = family_answers(state_income=["none"])
    application = filled_draft(scheme_code="old_age", typed=typed)
    problems = answers_of_application(application).unfinished()
    assert problems == {}
    assert office_of(submit_application(by=CITIZEN, at=MOMENT, application_id=application.id)) == "TEST-MUNI"


def test_nowhere_to_sleep_tonight_is_urgent() -> None:
    assert submitted(typed=family_answers(urgency="no_place_tonight")).is_emergency


def test_submitting_again_returns_the_same_and_says_nothing_twice() -> None:
    application = submitted()
    again = submit_application(by=CITIZEN, at=MOMENT + timedelta(hours=1), application_id=application.id)
    assert again.submitted_at == application.submitted_at
    assert Message.objects.filter(subject_id=application.id).count() == 1
    assert entries(application).count("applications.submit") == 1


def test_an_unfinished_draft_names_every_open_question_and_stays_a_draft() -> None:
    application = filled_draft(typed=family_answers(phone="08", story=""))
    with pytest.raises(Unfinished) as refused:
        submit_application(by=CITIZEN, at=MOMENT, application_id=application.id)
    assert set(refused.value.problems) == {"phone", "story"}
    application.refresh_from_db()
    assert application.state == "draft"
    assert answers_of_application(application).typed("phone") == "08"


def test_whoever_wrote_it_down_has_laid_a_hand_on_it() -> None:
    settle_area()
    by = officer("front_desk")
    application = filled_draft(by=by, channel="counter", consent_how="spoken", entered_by_id=by.id)
    AccountFactory.create(id=by.id)
    submit_application(by=by, at=MOMENT, application_id=application.id)
    assert Hand.objects.get(case_id=application.id).hand == "recorder"


def test_nothing_is_saved_after_sending() -> None:
    application = submitted()
    code = refused_code(
        save_application_answers,
        by=CITIZEN, at=MOMENT, application_id=application.id, page_code="story", typed={"story": "x"},
    )  # fmt: skip
    assert code == "application_already_submitted"


@pytest.mark.parametrize(("category", "days"), [("known", 10), ("new", 15)])
def test_triage_starts_the_promise_of_its_category(category: str, days: int) -> None:
    application = submitted()
    triage_application(by=officer(), at=MOMENT, application_id=application.id, category=category)
    clock = Clock.objects.get(subject_id=application.id, code="decide")
    assert clock.due_on == in_bangkok(MOMENT).date() + timedelta(days=days)


def test_triage_is_done_once() -> None:
    application = submitted()
    first = triage_application(by=officer(), at=MOMENT, application_id=application.id, category="known")
    assert triage_application(by=officer(), at=MOMENT, application_id=application.id, category="known") == first
    code = refused_code(triage_application, by=officer(), at=MOMENT, application_id=application.id, category="new")
    assert code == "already_triaged"


def test_a_transfer_keeps_the_clock() -> None:
    application = submitted()
    triage_application(by=officer(), at=MOMENT, application_id=application.id, category="known")
    before = Clock.objects.get(subject_id=application.id).due_on
    other = OfficeFactory.create(kind="centre", province=ProvinceFactory.create(code="98"))
    said: dict[str, Any] = {
        "by": officer(),
        "at": MOMENT + timedelta(days=2),
        "application_id": application.id,
        "to_office_id": other.id,
    }
    transfer_application(why="ย้ายไปอยู่กับลูก", **said)
    transfer_application(why="ย้ายไปอยู่กับลูก", **said)
    application.refresh_from_db()
    assert application.office_id == other.id
    assert Clock.objects.get(subject_id=application.id).due_on == before
    assert Transfer.objects.count() == 1


def test_a_transfer_to_another_kind_of_office_is_refused() -> None:
    application = submitted()
    town = OfficeFactory.create(kind="municipality")
    said: dict[str, Any] = {"by": officer(), "at": MOMENT, "application_id": application.id}
    assert refused_code(transfer_application, to_office_id=town.id, why="x", **said) == "wrong_kind_of_office"
    assert refused_code(transfer_application, to_office_id=town.id, why=" ", **said) == "reason_needed"


def test_days_of_waiting_for_the_applicant_do_not_count() -> None:
    application = submitted()
    triage_application(by=officer(), at=MOMENT, application_id=application.id, category="known")
    ask_for_missing_thing(
        by=officer(), at=MOMENT + timedelta(days=1), application_id=application.id, question_code="story", note="เล่าเพิ่ม"
    )
    on = in_bangkok(MOMENT + timedelta(days=4)).date()
    assert clock_states([application.id], on)[application.id].is_paused
    answer_missing_thing(
        by=CITIZEN, at=MOMENT + timedelta(days=4), application_id=application.id, typed={"story": "เล่าใหม่"}
    )
    state = clock_states([application.id], on)[application.id]
    assert not state.is_paused
    assert state.due_on == in_bangkok(MOMENT + timedelta(days=13)).date()
    application.refresh_from_db()
    assert answers_of_application(application).value("story") == "เล่าใหม่"
    assert Message.objects.filter(subject_id=application.id, template_code="missing_thing").count() == 1


def test_only_one_thing_is_asked_at_a_time() -> None:
    application = submitted()
    said: dict[str, Any] = {"by": officer(), "at": MOMENT, "application_id": application.id, "note": "ขอเพิ่ม"}
    first = ask_for_missing_thing(question_code="story", **said)
    assert ask_for_missing_thing(question_code="story", **said) == first
    assert refused_code(ask_for_missing_thing, question_code="phone", **said) == "already_asked"
    assert refused_code(ask_for_missing_thing, question_code="shoe_size", **said) == "unknown_question"


def test_a_wrong_answer_to_the_missing_thing_leaves_the_right_one() -> None:
    application = submitted()
    ask_for_missing_thing(by=officer(), at=MOMENT, application_id=application.id, question_code="phone", note="เบอร์ใหม่")
    code = refused_code(
        answer_missing_thing, by=CITIZEN, at=MOMENT, application_id=application.id, typed={"phone": "123"}
    )
    assert code == "wrong_length"
    application.refresh_from_db()
    assert answers_of_application(application).value("phone") == "+66812345678"
    assert MissingThing.objects.get().answered_at is None


def test_forwarding_needs_a_receipt_and_closes_the_case() -> None:
    application = submitted()
    said: dict[str, Any] = {
        "by": officer(),
        "at": MOMENT,
        "application_id": application.id,
        "to_agency": "จัดหางาน",
        "why": "หางาน",
    }
    assert refused_code(forward_application, receipt_reference=" ", **said) == "receipt_needed"
    forward_application(receipt_reference="123", **said)
    forward_application(receipt_reference="123", **said)
    application.refresh_from_db()
    assert application.closed_why == "forwarded"


def test_withdrawing_stops_the_clock_and_is_final() -> None:
    application = submitted()
    triage_application(by=officer(), at=MOMENT, application_id=application.id, category="known")
    for _ in range(2):
        withdraw_application(by=CITIZEN, at=MOMENT + timedelta(days=1), application_id=application.id)
    assert Clock.objects.get(subject_id=application.id).stopped_at is not None
    assert entries(application).count("applications.withdraw") == 1
    code = refused_code(submit_application, by=CITIZEN, at=MOMENT, application_id=application.id)
    assert code == "application_withdrawn"


def test_a_decided_case_cannot_be_withdrawn() -> None:
    application = submitted()
    close_application(by=officer("approver"), at=MOMENT, application_id=application.id, why="decided")
    code = refused_code(withdraw_application, by=CITIZEN, at=MOMENT, application_id=application.id)
    assert code == "application_closed"


def test_only_a_decided_case_is_opened_again() -> None:
    application = submitted()
    said: dict[str, Any] = {"by": officer("approver"), "at": MOMENT, "application_id": application.id}
    close_application(why="decided", **said)
    reopened = reopen_application(why="appeal", **said)
    assert reopened.closed_at is None
    assert Clock.objects.get(subject_id=application.id, stopped_at=None).length == 10
    assert reopen_application(why="appeal", **said).closed_at is None
    close_application(why="duplicate", **said)
    assert refused_code(reopen_application, why="appeal", **said) == "not_decided"


def test_roles_without_the_duty_are_refused() -> None:
    application = submitted()
    code = refused_code(
        triage_application, by=officer("releaser"), at=MOMENT, application_id=application.id, category="known"
    )
    assert code == "role_may_not"


def test_history_tells_it_in_order() -> None:
    application = submitted()
    triage_application(by=officer(), at=MOMENT + timedelta(hours=1), application_id=application.id, category="known")
    ask_for_missing_thing(
        by=officer(), at=MOMENT + timedelta(hours=2), application_id=application.id, question_code="story", note="เพิ่ม"
    )
    assert [one.code for one in history_of(application)] == ["submitted", "triaged", "asked"]


@pytest.mark.parametrize(
    "change",
    [
        "reference = '00000000000'",
        "scheme_code = 'old_age'",
        "submitted_at = submitted_at + interval '1 day'",
        "state = 'draft', submitted_at = NULL",
    ],
)
def test_the_database_keeps_what_was_submitted(change: str) -> None:
    application = submitted()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE applications_application SET {change} WHERE id = %s", [application.id])  # noqa: S608
