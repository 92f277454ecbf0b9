"""What exactly is under the seal: which bytes of an entry, and which of a head?

Rows add up to a root by the tree of RFC 6962 (kernel/merkle.py). Only the standard library is needed, so
that an auditor can run and read it anywhere.
"""

import hashlib
from collections.abc import Sequence

from phueng.kernel.canonical import canonical_json

# The columns under seal, in the words of SQL that make each of them plain text on every server version.
SEALED_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "e.id::text"),
    ("at", "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
    ("written_at", "to_char(e.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
    ("xid", "e.xid::text"),
    ("actor_kind", "e.actor_kind"),
    ("actor_id", "e.actor_id::text"),
    ("actor_name", "e.actor_name"),
    ("role", "e.role"),
    ("office_code", "e.office_code"),
    ("act", "e.act"),
    ("is_read", "e.is_read::text"),
    ("subject_kind", "e.subject_kind"),
    ("subject_id", "e.subject_id::text"),
    ("person_id", "e.person_id::text"),
    ("why", "e.why"),
    ("before", "e.before::text"),
    ("after", "e.after::text"),
    ("request_id", "e.request_id"),
)
SELECT_SEALED = ", ".join(expression for _, expression in SEALED_COLUMNS)
_NAMES = tuple(name for name, _ in SEALED_COLUMNS)


def row_bytes(columns: Sequence[str | None]) -> bytes:
    """Turn one row, selected by SELECT_SEALED, into the bytes under seal (columns are text or nothing)."""
    return canonical_json(dict(zip(_NAMES, columns, strict=True)))


GENESIS = hashlib.sha256(b"phueng audit: before the first head").digest()


def head_bytes(*, size: int, root: bytes, previous_hash: bytes, horizon_xid: int, made_at: str, key_id: str) -> bytes:
    """Write a head as the bytes that are hashed and signed."""
    return canonical_json(
        {
            "size": size,
            "root": root.hex(),
            "previous_hash": previous_hash.hex(),
            "horizon_xid": horizon_xid,
            "made_at": made_at,
            "key_id": key_id,
        }
    )


def head_hash(signed: bytes) -> bytes:
    """Hash a head, for the next one to name."""
    return hashlib.sha256(b"\x02" + signed).digest()
