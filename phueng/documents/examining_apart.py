"""How do we open a hostile file without giving it our keys?

In a child process without our settings, our database or much memory: a decoder that crashes, hangs or eats memory takes
only itself along, and the file is refused as damaged.
"""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
from pathlib import Path

from phueng.documents.examining import Examined, examine
from phueng.documents.file_kinds import KINDS, FileKind

MOST_MEMORY = 1024 * 1024 * 1024  # address space, of which decoders touch less than half
MOST_CPU_SECONDS = 20
PATIENCE_SECONDS = 40
MOST_OUTPUT = 64 * 1024 * 1024
_HEAD = struct.Struct(">40s40sLL")
_ROOT = Path(__file__).resolve().parents[2]


def examine_apart(content: bytes, kind: FileKind) -> Examined:
    """Examine one file in a child process. Returns a refusal when the child does not come back with an answer."""
    try:
        answer = subprocess.run(  # our own interpreter and module, nothing from outside
            [sys.executable, "-m", "phueng.documents.examining_apart", kind.code],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            cwd=_ROOT,
            # Nothing of our environment goes along: keys and database address live there.
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Examined(refusal_code="file_is_damaged")
    if answer.returncode != 0 or len(answer.stdout) < _HEAD.size:
        return Examined(refusal_code="file_is_damaged")
    return _unpacked(answer.stdout)


def _packed(examined: Examined) -> bytes:
    head = _HEAD.pack(
        examined.refusal_code.encode(), examined.mime.encode(), len(examined.clean), len(examined.thumbnail)
    )
    return head + examined.clean + examined.thumbnail


def _unpacked(answer: bytes) -> Examined:
    code, mime, clean, thumbnail = _HEAD.unpack_from(answer)
    rest = answer[_HEAD.size :]
    return Examined(
        refusal_code=code.rstrip(b"\x00").decode(),
        mime=mime.rstrip(b"\x00").decode(),
        clean=rest[:clean],
        thumbnail=rest[clean : clean + thumbnail],
    )


def main() -> int:
    """The child: a file comes in, an answer goes out."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file, whatever the picture says
    os.nice(5)  # a citizen waiting for a page goes first
    kind = next(kind for kind in KINDS if kind.code == sys.argv[1])
    sys.stdout.buffer.write(_packed(examine(sys.stdin.buffer.read(), kind)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
