"""What does the audit do on its own clock? It seals new entries, and carries heads outside.

Neither step writes an audit entry: sealing would then never come to an end. Heads and copies are its trace.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from phueng.audit import outside
from phueng.audit.clock import now
from phueng.audit.models import Head, HeadCopy, Leaf
from phueng.audit.seal import GENESIS, SELECT_SEALED, head_bytes, head_hash, row_bytes
from phueng.audit.signing import seal_key
from phueng.kernel.merkle import Frontier, leaf_hash

SEALER_LOCK = 7_020  # any number, the same for every sealer

# Below which transaction number can no further row appear? `pg_snapshot_xmin` answers for the whole server;
# a long transaction in somebody else's database would then hold up our seal and, after a minute, all
# payments. So: everything the snapshot knows to be finished or running (xmax), less what is still running
# in this database. The snapshot is older than the look at running transactions, and a finished one is
# visible to the statement that comes next.
HORIZON = """
WITH seen AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS xmax),
running AS (
    SELECT backend_xid::text::bigint AS short FROM pg_stat_activity
    WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND backend_xid IS NOT NULL
    UNION ALL
    SELECT transaction::text::bigint FROM pg_prepared_xacts WHERE database = current_database()
),
-- Running numbers come as 32 bits; the epoch is that of xmax, or the one before if they lie ahead of it.
whole AS (
    SELECT (xmax >> 32 << 32) + short
           - CASE WHEN short - (xmax & 4294967295) > 2147483648 THEN 4294967296 ELSE 0 END AS xid
    FROM running, seen
)
SELECT LEAST((SELECT xmax FROM seen), (SELECT min(xid) FROM whole))
"""


class SealBroken(Exception):
    """The last head does not agree with itself: sealing on would bury the evidence."""


@transaction.atomic
def seal_entries(*, limit: int = 5000) -> int:
    """Give unsealed entries of finished transactions their leaves and sign one head over them.

    Only entries whose transaction is older than every running one of this database are taken: no row can
    then appear behind the horizon later, so a row found there without a leaf was put there afterwards.
    Returns how many were sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = Head.objects.order_by("-size").first()
        tree = _tree_of(last)
        cursor.execute(HORIZON)
        horizon: int = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT e.id, e.xid, {SELECT_SEALED} FROM audit_entry e"  # noqa: S608  (our own column list)
            " WHERE e.xid >= %s AND (e.xid, e.id) > (%s, %s) AND e.xid < %s"
            " ORDER BY e.xid, e.id LIMIT %s",
            [last.horizon_xid if last else 0, *_last_sealed(last), horizon, limit + 1],
        )
        rows = cursor.fetchall()
    if not rows:
        return 0
    if len(rows) > limit:
        # More is waiting: everything before the first row left out is in, and no more is promised.
        horizon = rows.pop()[1]
    _seal(rows, tree, horizon, last)
    return len(rows)


def publish_heads(*, limit: int = 1) -> int:
    """Copy the newest head, with the leaves since the last copy, to the place outside the database.

    At most once an interval (an hour in production). A copy is written even when nothing was sealed since:
    the outside then says that nothing happened. Returns 1 when a copy was written, else 0.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK + 1])
        if not cursor.fetchone()[0]:
            return 0
        moment = now()
        head = Head.objects.order_by("-size").first()
        last = HeadCopy.objects.order_by("-published_at").first()
        if head is None or (last is not None and moment - last.published_at < _interval()):
            return 0
        folder = settings.PHUENG_OUTSIDE_HEADS_DIR
        start = outside.leaves_written(folder)
        outside.write_outside(folder, _as_outside(head, moment), _leaves(start, head.size), seal_key().public)
        # Written only now: a copy that is not on the disk must not count as one.
        HeadCopy.objects.create(size=head.size, place=str(folder)[:200], published_at=moment)
    return 1


def _interval() -> timedelta:
    in_production = getattr(settings, "PHUENG_SETTING", "production") == "production"
    return timedelta(seconds=getattr(settings, "PHUENG_OUTSIDE_HEADS_SECONDS", 3600 if in_production else 5))


def _last_sealed(last: Head | None) -> tuple[int, int]:
    """Transaction and number of the newest sealed entry: a batch that cut a long transaction goes on from there."""
    if last is None:
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.xid, e.id FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id WHERE l.leaf_index = %s",
            [last.size - 1],
        )
        found: tuple[int, int] | None = cursor.fetchone()
    if found is None:
        raise SealBroken(f"the newest sealed entry is gone (leaf {last.size - 1}): run `phueng audit verify`")
    return found


def _tree_of(last: Head | None) -> Frontier:
    if last is None:
        return Frontier()
    tree = Frontier((bytes.fromhex(peak) for peak in last.peaks), last.size)
    if tree.root() != bytes(last.root):
        raise SealBroken(f"the head of {last.size} leaves does not agree with its own peaks: run `phueng audit verify`")
    return tree


def _seal(rows: list[tuple[Any, ...]], tree: Frontier, horizon: int, last: Head | None) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY audit_leaf (entry_id, leaf_index, leaf_hash) FROM STDIN") as leaves,
    ):
        for entry_id, _, *columns in rows:
            digest = leaf_hash(row_bytes(columns))
            leaves.write_row((entry_id, tree.size, digest))
            tree.append(digest)
    key, moment = seal_key(), now()
    previous = bytes(last.head_hash) if last else GENESIS
    signed = head_bytes(
        size=tree.size,
        root=tree.root(),
        previous_hash=previous,
        horizon_xid=horizon,
        made_at=moment_text(moment),
        key_id=key.key_id,
    )
    Head.objects.create(
        size=tree.size,
        root=tree.root(),
        previous_hash=previous,
        head_hash=head_hash(signed),
        horizon_xid=horizon,
        peaks=[peak.hex() for peak in tree.peaks],
        made_at=moment,
        key_id=key.key_id,
        signature=key.sign(signed),
    )


def moment_text(moment: datetime) -> str:
    """Write a moment as it stands under the signature."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _as_outside(head: Head, moment: datetime) -> outside.OutsideHead:
    return outside.OutsideHead(
        size=head.size,
        root=bytes(head.root).hex(),
        previous_hash=bytes(head.previous_hash).hex(),
        horizon_xid=head.horizon_xid,
        made_at=moment_text(head.made_at),
        key_id=head.key_id,
        signature=bytes(head.signature).hex(),
        published_at=moment_text(moment),
    )


def _leaves(start: int, end: int) -> Iterator[tuple[int, bytes]]:
    rows = Leaf.objects.filter(leaf_index__gte=start, leaf_index__lt=end).order_by("leaf_index")
    for entry_id, digest in rows.values_list("entry_id", "leaf_hash").iterator(chunk_size=10_000):
        yield entry_id, bytes(digest)
