"""Where does the command keep what it writes? Nothing outside var/, which git ignores."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def var() -> Path:
    """The folder of everything this installation writes (PHUENG_VAR, else var/ beside the code)."""
    return Path(os.environ.get("PHUENG_VAR") or ROOT / "var").absolute()


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Wait for, and hold, a lock on a file. The kernel lets go of it when the program dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
