"""Is every kind of tampering by somebody with full power over the database found and named, and nothing else?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from phueng.audit import verify
from phueng.audit.tests.conftest import write_entries
from phueng.audit.seal import GENESIS, SELECT_SEALED, head_bytes, head_hash, row_bytes
from phueng.audit.signing import seal_key
from phueng.audit.verify import verify_audit
from phueng.audit.work import moment_text, publish_heads, seal_entries
from phueng.kernel.merkle import Frontier, leaf_hash

Intruder = psycopg.Connection[Any]


def entry_at(intruder: Intruder, leaf_index: int) -> int:
    row = intruder.execute("SELECT entry_id FROM audit_leaf WHERE leaf_index = %s", [leaf_index]).fetchone()
    assert row is not None
    return int(row[0])


def reseal_leaf(intruder: Intruder, entry_id: int) -> None:
    """Make the leaf fit the changed row again, as a careful intruder would."""
    row = intruder.execute(f"SELECT {SELECT_SEALED} FROM audit_entry e WHERE e.id = %s", [entry_id]).fetchone()
    assert row is not None
    intruder.execute("UPDATE audit_leaf SET leaf_hash = %s WHERE entry_id = %s", [leaf_hash(row_bytes(row)), entry_id])


def reseal_everything(intruder: Intruder, sign: Callable[[bytes], bytes]) -> None:
    """Rewrite all leaves and heads so that every hash fits every row: what remains wrong is only the outside."""
    sizes = intruder.execute("SELECT size, horizon_xid, made_at, key_id FROM audit_head ORDER BY size").fetchall()
    intruder.execute("TRUNCATE audit_head; TRUNCATE audit_leaf")
    rows = intruder.execute(
        f"SELECT e.id, e.xid, {SELECT_SEALED} FROM audit_entry e WHERE e.xid < %s ORDER BY e.xid, e.id", [sizes[-1][1]]
    ).fetchall()
    tree, previous, heads = Frontier(), GENESIS, iter(sizes)
    head = next(heads)
    for position, (entry_id, _, *sealed) in enumerate(rows):
        digest = leaf_hash(row_bytes(sealed))
        intruder.execute("INSERT INTO audit_leaf VALUES (%s, %s, %s)", [entry_id, position, digest])
        tree.append(digest)
        if tree.size == head[0] or position == len(rows) - 1:
            _, horizon, made_at, key_id = head
            signed = head_bytes(
                size=tree.size,
                root=tree.root(),
                previous_hash=previous,
                horizon_xid=horizon,
                made_at=moment_text(made_at),
                key_id=key_id,
            )
            intruder.execute(
                "INSERT INTO audit_head (id, size, root, previous_hash, head_hash, horizon_xid, peaks, made_at, key_id,"
                " signature) VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, '[]', %s, %s, %s)",
                [tree.size, tree.root(), previous, head_hash(signed), horizon, made_at, key_id, sign(signed)],
            )
            previous = head_hash(signed)
            head = next(heads, head)


def test_an_untouched_audit_is_clean_again_and_again(sealed_audit: Any) -> None:
    for round_number in range(4):
        report = verify_audit()
        assert report.is_clean, report.text()
        assert report.exit_code == 0
        write_entries(7 + round_number, each_transaction=2)
        seal_entries(limit=5)
        publish_heads()
    assert (report.entries, report.unsealed, report.outside_heads) == (55, 11, 6)


def test_a_changed_row_is_named(intruder: Intruder) -> None:
    entry = entry_at(intruder, 4)
    intruder.execute("UPDATE audit_entry SET why = 'อื่น' WHERE id = %s", [entry])
    report = verify_audit()
    assert report.entries_named() == {entry}
    assert report.kinds() == {"changed"}
    assert report.exit_code == 1


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 day'",
        "written_at = written_at + interval '1 microsecond'",
        "actor_name = 'ใครอีกคน'",
        "actor_id = NULL",
        "role = 'auditor'",
        "office_code = ''",
        "act = 'audit.other'",
        "is_read = true",
        "subject_id = gen_random_uuid()",
        "person_id = gen_random_uuid()",
        "before = '{}'",
        "after = '{\"n\": 5}'",
        "request_id = 's'",
        "xid = xid + 1",
    ],
)
def test_every_column_is_under_the_seal(intruder: Intruder, change: str) -> None:
    entry = entry_at(intruder, 33)
    intruder.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [entry])
    report = verify_audit()
    assert entry in report.entries_named()
    assert "changed" in report.kinds()


def test_a_changed_row_with_a_leaf_made_to_fit_is_named_by_the_outside(intruder: Intruder) -> None:
    entry = entry_at(intruder, 12)
    intruder.execute("UPDATE audit_entry SET actor_name = 'ใครอีกคน' WHERE id = %s", [entry])
    reseal_leaf(intruder, entry)
    report = verify_audit()
    assert report.entries_named() == {entry}


def test_without_a_copy_yet_it_is_found_between_two_heads(intruder: Intruder) -> None:
    entry = entry_at(intruder, 35)
    intruder.execute("UPDATE audit_entry SET actor_name = 'ใครอีกคน' WHERE id = %s", [entry])
    reseal_leaf(intruder, entry)
    report = verify_audit()
    assert report.kinds() == {"rows do not add up"}
    assert "leaves 30 to 39" in report.findings[0].where


@pytest.mark.parametrize("leaf_index", [0, 5, 29, 39])
def test_a_removed_row_is_named(intruder: Intruder, leaf_index: int) -> None:
    entry = entry_at(intruder, leaf_index)
    intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    report = verify_audit()
    assert report.entries_named() == {entry}
    assert report.kinds() == {"removed"}


def test_a_row_removed_with_its_leaf_is_named(intruder: Intruder) -> None:
    entry = entry_at(intruder, 17)
    intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    intruder.execute("DELETE FROM audit_leaf WHERE entry_id = %s", [entry])
    report = verify_audit()
    assert report.entries_named() == {entry}
    assert report.kinds() == {"removed"}


def test_a_leaf_removed_under_its_row_is_found(intruder: Intruder) -> None:
    entry = entry_at(intruder, 17)
    intruder.execute("DELETE FROM audit_leaf WHERE entry_id = %s", [entry])
    report = verify_audit()
    assert report.entries_named() == {entry}
    assert report.kinds() == {"removed"}


def test_a_row_slipped_in_behind_the_horizon_is_named(intruder: Intruder) -> None:
    """Backdated: it claims a transaction that was sealed long ago."""
    row = intruder.execute(
        "INSERT INTO audit_entry (at, written_at, xid, actor_kind, actor_name, role, office_code, act, is_read,"
        " subject_kind, subject_id, why, request_id) SELECT at, written_at, xid, 'staff', 'ผี', 'approver', '',"
        " 'decisions.approve', false, 'case', gen_random_uuid(), '', '' FROM audit_entry ORDER BY id LIMIT 1"
        " RETURNING id"
    ).fetchone()
    assert row is not None
    report = verify_audit()
    assert report.entries_named() == {row[0]}
    assert report.kinds() == {"inserted"}


def test_two_rows_that_changed_places_are_named(intruder: Intruder) -> None:
    first, second = entry_at(intruder, 8), entry_at(intruder, 9)
    intruder.execute("UPDATE audit_leaf SET leaf_index = 1000 WHERE entry_id = %s", [first])
    intruder.execute("UPDATE audit_leaf SET leaf_index = 8 WHERE entry_id = %s", [second])
    intruder.execute("UPDATE audit_leaf SET leaf_index = 9 WHERE entry_id = %s", [first])
    report = verify_audit()
    assert report.kinds() == {"reordered"}
    assert report.entries_named() <= {first, second}
    assert report.entries_named()


def test_two_rows_that_swapped_their_contents_are_named(intruder: Intruder) -> None:
    first, second = entry_at(intruder, 2), entry_at(intruder, 23)
    intruder.execute(
        "UPDATE audit_entry a SET why = b.why, after = b.after FROM audit_entry b"
        " WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
        [first, second, second, first],
    )
    assert verify_audit().entries_named() == {first, second}


def test_a_cut_tail_is_named_row_by_row(intruder: Intruder) -> None:
    gone = [entry_at(intruder, index) for index in range(20, 30)]
    intruder.execute("DELETE FROM audit_entry WHERE id >= %s", [gone[0]])
    intruder.execute("DELETE FROM audit_leaf WHERE leaf_index >= 20")
    intruder.execute("DELETE FROM audit_head WHERE size > 20")
    report = verify_audit()
    assert report.kinds() == {"cut off"}
    assert report.entries_named() == set(gone)


def test_without_the_outside_a_cut_tail_would_go_unseen(intruder: Intruder, tmp_path: Path) -> None:
    """The negative control: it is the outside that finds it, nothing else could."""
    intruder.execute("DELETE FROM audit_entry WHERE id >= %s", [entry_at(intruder, 20)])
    intruder.execute("DELETE FROM audit_leaf WHERE leaf_index >= 20")
    intruder.execute("DELETE FROM audit_head WHERE size > 20")
    assert verify_audit(tmp_path / "nowhere").is_clean


def test_everything_emptied_is_found(intruder: Intruder) -> None:
    intruder.execute("TRUNCATE audit_entry, audit_leaf, audit_head")
    report = verify_audit()
    assert report.kinds() == {"cut off"}
    assert len(report.entries_named()) == 30


@pytest.mark.parametrize("with_key", [True, False])
def test_a_whole_audit_rewritten_with_right_hashes_is_found_and_located(intruder: Intruder, with_key: bool) -> None:
    entry = entry_at(intruder, 11)
    intruder.execute("UPDATE audit_entry SET actor_name = 'แพะรับบาป' WHERE id = %s", [entry])
    reseal_everything(intruder, seal_key().sign if with_key else lambda _: b"\x00" * 64)
    report = verify_audit()
    assert report.entries_named() == {entry}
    assert {"changed", "rewritten"} <= report.kinds()
    assert ("head not signed" in report.kinds()) is not with_key


def test_without_the_outside_a_rewrite_with_the_key_would_go_unseen(intruder: Intruder, tmp_path: Path) -> None:
    """The negative control: hashes and signatures alone prove nothing against whoever holds key and database."""
    intruder.execute("UPDATE audit_entry SET actor_name = 'แพะ' WHERE id = %s", [entry_at(intruder, 11)])
    reseal_everything(intruder, seal_key().sign)
    assert verify_audit(tmp_path / "nowhere").is_clean


def test_a_row_removed_before_a_whole_rewrite_is_named(intruder: Intruder) -> None:
    entry = entry_at(intruder, 11)
    intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    reseal_everything(intruder, seal_key().sign)
    report = verify_audit()
    assert report.entries_named() == {entry}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE audit_head SET root = '\\x00' WHERE size = 20", "head changed"),
        ("UPDATE audit_head SET made_at = made_at - interval '1 day' WHERE size = 20", "head changed"),
        ("UPDATE audit_head SET horizon_xid = 5 WHERE size = 40", "head changed"),
        ("UPDATE audit_head SET signature = decode(repeat('00', 64), 'hex') WHERE size = 40", "head not signed"),
        ("DELETE FROM audit_head WHERE size = 20", "head removed"),
        ("DELETE FROM audit_head WHERE size = 10", "head removed"),
    ],
)
def test_a_touched_head_is_named(intruder: Intruder, change: str, kind: str) -> None:
    intruder.execute(change)
    assert kind in verify_audit().kinds()


def test_a_touched_copy_outside_is_named(sealed_audit: Any, outside_folder: Path) -> None:
    heads = outside_folder / "heads.jsonl"
    heads.write_text(heads.read_text().replace('"size": 20', '"size": 21'))
    assert verify_audit().kinds() == {"outside damaged"}


def test_a_touched_leaf_outside_is_named_and_not_believed(sealed_audit: Any, outside_folder: Path) -> None:
    leaves = outside_folder / "leaves.txt"
    lines = leaves.read_text().splitlines(keepends=True)
    lines[3] = lines[3][:21] + "0" * 64 + "\n"
    leaves.write_text("".join(lines))
    assert verify_audit().kinds() == {"outside damaged"}


def test_the_report_speaks_thai_and_english(intruder: Intruder, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main([]) == 0
    assert "ครบถ้วน" in capsys.readouterr().out
    entry = entry_at(intruder, 3)
    intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
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
