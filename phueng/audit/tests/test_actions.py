"""Is an action one transaction with a known actor, and does its entry say what was done?"""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from phueng.audit.actions import action, action_of_one_statement, record, record_read
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
OFFICER = Actor("staff", uuid.uuid4(), "อรทัย ใจดี", "social_worker", "KKN", "a1b2")


def test_an_action_must_be_keyword_only_with_actor_and_moment() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @action
        def loose(thing: str, *, by: Actor, at: datetime) -> None: ...

    with pytest.raises(TypeError, match="missing"):

        @action
        def nobody(*, at: datetime) -> None: ...


@action
def _write(*, fail: bool = False, by: Actor, at: datetime) -> str:
    record(by=by, at=at, act="audit.tested", subject=("thing", uuid.uuid4()))
    if fail:
        raise RuntimeError("after the entry")
    return "done"


def test_an_action_refuses_a_moment_without_time_zone_and_an_actor_who_is_none(db: Any) -> None:
    with pytest.raises(TypeError, match="aware"):
        _write(by=OFFICER, at=datetime(2026, 11, 22))
    with pytest.raises(TypeError, match="by=Actor"):
        _write(by=None, at=AT)  # type: ignore[arg-type]


def test_an_action_that_fails_leaves_no_entry(db: Any) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuntimeError):
        _write(fail=True, by=OFFICER, at=AT)
    assert Entry.objects.count() == before
    assert _write(by=OFFICER, at=AT) == "done"
    assert Entry.objects.count() == before + 1


def test_an_entry_keeps_actor_and_values_as_they_were(db: Any) -> None:
    subject, person = uuid.uuid4(), uuid.uuid4()
    record(
        by=OFFICER,
        at=AT,
        act="applications.submit",
        subject=("application", subject),
        person_id=person,
        why="มาที่เคาน์เตอร์\x00",
        before={"amount": Decimal("1.50")},
        after={
            "born_on": date(1948, 4, 1),
            "who": subject,
            "latitude": 16.4419,
            "many": ("ก", None, True, 3),
        },
    )
    entry = Entry.objects.latest("id")
    assert (entry.actor_kind, entry.actor_name, entry.role, entry.office_code) == (
        "staff",
        OFFICER.name,
        "social_worker",
        "KKN",
    )
    assert (entry.subject_id, entry.person_id, entry.request_id, entry.is_read) == (
        subject,
        person,
        "a1b2",
        False,
    )
    assert entry.why == "มาที่เคาน์เตอร์\ufffd"
    assert entry.before == {"amount": "1.50"}
    assert entry.after == {
        "born_on": "1948-04-01",
        "who": str(subject),
        "latitude": "16.4419",
        "many": ["ก", None, True, 3],
    }


def test_a_value_that_is_not_plain_is_refused(db: Any) -> None:
    with pytest.raises(TypeError, match="object"):
        record(
            by=SYSTEM("checks"),
            at=AT,
            act="audit.tested",
            subject=("x", uuid.uuid4()),
            after={"bad": object()},
        )


def test_a_read_is_marked_and_a_worker_step_names_itself(db: Any) -> None:
    record_read(by=SYSTEM("checks"), at=AT, act="registry.look_up", subject=("person", uuid.uuid4()))
    entry = Entry.objects.latest("id")
    assert entry.is_read
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("system", None, "checks")


def test_an_act_of_one_statement_is_as_strict_and_opens_nothing(committed_db: Any) -> None:
    @action_of_one_statement
    def look(*, by: Actor, at: datetime) -> bool:
        return connection.in_atomic_block

    assert look(by=OFFICER, at=AT) is False
    assert look.is_action  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="aware"):
        look(by=OFFICER, at=datetime(2026, 11, 22))
    with pytest.raises(TypeError, match="missing"):

        @action_of_one_statement
        def nobody(*, at: datetime) -> None: ...
