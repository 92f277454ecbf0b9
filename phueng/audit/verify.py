"""`phueng audit verify`: is the audit whole? Reads the database and the copies outside, changes nothing."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from phueng.audit import outside
from phueng.audit.findings import Report
from phueng.audit.models import Head
from phueng.audit.seal import SELECT_SEALED, row_bytes
from phueng.audit.signing import is_signed_by, seal_key
from phueng.audit.verifying import HeadSeen, LeafSeen, Outside, examine
from phueng.audit.work import moment_text

CHUNK = 10_000


def verify_audit(folder: Path | None = None) -> Report:
    """Compare entries, leaves, heads and the copies in `folder` (the settings' place when not given).

    One snapshot of the database: entries that arrive meanwhile do not disturb. 1 million rows take under a
    minute.
    """
    folder = settings.PHUENG_OUTSIDE_HEADS_DIR if folder is None else folder
    # The outside is read first: a head copied while we read the database must be in it already.
    copies = Outside(outside.read_heads(folder), list(outside.read_leaves(folder)))
    keys = _trusted_keys(folder)

    def is_signed(key_id: str, signature: bytes, signed: bytes) -> bool:
        return key_id in keys and is_signed_by(keys[key_id], signature, signed)

    with transaction.atomic():
        with connection.cursor() as cursor:
            if len(connection.savepoint_ids) == 0:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        heads = list(_heads())
        report = examine(_leaves(), heads, _strays(heads), copies, is_signed)
        report.unsealed = _unsealed()
    return report


def _trusted_keys(folder: Path) -> dict[str, bytes]:
    """Our own key, and those it replaced by keys.txt: a place we trust more than the database."""
    key = seal_key()
    return {**outside.read_keys(folder), key.key_id: key.public}


def _heads() -> Iterator[HeadSeen]:
    for head in Head.objects.order_by("size").iterator():
        yield HeadSeen(
            size=head.size,
            root=bytes(head.root),
            previous_hash=bytes(head.previous_hash),
            head_hash=bytes(head.head_hash),
            horizon_xid=head.horizon_xid,
            made_at=moment_text(head.made_at),
            key_id=head.key_id,
            signature=bytes(head.signature),
        )


def _leaves() -> Iterator[LeafSeen]:
    columns = f"l.leaf_index, l.entry_id, l.leaf_hash, e.xid, {SELECT_SEALED}"
    rows_of = "FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.leaf_index"
    sql = f"SELECT {columns} {rows_of}"
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            for leaf_index, entry_id, digest, xid, *sealed in rows:
                row = None if xid is None else row_bytes(sealed)
                yield LeafSeen(leaf_index, entry_id, bytes(digest), row, xid)


def _strays(heads: list[HeadSeen]) -> list[int]:
    if not heads:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM audit_entry e WHERE e.xid < %s"
            " AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id) ORDER BY e.id",
            [heads[-1].horizon_xid],
        )
        return [row[0] for row in cursor.fetchall()]


def _unsealed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)"
        )
        return int(cursor.fetchone()[0])


def main(argv: list[str] | None = None) -> int:
    """Run from the command line: print the report, return 0 when the audit is whole and 1 when it is not."""
    parser = argparse.ArgumentParser(prog="phueng audit verify", description=__doc__)
    parser.add_argument("--outside", type=Path, help="folder with the copies outside the database")
    report = verify_audit(parser.parse_args(argv).outside)
    sys.stdout.write(report.text() + "\n")
    return report.exit_code
