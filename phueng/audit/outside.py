"""What stands outside the database, and how is it written and read?

A folder, best on another machine or on paper tape: `heads.jsonl` (one signed head a line), `leaves.txt`
(one line a sealed entry: its number and its hash, in order of the tree) and `keys.txt` (public keys). A
database superuser can rewrite every row with right hashes; these files then say otherwise, and name the
rows. Only the standard library is needed here.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

HEADS = "heads.jsonl"
LEAVES = "leaves.txt"
KEYS = "keys.txt"
LEAF_LINE_BYTES = 20 + 1 + 64 + 1


@dataclass(frozen=True, slots=True)
class OutsideHead:
    """A head as it stands outside: everything that was signed, and when the copy was written."""

    size: int
    root: str
    previous_hash: str
    horizon_xid: int
    made_at: str
    key_id: str
    signature: str
    published_at: str


def write_outside(folder: Path, head: OutsideHead, leaves: Iterable[tuple[int, bytes]], public_key: bytes) -> None:
    """Append leaves, then the head; each is on the disk before the next begins.

    `leaves` are (entry id, leaf hash) from the number of lines already there up to the head's size.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _append(folder / LEAVES, (f"{entry_id:020d} {digest.hex()}\n" for entry_id, digest in leaves))
    key_line = f"{head.key_id} {public_key.hex()}\n"
    if key_line not in read_text(folder / KEYS):
        _append(folder / KEYS, [key_line])
    _append(folder / HEADS, [json.dumps(asdict(head), sort_keys=True) + "\n"])


def leaves_written(folder: Path) -> int:
    """Count the leaves outside; a half line left by a killed write is cut off first."""
    path = folder / LEAVES
    if not path.exists():
        return 0
    whole, rest = divmod(path.stat().st_size, LEAF_LINE_BYTES)
    if rest:
        os.truncate(path, whole * LEAF_LINE_BYTES)
    return whole


def read_heads(folder: Path) -> list[OutsideHead]:
    """Read every head outside; a last line without its end, left by a killed write, is not one."""
    lines = read_text(folder / HEADS).split("\n")[:-1]
    return [OutsideHead(**json.loads(line)) for line in lines if line.strip()]


def read_leaves(folder: Path) -> Iterator[tuple[int, bytes]]:
    """Read (entry id, leaf hash) of every leaf outside, in order."""
    path = folder / LEAVES
    if not path.exists():
        return
    with path.open("rb") as lines:
        while len(line := lines.read(LEAF_LINE_BYTES)) == LEAF_LINE_BYTES:
            yield int(line[:20]), bytes.fromhex(line[21:85].decode())


def read_keys(folder: Path) -> dict[str, bytes]:
    """Read the public keys outside, by key id."""
    pairs = (line.split() for line in read_text(folder / KEYS).splitlines())
    return {pair[0]: bytes.fromhex(pair[1]) for pair in pairs if len(pair) == 2}


def read_text(path: Path) -> str:
    """Read a file, or nothing when it is not there."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _append(path: Path, lines: Iterable[str]) -> None:
    with path.open("a", encoding="utf-8") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
