"""Is a connection that died between two requests noticed, without asking the database about those that live?"""

from typing import Any

import psycopg
from django.db import connection

from phueng.commandline.testing import TestDatabase


def _new_request() -> None:
    connection.health_check_enabled = True
    connection.health_check_done = False


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_restarted_database_costs_no_error(committed_db: TestDatabase) -> None:
    before = _backend()
    with psycopg.connect(committed_db.url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    _new_request()
    assert _backend() != before


def test_a_living_connection_is_not_asked(committed_db: TestDatabase, monkeypatch: Any) -> None:
    before = _backend()
    asked: list[str] = []
    monkeypatch.setattr(
        "django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda _: bool(asked.append(""))
    )
    _new_request()
    assert (_backend(), asked) == (before, [])
