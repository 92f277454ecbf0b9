"""A small sealed audit in a database of its own, and somebody with full power over that database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.audit.work import publish_heads, seal_entries

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TABLES = ("audit_entry", "audit_leaf", "audit_head", "audit_headcopy")


def write_entries(count: int, *, each_transaction: int = 3) -> None:
    """Write entries as several people would, a few in each transaction."""
    for start in range(0, count, each_transaction):
        with transaction.atomic():
            for n in range(start, min(start + each_transaction, count)):
                by = Actor("staff", uuid4(), f"เจ้าหน้าที่ {n}", "social_worker", "KKN", "r")
                record(
                    by=by,
                    at=AT,
                    act="audit.tested",
                    subject=("case", uuid4()),
                    why=f"เหตุผล {n}",
                    after={"n": n},
                )


@pytest.fixture
def outside_folder(settings: Any, tmp_path: Path) -> Path:
    """A place outside the database, for this test only."""
    settings.PHUENG_OUTSIDE_HEADS_DIR = tmp_path / "outside"
    settings.PHUENG_OUTSIDE_HEADS_SECONDS = 0
    return tmp_path / "outside"


@pytest.fixture
def empty_audit(committed_db: Any) -> Any:
    """A database whose audit begins now, without the entries of what is loaded into every new one."""
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            owner.execute(f"TRUNCATE {table}")
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            owner.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
    return committed_db


@pytest.fixture
def sealed_audit(empty_audit: Any, outside_folder: Path) -> Any:
    """40 entries under four heads, the first three of which stand outside; 2 more wait for the seal."""
    for _ in range(3):
        write_entries(10)
        assert seal_entries() == 10
        publish_heads()
    write_entries(10)
    assert seal_entries() == 10
    write_entries(2)
    return empty_audit


@pytest.fixture
def intruder(sealed_audit: Any) -> Iterator[psycopg.Connection[Any]]:
    """Somebody with full power over the database, who has switched every guard off."""
    with psycopg.connect(sealed_audit.owner_url, autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield connection
