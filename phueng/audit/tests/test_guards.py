"""Does the database itself keep the promises: append-only, no write without an entry, one clock, news?"""

import itertools
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from phueng.audit import clock
from phueng.audit.actions import record, record_read
from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry
from phueng.audit.sql import append_only_trigger, require_audit_sql, require_audit_trigger
from phueng.audit.tests.factories import EntryFactory, HeadCopyFactory, HeadFactory, LeafFactory

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
COLUMN = {
    "audit_entry": "why = 'x'",
    "audit_leaf": "leaf_index = 9",
    "audit_head": "size = 99",
    "audit_headcopy": "size = 99",
}
TABLES = list(COLUMN)
CHANGES = ["DELETE FROM {}", "UPDATE {} SET {}", "TRUNCATE {}"]


def _one_of_each() -> None:
    for row in (EntryFactory, LeafFactory, HeadFactory, HeadCopyFactory):
        row.create()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_the_app_role_cannot_change_or_remove(db: Any, table: str, change: str) -> None:
    _one_of_each()
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, COLUMN[table]))
    assert "permission denied" in str(refused.value)


def test_the_owner_is_refused_by_the_trigger(committed_db: Any, subtests: pytest.Subtests) -> None:
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        for table, change in itertools.product(TABLES, CHANGES):
            refused = pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added")
            with subtests.test(table=table, change=change), refused:
                owner.execute(change.format(table, COLUMN[table]))


def test_the_guards_stand_also_in_replica_mode(committed_db: Any) -> None:
    """A superuser's `session_replication_role = replica` switches ordinary triggers off, not these."""
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        modes = owner.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname LIKE '%_append_only'"
            " AND tgrelid::regclass::text LIKE 'audit_%'"
        ).fetchall()
    assert modes == [("A",)] * len(TABLES)


def test_the_writer_cannot_choose_transaction_and_moment(db: Any) -> None:
    entry = EntryFactory.create(xid=1, written_at=datetime(2020, 1, 1, tzinfo=UTC))
    entry.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint, phueng_now()")
        assert (entry.xid, entry.written_at) == cursor.fetchone()


@pytest.fixture
def audited_table(committed_db: Any) -> str:
    """A table of an imagined package that is under audit."""
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE grants_given (id serial PRIMARY KEY, amount int)")
        owner.execute(require_audit_sql("grants_given"))
        owner.execute(
            "GRANT ALL ON grants_given TO phueng_app; GRANT ALL ON SEQUENCE grants_given_id_seq TO phueng_app"
        )
    return "grants_given"


def _grant() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO grants_given (amount) VALUES (300000)")


def _entry() -> None:
    record(by=SYSTEM("test"), at=AT, act="audit.tested", subject=("grant", uuid.uuid4()))


def _grant_with_entry_rolled_back() -> None:
    with suppress(RuntimeError), transaction.atomic():
        _entry()
        raise RuntimeError
    _grant()


def test_a_commit_without_an_entry_is_refused(audited_table: str) -> None:
    with pytest.raises(IntegrityError, match="no audit entry"), transaction.atomic():
        _grant()
    with transaction.atomic():
        _grant()
        _entry()
    with transaction.atomic():
        _entry()
        _grant()
    for change in ("UPDATE grants_given SET amount = 1", "DELETE FROM grants_given"):
        with (
            pytest.raises(IntegrityError, match="no audit entry"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_an_entry_of_an_earlier_transaction_or_a_rolled_back_savepoint_does_not_count(
    audited_table: str,
) -> None:
    with transaction.atomic():
        _entry()
    with pytest.raises(IntegrityError, match="no audit entry"), transaction.atomic():
        _grant()
    with pytest.raises(IntegrityError, match="no audit entry"), transaction.atomic():
        _grant_with_entry_rolled_back()


def test_an_entry_counts_even_when_the_setting_is_lost(audited_table: str) -> None:
    with transaction.atomic():
        _grant()
        _entry()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('phueng.audited', '', true)")


def test_a_write_wakes_the_worker_and_a_read_does_not(committed_db: Any) -> None:
    with psycopg.connect(committed_db.url, autocommit=True) as ear:
        ear.execute("LISTEN phueng_news")
        record_read(by=SYSTEM("test"), at=AT, act="registry.look_up", subject=("person", uuid.uuid4()))
        record(by=SYSTEM("test"), at=AT, act="applications.submit", subject=("application", uuid.uuid4()))
        heard = [news.payload for news in ear.notifies(timeout=3, stop_after=1)]
    assert heard == ["applications.submit"]


def test_the_clock_moves_in_tests_and_stands_in_production(db: Any, settings: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        real = cursor.fetchone()[0]
    assert clock.now() == real
    clock.set_clock_offset(timedelta(days=10))
    assert clock.now() == real + timedelta(days=10)
    clock.set_clock_offset(timedelta(0))
    assert clock.now() == real
    settings.PHUENG_SETTING = "production"
    with pytest.raises(clock.ClockMayNotMove):
        clock.set_clock_offset(timedelta(days=1))


def test_the_clock_of_production_ignores_an_offset_left_in_the_table(committed_db: Any) -> None:
    clock.set_clock_offset(timedelta(days=365))
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        clock.install_clock(owner, offset_allowed=False)
        plain = owner.execute("SELECT phueng_now() = transaction_timestamp()").fetchone()
        assert plain == (True,)
        clock.install_clock(owner, offset_allowed=True)
        moved = owner.execute("SELECT phueng_now() - transaction_timestamp()").fetchone()
        assert moved == (timedelta(days=365),)


@pytest.mark.parametrize("table", ["Robert'); DROP TABLE x", "Upper", "", "a b"])
def test_a_table_name_that_is_none_is_refused(table: str) -> None:
    for make in (append_only_trigger, require_audit_trigger):
        with pytest.raises(ValueError, match="not a table name"):
            make(table)


def test_bad_acts_and_actors_are_refused(db: Any) -> None:
    for wrong in ({"act": "Nothing"}, {"actor_kind": "ghost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EntryFactory.create(**wrong)
    assert not Entry.objects.filter(actor_kind="ghost").exists()
