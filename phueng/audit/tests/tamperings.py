"""What could somebody with full power over the database do to the audit?

Each tampering does its deed on a sealed audit of 40 entries under four heads (sizes 10, 20, 30, 40; the
first three stand outside) and says what must be found: the kinds of findings, and the entries that must be
named (None: any).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg

from phueng.audit.seal import GENESIS, SELECT_SEALED, head_bytes, head_hash, row_bytes
from phueng.audit.signing import seal_key
from phueng.audit.work import moment_text
from phueng.kernel.merkle import Frontier, leaf_hash

Intruder = psycopg.Connection[Any]


@dataclass(frozen=True)
class Expected:
    """What the verifier must say."""

    kinds: set[str]
    entries: set[int] | None


def entry_at(intruder: Intruder, leaf_index: int) -> int:
    """The entry at a place of the tree."""
    row = intruder.execute("SELECT entry_id FROM audit_leaf WHERE leaf_index = %s", [leaf_index]).fetchone()
    assert row is not None
    return int(row[0])


def change_column(change: str) -> Callable[[Intruder], Expected]:
    """Change one column of one row."""

    def tamper(intruder: Intruder) -> Expected:
        entry = entry_at(intruder, 33)
        intruder.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [entry])  # noqa: S608
        return Expected({"changed"}, {entry})

    return tamper


def change_and_reseal_leaf(leaf_index: int, expected_kind: str, names: bool) -> Callable[[Intruder], Expected]:
    """Change a row and make its leaf fit again."""

    def tamper(intruder: Intruder) -> Expected:
        entry = entry_at(intruder, leaf_index)
        intruder.execute("UPDATE audit_entry SET actor_name = 'ใครอีกคน' WHERE id = %s", [entry])
        row = intruder.execute(f"SELECT {SELECT_SEALED} FROM audit_entry e WHERE e.id = %s", [entry]).fetchone()  # noqa: S608
        assert row is not None
        intruder.execute("UPDATE audit_leaf SET leaf_hash = %s WHERE entry_id = %s", [leaf_hash(row_bytes(row)), entry])
        return Expected({expected_kind}, {entry} if names else set())

    return tamper


def remove(leaf_index: int, *, row: bool, leaf: bool) -> Callable[[Intruder], Expected]:
    """Remove a row, its leaf, or both."""

    def tamper(intruder: Intruder) -> Expected:
        entry = entry_at(intruder, leaf_index)
        if row:
            intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
        if leaf:
            intruder.execute("DELETE FROM audit_leaf WHERE entry_id = %s", [entry])
        return Expected({"removed"}, {entry})

    return tamper


def slip_in_backdated(intruder: Intruder) -> Expected:
    """Add a row that claims a transaction sealed long ago."""
    row = intruder.execute(
        "INSERT INTO audit_entry (at, written_at, xid, actor_kind, actor_name, role, office_code, act,"
        " is_read, subject_kind, subject_id, why, request_id)"
        " SELECT at, written_at, xid, 'staff', 'ผี', 'approver', '',"
        " 'decisions.approve', false, 'case', gen_random_uuid(), '', '' FROM audit_entry ORDER BY id LIMIT 1"
        " RETURNING id"
    ).fetchone()
    assert row is not None
    return Expected({"inserted"}, {row[0]})


def swap_places(intruder: Intruder) -> Expected:
    """Exchange the places of two neighbours."""
    first, second = entry_at(intruder, 8), entry_at(intruder, 9)
    for entry, index in ((first, 1000), (second, 8), (first, 9)):
        intruder.execute("UPDATE audit_leaf SET leaf_index = %s WHERE entry_id = %s", [index, entry])
    return Expected({"reordered"}, {first})


def swap_contents(intruder: Intruder) -> Expected:
    """Exchange what two rows say."""
    first, second = entry_at(intruder, 2), entry_at(intruder, 23)
    intruder.execute(
        "UPDATE audit_entry a SET why = b.why, after = b.after FROM audit_entry b"
        " WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
        [first, second, second, first],
    )
    return Expected({"changed"}, {first, second})


def cut_tail(intruder: Intruder) -> Expected:
    """Remove the newest entries with their leaves and heads, as if they had never been."""
    gone = {entry_at(intruder, index) for index in range(20, 30)}
    intruder.execute("DELETE FROM audit_entry WHERE id >= %s", [min(gone)])
    intruder.execute("DELETE FROM audit_leaf WHERE leaf_index >= 20")
    intruder.execute("DELETE FROM audit_head WHERE size > 20")
    return Expected({"cut off"}, gone)


def empty_everything(intruder: Intruder) -> Expected:
    """Leave nothing."""
    gone = {entry_at(intruder, index) for index in range(30)}
    intruder.execute("TRUNCATE audit_entry, audit_leaf, audit_head")
    return Expected({"cut off"}, gone)


def rewrite_whole(*, with_key: bool) -> Callable[[Intruder], Expected]:
    """Change one row and rewrite every hash and every head so that all of them fit."""

    def tamper(intruder: Intruder) -> Expected:
        entry = entry_at(intruder, 11)
        intruder.execute("UPDATE audit_entry SET actor_name = 'แพะรับบาป' WHERE id = %s", [entry])
        reseal_everything(intruder, seal_key().sign if with_key else lambda _: b"\x00" * 64)
        return Expected({"changed", "rewritten"} | (set() if with_key else {"head not signed"}), {entry})

    return tamper


def remove_and_rewrite_whole(intruder: Intruder) -> Expected:
    """Remove one row, close the gap and rewrite everything, signed with the stolen key."""
    entry = entry_at(intruder, 11)
    intruder.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    reseal_everything(intruder, seal_key().sign)
    return Expected({"removed", "rewritten"}, {entry})


def touch_head(change: str, kind: str) -> Callable[[Intruder], Expected]:
    """Change or remove a head; the rows themselves are as they were."""

    def tamper(intruder: Intruder) -> Expected:
        intruder.execute(change)
        return Expected({kind}, set())

    return tamper


def reseal_everything(intruder: Intruder, sign: Callable[[bytes], bytes]) -> None:
    """Rewrite all leaves and heads so that every hash fits: what remains wrong is only the outside."""
    old = intruder.execute("SELECT size, horizon_xid, made_at, key_id FROM audit_head ORDER BY size").fetchall()
    intruder.execute("TRUNCATE audit_head; TRUNCATE audit_leaf")
    rows = intruder.execute(
        f"SELECT e.id, {SELECT_SEALED} FROM audit_entry e WHERE e.xid < %s ORDER BY e.xid, e.id",  # noqa: S608
        [old[-1][1]],
    ).fetchall()
    tree, previous, heads = Frontier(), GENESIS, iter(old)
    head = next(heads)
    for position, (entry_id, *sealed) in enumerate(rows):
        digest = leaf_hash(row_bytes(sealed))
        intruder.execute("INSERT INTO audit_leaf VALUES (%s, %s, %s)", [entry_id, position, digest])
        tree.append(digest)
        if tree.size == head[0] or position == len(rows) - 1:
            previous = _write_head(intruder, tree, previous, head[1:], sign)
            head = next(heads, head)


def _write_head(
    intruder: Intruder, tree: Frontier, previous: bytes, kept: Any, sign: Callable[[bytes], bytes]
) -> bytes:
    horizon, made_at, key_id = kept
    signed = head_bytes(
        size=tree.size,
        root=tree.root(),
        previous_hash=previous,
        horizon_xid=horizon,
        made_at=moment_text(made_at),
        key_id=key_id,
    )
    intruder.execute(
        "INSERT INTO audit_head (id, size, root, previous_hash, head_hash, horizon_xid, peaks, made_at,"
        " key_id, signature) VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, '[]', %s, %s, %s)",
        [tree.size, tree.root(), previous, head_hash(signed), horizon, made_at, key_id, sign(signed)],
    )
    return head_hash(signed)


TAMPERINGS: dict[str, Callable[[Intruder], Expected]] = {
    **{
        f"change {change.split(' ')[0]}": change_column(change)
        for change in (
            "at = at + interval '1 day'",
            "written_at = written_at + interval '1 microsecond'",
            "actor_kind = 'system'",
            "actor_id = NULL",
            "actor_name = 'ใครอีกคน'",
            "role = 'auditor'",
            "office_code = ''",
            "act = 'audit.other'",
            "is_read = true",
            "subject_kind = 'person'",
            "subject_id = gen_random_uuid()",
            "person_id = gen_random_uuid()",
            "why = ''",
            "before = '{}'",
            "after = '{\"n\": 5}'",
            "request_id = 's'",
        )
    },
    "change a row and its leaf": change_and_reseal_leaf(12, "changed", names=True),
    "change a row and its leaf before any copy": change_and_reseal_leaf(35, "rows do not add up", names=False),
    **{f"remove row {index}": remove(index, row=True, leaf=False) for index in (0, 5, 29, 39)},
    "remove a row with its leaf": remove(17, row=True, leaf=True),
    "remove a leaf under its row": remove(17, row=False, leaf=True),
    "slip in a backdated row": slip_in_backdated,
    "swap two places": swap_places,
    "swap two contents": swap_contents,
    "cut the tail": cut_tail,
    "empty everything": empty_everything,
    "rewrite the whole with a stolen key": rewrite_whole(with_key=True),
    "rewrite the whole without the key": rewrite_whole(with_key=False),
    "remove a row and rewrite the whole": remove_and_rewrite_whole,
    "root of a head": touch_head("UPDATE audit_head SET root = '\\x00' WHERE size = 40", "head changed"),
    "moment of a head": touch_head("UPDATE audit_head SET made_at = now() WHERE size = 20", "head changed"),
    "horizon of a head": touch_head("UPDATE audit_head SET horizon_xid = 5 WHERE size = 40", "head changed"),
    "signature of a head": touch_head("UPDATE audit_head SET signature = '\\x00' WHERE size = 40", "head not signed"),
    "a head in the middle": touch_head("DELETE FROM audit_head WHERE size = 20", "head removed"),
    "the first head": touch_head("DELETE FROM audit_head WHERE size = 10", "head removed"),
}
