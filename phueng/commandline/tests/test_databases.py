"""May the app role do no more than it should, in a real migrated database?"""

from typing import Any

import psycopg
import pytest
from django.db import connection

from phueng.commandline.testing import TestDatabase


@pytest.mark.django_db
def test_pages_run_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("phueng_app", False, False)


@pytest.mark.parametrize(
    "forbidden",
    [
        "CREATE TABLE loot (x int)",
        "DROP TABLE audit_entry",
        "TRUNCATE access_account CASCADE",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET act = 'x'",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ],
)
def test_the_app_role_is_refused(committed_db: TestDatabase, forbidden: str) -> None:
    with psycopg.connect(committed_db.url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(forbidden)


def test_append_only_tables_are_found_by_their_trigger(owner_connection: "psycopg.Connection[Any]") -> None:
    granted = owner_connection.execute(
        "SELECT has_table_privilege('phueng_app', 'audit_entry', 'INSERT'),"
        " has_table_privilege('phueng_app', 'audit_entry', 'DELETE'),"
        " has_table_privilege('phueng_app', 'access_account', 'DELETE')"
    ).fetchone()
    assert granted == (True, False, True)


def test_what_a_test_commits_stays_in_its_own_database(committed_db: TestDatabase) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (committed_db.name,)
    with psycopg.connect(committed_db.url, autocommit=True) as app:
        app.execute("INSERT INTO django_session VALUES ('k', 'd', now())")


@pytest.mark.django_db
def test_the_next_test_sees_nothing_of_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session WHERE session_key = 'k'")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_counting_queries_fails_when_there_are_too_many(count_queries: Any) -> None:
    with count_queries(most=1) as seen, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert seen == ["SELECT 1"]
    with pytest.raises(pytest.fail.Exception), count_queries(most=0), connection.cursor() as cursor:
        cursor.execute("SELECT 2")
