"""Is every tampering by somebody with full power over the database found and named, and nothing else? (T-18)"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from phueng.audit import verify
from phueng.audit.tests.conftest import write_entries
from phueng.audit.tests.tamperings import TAMPERINGS, cut_tail, entry_at, remove, rewrite_whole
from phueng.audit.verify import verify_audit
from phueng.audit.work import publish_heads, seal_entries

TABLES = ("audit_entry", "audit_leaf", "audit_head")


@contextmanager
def undone(intruder: psycopg.Connection[Any]) -> Iterator[None]:
    """Put the three tables back afterwards: a database for each tampering would take a minute."""
    for table in TABLES:
        intruder.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")  # noqa: S608
    try:
        yield
    finally:
        for table in TABLES:
            intruder.execute(f"TRUNCATE {table}")
            intruder.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_{table}")  # noqa: S608
            intruder.execute(f"DROP TABLE kept_{table}")


def test_every_tampering_is_found_and_named(intruder: psycopg.Connection[Any], subtests: pytest.Subtests) -> None:
    for name, tamper in TAMPERINGS.items():
        with subtests.test(name), undone(intruder):
            expected = tamper(intruder)
            report = verify_audit()
            assert report.exit_code == 1
            assert expected.kinds <= report.kinds(), report.text()
            assert report.entries_named() == expected.entries, report.text()
    assert verify_audit().is_clean, "everything was put back"


DEEDS = (
    ("changed", "UPDATE audit_entry SET actor_name = actor_name || '.' WHERE id = %(entry)s"),
    ("changed", "UPDATE audit_leaf SET leaf_hash = sha256('x') WHERE entry_id = %(entry)s"),
    ("removed", "DELETE FROM audit_entry WHERE id = %(entry)s"),
    ("removed", "DELETE FROM audit_leaf WHERE entry_id = %(entry)s"),
    ("changed", "UPDATE audit_entry SET at = at - interval '1 year' WHERE id = %(entry)s"),
)


def test_a_hundred_random_tamperings_are_all_located(intruder: psycopg.Connection[Any]) -> None:
    chance = random.Random(2569)
    for _ in range(100):
        kind, deed = chance.choice(DEEDS)
        entry = entry_at(intruder, chance.randrange(30))
        with undone(intruder):
            intruder.execute(deed, {"entry": entry})
            report = verify_audit()
            assert (kind in report.kinds(), entry in report.entries_named()) == (True, True), deed


def test_without_the_outside_two_of_them_go_unseen(intruder: psycopg.Connection[Any], tmp_path: Path) -> None:
    """The negative control: against whoever holds database and key, only the outside helps."""
    for tamper in (cut_tail, rewrite_whole(with_key=True)):
        with undone(intruder):
            tamper(intruder)
            assert verify_audit(tmp_path / "nowhere").is_clean
            assert not verify_audit().is_clean


def test_an_untouched_audit_is_clean_again_and_again(sealed_audit: Any) -> None:
    for round_number in range(4):
        report = verify_audit()
        assert report.is_clean, report.text()
        write_entries(7 + round_number, each_transaction=2)
        seal_entries(limit=5)
        publish_heads()
    assert (report.entries, report.unsealed, report.outside_heads) == (55, 11, 6)


def test_a_touched_copy_outside_is_named_and_not_believed(sealed_audit: Any, outside_folder: Path) -> None:
    heads, leaves = outside_folder / "heads.jsonl", outside_folder / "leaves.txt"
    kept_heads, kept_leaves = heads.read_text(), leaves.read_text()
    heads.write_text(kept_heads.replace('"size": 20', '"size": 21'))
    assert verify_audit().kinds() == {"outside damaged"}
    heads.write_text(kept_heads)
    lines = kept_leaves.splitlines(keepends=True)
    lines[3] = lines[3][:21] + "0" * 64 + "\n"
    leaves.write_text("".join(lines))
    assert verify_audit().kinds() == {"outside damaged"}


def test_the_report_speaks_thai_and_english(
    intruder: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main([]) == 0
    assert "ครบถ้วน" in capsys.readouterr().out
    entry = entry_at(intruder, 3)
    remove(3, row=True, leaf=False)(intruder)
    assert verify.main([]) == 1
    said = capsys.readouterr().out
    assert f"ถูกลบออก: entry {entry}" in said
    assert f"removed: entry {entry}" in said


def test_verifying_changes_nothing(sealed_audit: Any) -> None:
    def counts() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM audit_leaf), (SELECT count(*) FROM audit_headcopy)")
            return cursor.fetchone()

    before = counts()
    verify_audit()
    assert counts() == before
