"""Does a register that is slow, silent or wrong make the check wait, visibly, and never pass?"""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from phueng.applications.models import Application
from phueng.applications.tests.factories import MOMENT, officer, submitted
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now, set_clock_offset
from phueng.audit.models import Entry
from phueng.gateways.rehearsal import RunningStandIn
from phueng.kernel.problems import Refused
from phueng.registry.models import Person
from phueng.verification import checking
from phueng.verification.actions import answer_check, ask_again, ask_register, settle_check, start_checks
from phueng.verification.findings import Finding
from phueng.verification.models import Check
from phueng.verification.patience import Patience, patience
from phueng.verification.queries import CheckCard, checks_of, checks_waiting_long, open_questions
from phueng.verification.tests.factories import AT, CheckFactory, SettlementFactory, answers_of_woman
from phueng.verification.work import run_checks

WORKER = SYSTEM("test")


def register_check(application: Application) -> CheckCard:
    return next(card for card in checks_of([application.id])[application.id] if card.kind == "civil_register")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        ("down", "http"), ("unauthorised", "http"), ("hang_up", "malformed"), ("malformed", "malformed"),
        ("html", "malformed"), ("huge", "malformed"), ("wrong_person", "malformed"), ("wrong_request", "malformed"),
        ("slow", "timeout"),
    ],
)  # fmt: skip
def test_a_bad_day_of_the_register_makes_the_check_wait(register: RunningStandIn, mode: str, failure: str) -> None:
    register.steer(mode=mode, delay=2)
    application = submitted(typed=answers_of_woman())
    run_checks()
    card = register_check(application)
    assert (card.standing, card.last_failure, card.tries) == ("waiting", failure, 1)
    assert card.next_try_at > now()
    assert "again" in card.said("en")
    assert any(one.kind == "civil_register" and one.hinders_approval for one in open_questions(application.id))
    application.refresh_from_db()
    assert application.person_id is None, "nobody is registered on the word of a register that did not speak"
    assert run_checks() == 0, "it is not asked again before its time"


@pytest.mark.django_db
def test_a_register_that_comes_back_is_asked_again_by_itself(register: RunningStandIn) -> None:
    register.steer(mode="down")
    application = submitted(typed=answers_of_woman())
    run_checks()
    for tries in (2, 3):
        set_clock_offset(timedelta(hours=tries))
        run_checks()
        assert register_check(application).tries == tries
    assert [card.kind for card in checks_waiting_long()] == ["civil_register"]
    register.steer(mode="ok")
    set_clock_offset(timedelta(hours=5))
    run_checks()
    card = register_check(application)
    assert (card.standing, card.tries, card.last_failure) == ("passed", 3, "")


@pytest.mark.django_db
def test_a_silent_register_holds_up_its_own_check_only(register: RunningStandIn) -> None:
    register.steer(mode="down")
    several = [submitted(typed=answers_of_woman()) for _ in range(3)]
    asked_before = len(register.look("/asked"))
    run_checks()
    assert len(register.look("/asked")) == asked_before + 1, "after one silence the rest is left for the next run"
    for application in several:
        identifier = checks_of([application.id])[application.id][0]
        assert (identifier.kind, identifier.standing) == ("identifier", "passed")


@pytest.mark.django_db
def test_an_officer_may_ask_at_once(register: RunningStandIn) -> None:
    register.steer(mode="down")
    application = submitted(typed=answers_of_woman())
    run_checks()
    register.steer(mode="ok")
    ask_again(by=officer(), at=now(), application_id=application.id, kind="civil_register", why="ทะเบียนกลับมาแล้ว")
    run_checks()
    card = register_check(application)
    assert (card.standing, card.round) == ("passed", 1)


@pytest.mark.django_db
def test_a_claimed_question_of_a_killed_worker_is_asked_again(register: RunningStandIn) -> None:
    application = submitted(typed=answers_of_woman())
    start_checks(by=WORKER, at=now(), application_id=application.id)
    run_checks(limit=1)
    claimed = ask_register(by=WORKER, at=now(), check_id=register_check(application).id)
    assert claimed is not None
    assert ask_register(by=WORKER, at=now(), check_id=claimed.check_id) is None, "two workers never ask at once"
    assert run_checks() == 0
    set_clock_offset(patience().claim_holds + timedelta(seconds=1))
    run_checks()
    assert register_check(application).standing == "passed"
    told = Entry.objects.filter(act="verification.ask_register", subject_id=claimed.check_id)
    assert told.count() == 2, "each asking about a person is on record"
    assert all(claimed.national_id not in str(one.after) for one in told)


@pytest.mark.django_db
def test_an_answer_that_comes_twice_changes_nothing() -> None:
    check = CheckFactory()
    said: dict[str, Any] = {"by": WORKER, "at": AT, "check_id": check.pk, "source": "civil_register"}
    answer_check(**said, outcome="attention", answer={"code": "register_differs", "th": "ก", "en": "a"})
    again = answer_check(**said, outcome="passed", answer={"code": "register_agrees", "th": "ข", "en": "b"})
    assert (again.outcome, (again.answer or {})["code"]) == ("attention", "register_differs")


@pytest.mark.django_db
def test_one_case_that_breaks_a_check_does_not_stand_before_the_others(
    register: RunningStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = submitted(typed=answers_of_woman())
    real = checking.CHECKERS["identifier"]

    def breaks_for_one(case: Any) -> Finding:
        if case.application.id == broken.id:
            raise ZeroDivisionError("a mistake of ours")
        return real(case)

    monkeypatch.setitem(checking.CHECKERS, "identifier", breaks_for_one)
    fine = submitted(typed=answers_of_woman())
    run_checks()
    stands = {card.kind: card for card in checks_of([broken.id])[broken.id]}
    assert (stands["identifier"].standing, stands["identifier"].last_failure) == (
        "waiting",
        "unexpected:ZeroDivisionError",
    )
    assert register_check(fine).standing == "passed"


@pytest.mark.django_db
def test_an_answered_check_cannot_be_changed_nor_a_check_pass_without_an_answer() -> None:
    settled = SettlementFactory()
    for statement in (
        "UPDATE verification_check SET outcome = 'passed' WHERE id = %s",
        "DELETE FROM verification_check WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [settled.check_asked_id])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM verification_settlement WHERE id = %s", [settled.pk])
    waiting = CheckFactory(kind="identifier")
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=waiting.pk).update(outcome="passed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=waiting.pk).update(outcome="passed", answered_at=AT, source="x")


@pytest.mark.django_db
def test_who_may_settle_and_what_may_be_settled() -> None:
    waiting = CheckFactory()
    attention = CheckFactory(
        application=waiting.application, kind="other_benefits", outcome="attention", answered_at=AT, source="phueng",
        answer={"code": "benefit_needs_a_look"},
    )  # fmt: skip
    said: dict[str, Any] = {"at": MOMENT, "why": "ตรวจแล้ว"}
    for by, check, outcome, code in (
        (officer("approver"), attention, "accepted", "role_may_not"),
        (officer(), waiting, "accepted", "check_needs_no_settling"),
    ):
        with pytest.raises(Refused) as refusal:
            settle_check(by=by, check_id=check.pk, outcome=outcome, **said)
        assert refusal.value.problem.code == code
    first = settle_check(by=officer(), check_id=attention.pk, outcome="accepted", **said)
    assert settle_check(by=officer(number=2), check_id=attention.pk, outcome="accepted", **said).pk == first.pk
    with pytest.raises(Refused) as otherwise:
        settle_check(by=officer(number=2), check_id=attention.pk, outcome="refused", **said)
    assert otherwise.value.problem.code == "settled_otherwise"
    with pytest.raises(Refused) as reasonless:
        settle_check(by=officer(), at=MOMENT, check_id=attention.pk, outcome="accepted", why=" ")
    assert reasonless.value.problem.code == "reason_needed"


def test_two_workers_at_once_answer_each_check_once(committed_db: object, register: RunningStandIn) -> None:
    applications = [submitted(typed=answers_of_woman()) for _ in range(3)]
    people_before = Person.objects.count()
    raised: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(4):
                run_checks()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert raised == []
    assert Person.objects.count() == people_before + 1, "three requests with one number are one person"
    stands = [
        {card.kind: card.standing for card in cards} for cards in checks_of([a.id for a in applications]).values()
    ]
    assert sorted(one["same_person"] for one in stands) == ["attention", "attention", "passed"]
    assert Check.objects.filter(round__gt=1).count() == 0
    answered = Entry.objects.filter(act="verification.answer_check").count()
    assert answered == Check.objects.filter(answered_at__isnull=False).count()


def test_a_check_without_its_trace_does_not_commit(committed_db: object) -> None:
    application = submitted(typed=answers_of_woman())
    with pytest.raises(DatabaseError, match="left no audit entry"), transaction.atomic():
        CheckFactory(application=application)


def test_we_wait_longer_each_time_and_not_forever_longer() -> None:
    waits = [patience().pause_after(tries) for tries in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] <= timedelta(minutes=15)
    assert Patience(0.9, (1,), 30).pause_after(0) == timedelta(seconds=1)
