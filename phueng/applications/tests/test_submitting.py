"""Is one statement as careful as the many that it replaced?"""

import threading
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, connections, models, transaction
from django.test.utils import CaptureQueriesContext

from phueng.access.models import Hand
from phueng.access.tests.factories import AccountFactory
from phueng.applications import submitting
from phueng.applications.actions import save_application_answers, submit_application, withdraw_application
from phueng.applications.models import Application
from phueng.applications.refusals import Unfinished
from phueng.applications.submitting import CHANGED, read_draft
from phueng.applications.tests.factories import CITIZEN, MOMENT, family_answers, filled_draft
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.audit.together import columns_of
from phueng.commandline.testing import TestDatabase
from phueng.documents import unwritten
from phueng.documents.letter_numbers import letter_number
from phueng.documents.models import Letter
from phueng.kernel.problems import Refused
from phueng.notices.models import Message, UnreachedTask
from phueng.notices.unsent import unsent_message
from phueng.places.queries import office_for, offices_answering
from phueng.questionnaires.models import Sheet


def account() -> Any:
    with transaction.atomic():
        record(by=SYSTEM("test"), at=MOMENT, act="tests.arrange", subject=("test", uuid4()))
        return AccountFactory.create()


def written(application: Application) -> tuple[int, int, int]:
    """Messages, letters and entries about sending it."""
    return (
        Message.objects.filter(subject_id=application.id).count(),
        Letter.objects.filter(subject_id=application.id).count(),
        Entry.objects.filter(subject_id=application.id, act="applications.submit").count(),
    )


def send(application: Application, **more: Any) -> Application:
    return submit_application(by=CITIZEN, at=MOMENT, application_id=application.id, **more)


@pytest.mark.parametrize("model", [Application, Message, Letter, Entry])
def test_the_statement_knows_every_column_of_the_table(db: Any, model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'",
            [model._meta.db_table],
        )
        there = {row[0] for row in cursor.fetchall()}
    filled_by_the_database = {"id", "xid", "written_at"} if model is Entry else set()
    assert set(columns_of(model)) == there - filled_by_the_database


def test_what_judging_changes_is_what_the_statement_writes(db: Any) -> None:
    application = filled_draft()
    before = Application.objects.values().get(id=application.id)
    sent = send(application)
    after = Application.objects.values().get(id=application.id)
    assert {name: getattr(sent, name) for name in after} == after  # nothing stayed behind in memory
    assert {name for name in after if after[name] != before[name]} <= set(CHANGED) <= set(columns_of(Application))


def test_rows_have_the_defaults_of_their_models(db: Any) -> None:
    application = send(filled_draft())
    message = Message.objects.get(subject_id=application.id)
    fresh = unsent_message(
        at=MOMENT,
        template_code="application_received",
        subject=("application", application.id),
        to_phone=application.contact_phone,
        values={"reference": application.reference},
    )
    for name in (field.attname for field in Message._meta.concrete_fields if field.name != "id"):
        assert getattr(message, name) == getattr(fresh, name), name
    letter = Letter.objects.get(subject_id=application.id)
    assert (letter.running_no, letter.tries, letter.made_at, letter.file_id) == (1, 0, None, None)
    assert letter.context["office_th"] == "ศูนย์สมมติ"
    connection.check_constraints()


def test_every_row_leaves_its_trace_in_the_order_of_things(db: Any) -> None:
    application = filled_draft()
    before = Entry.objects.latest("id").id
    send(application)
    letter = Letter.objects.get(subject_id=application.id)
    entries = list(Entry.objects.filter(id__gt=before).order_by("id"))
    assert [(one.act, one.subject_id) for one in entries] == [
        ("questionnaires.close_sheet", application.sheet_id),
        ("applications.submit", application.id),
        ("notices.queue_message", Message.objects.get(subject_id=application.id).id),
        ("documents.ask_for_letter", letter.id),
    ]
    assert entries[3].after["number"] == letter_number(letter)
    assert entries[3].after["kind"] == "applications/slip"
    assert entries[1].before == {"state": "draft"}
    assert Sheet.objects.get(id=application.sheet_id).closed_at == MOMENT


def test_a_citizen_asks_the_database_three_times(committed_db: TestDatabase) -> None:
    first, second = filled_draft(), filled_draft()
    send(first)  # prepares the statements
    with CaptureQueriesContext(connection) as seen:
        send(second)
    assert [query["sql"].split(" (")[0] for query in seen.captured_queries] == [
        "EXECUTE applications_draft_by_id",
        "EXECUTE places_office_for",
        "EXECUTE applications_send",
    ]


def test_an_answer_saved_after_reading_is_looked_at(committed_db: TestDatabase) -> None:
    """What the page has read is stale: the answer that came in between makes it unfinished, and nothing is sent."""
    application = filled_draft()
    stale = read_draft(application.id)
    wrong = {"household_income": "ไม่แน่นอน"}
    save_application_answers(
        by=CITIZEN, at=MOMENT, application_id=application.id, page_code="household_income", typed=wrong
    )
    with pytest.raises(Unfinished):
        send(application, read=stale)
    assert written(application) == (0, 0, 0)


def test_right_answers_that_changed_after_reading_are_those_that_are_sent(committed_db: TestDatabase) -> None:
    application = filled_draft()
    stale = read_draft(application.id)
    typed = {"household_income": "9,000"}
    save_application_answers(
        by=CITIZEN, at=MOMENT, application_id=application.id, page_code="household_income", typed=typed
    )
    assert send(application, read=stale).state == "submitted"
    assert written(application) == (1, 1, 1)


def test_an_answer_that_is_being_saved_is_waited_for(committed_db: TestDatabase) -> None:
    """Another phone is in the middle of saving when this one sends: what it saves is in what is sent."""
    application = filled_draft()
    sent: list[Application] = []

    def press() -> None:
        sent.append(send(application))
        connections.close_all()

    thread = threading.Thread(target=press)
    with psycopg.connect(committed_db.url, autocommit=True) as other:
        with transaction.atomic():
            typed = {"urgency": "no_food"}
            save_application_answers(
                by=CITIZEN, at=MOMENT, application_id=application.id, page_code="urgency", typed=typed
            )
            thread.start()
            waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            while not other.execute(waiting).fetchone():
                thread.join(0.05)
                assert thread.is_alive()
        thread.join(30)
    assert (sent[0].is_emergency, written(application)) == (True, (1, 1, 1))


def test_a_draft_withdrawn_after_reading_stays_withdrawn(committed_db: TestDatabase) -> None:
    application = filled_draft()
    stale = read_draft(application.id)
    withdraw_application(by=CITIZEN, at=MOMENT, application_id=application.id)
    with pytest.raises(Refused) as refused:
        send(application, read=stale)
    assert refused.value.problem.code == "application_withdrawn"
    assert written(application) == (0, 0, 0)


def test_without_the_version_the_stale_answers_would_be_sent(
    committed_db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: the same statement without its look at the version."""
    version = "AND a.xmin::text || ' ' || s.xmin::text = $1->>'version'"
    assert version in submitting.SEND
    monkeypatch.setattr(submitting, "SEND", submitting.SEND.replace(version, ""))
    application = filled_draft()
    stale = read_draft(application.id)
    wrong = {"household_income": "ไม่แน่นอน"}
    save_application_answers(
        by=CITIZEN, at=MOMENT, application_id=application.id, page_code="household_income", typed=wrong
    )
    connection.close()  # the statement is prepared once for each connection
    assert send(application, read=stale).state == "submitted"
    connection.close()


def test_a_connection_that_dies_in_the_middle_leaves_a_draft(committed_db: TestDatabase) -> None:
    """The statement waits for the number of its letter; there its server process is killed."""
    application = filled_draft()
    failed: list[BaseException] = []

    def press() -> None:
        try:
            send(application)
        except OperationalError as error:
            failed.append(error)
        finally:
            connections.close_all()

    with psycopg.connect(committed_db.url) as holder, psycopg.connect(committed_db.url, autocommit=True) as other:
        holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('TEST-CENTRE/2569', 7022))")
        thread = threading.Thread(target=press)
        thread.start()
        waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"
        while not (found := other.execute(waiting).fetchone()):
            thread.join(0.05)
            assert thread.is_alive()
        other.execute("SELECT pg_terminate_backend(%s, 5000)", found)
        thread.join(30)
    assert len(failed) == 1
    application.refresh_from_db()
    assert (application.state, written(application)) == ("draft", (0, 0, 0))
    assert Sheet.objects.get(id=application.sheet_id).closed_at is None
    assert send(application).state == "submitted"
    assert (written(application), Letter.objects.get(subject_id=application.id).running_no) == ((1, 1, 1), 1)


def test_a_code_that_is_taken_is_drawn_again(committed_db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Letter.objects.get(subject_id=send(filled_draft()).id).verify_code
    codes = iter([taken, "0123456789A"])
    monkeypatch.setattr(unwritten, "new_reference", lambda: next(codes))
    application = send(filled_draft())
    assert Letter.objects.get(subject_id=application.id).verify_code == "0123456789A"
    assert written(application) == (1, 1, 1)


def test_without_a_mobile_number_a_person_is_asked_to_call(committed_db: TestDatabase) -> None:
    application = send(filled_draft(typed=family_answers(has_phone="no", phone="")))
    assert written(application) == (0, 1, 1)
    assert UnreachedTask.objects.get(subject_id=application.id).reason_code == "no_phone"


def test_an_officer_who_wrote_it_down_cannot_judge_it_and_both_happen_or_none(
    committed_db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = Actor("staff", account().id, "เจ้าหน้าที่", "front_desk", "TEST-CENTRE")
    at_the_counter = {"channel": "counter", "consent_how": "spoken", "entered_by_id": pen.id}
    application = filled_draft(by=pen, **at_the_counter)
    with monkeypatch.context() as broken:
        broken.setattr(Hand.objects, "bulk_create", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            submit_application(by=pen, at=MOMENT, application_id=application.id)
    assert written(application) == (0, 0, 0)
    submit_application(by=pen, at=MOMENT, application_id=application.id)
    assert Hand.objects.get(case_id=application.id).hand == "recorder"
    assert written(application) == (1, 1, 1)


def test_the_database_refuses_to_send_without_a_trace(
    committed_db: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = filled_draft()
    real = submitting.as_document
    silent = {"entries": [], "message_entries": [], "letter_entries": []}
    monkeypatch.setattr(submitting, "as_document", lambda content: real({**content, **silent}))
    with pytest.raises(IntegrityError, match="left no audit entry"):
        send(application)
    assert (Application.objects.get(id=application.id).state, written(application)) == ("draft", (0, 0, 0))


def test_nobody_sends_what_is_not_there(db: Any) -> None:
    with pytest.raises(Application.DoesNotExist):
        submit_application(by=CITIZEN, at=MOMENT, application_id=uuid4())


@pytest.mark.parametrize("code", ["400101", "100101", "570101", "990101", "000000", ""])
def test_the_short_way_to_an_office_ends_where_the_long_one_does(db: Any, code: str) -> None:
    filled_draft()
    for kind in ("centre", "district", "municipality", "headquarters"):
        assert office_for(kind, code) == offices_answering(code).get(kind)
