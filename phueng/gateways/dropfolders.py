"""How do files reach and leave the officer's upload station without ever being half written, lost or sent
twice?

A drop folder is two directories: `outbox`, where we put files, and `inbox`, where answers appear. The
station copies files from the outbox and never removes them, so the outbox itself proves what was sent:
putting the same file there twice changes nothing, and another file under a used name is refused.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

LARGEST_ANSWER = 64 * 1024 * 1024
ACKNOWLEDGED = "acknowledged"
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


class ChannelUnavailable(Exception):
    """The folder cannot be reached or written; try again later, nothing was sent by halves."""


class NameTaken(Exception):
    """Another file already left under this name; sending this one would leave two truths about one run."""


class NotTheFile(Exception):
    """The bytes are not those that were announced; nothing of them is left in the folder."""


class FolderChannel(Protocol):
    """The way to an officer's upload station and back. Every step may be repeated without harm."""

    def send(self, name: str, content: bytes, signature: bytes) -> None:
        """Hand over a file with its detached signature. The same again does nothing; other bytes:
        `NameTaken`."""

    def send_pieces(self, name: str, pieces: Iterable[bytes], signature: bytes, *, sha256: str) -> None:
        """The same for a file too large to be held: nothing leaves unless its bytes are those of this SHA-256."""

    def was_sent(self, name: str) -> bool:
        """Did a file of this name leave, as far as the outside can tell?"""

    def collect(self) -> list[tuple[str, bytes]]:
        """Answers not yet acknowledged, with their names."""

    def acknowledge(self, name: str) -> None:
        """The answer of this name stands in our books."""


class DropFolder:
    """Files out through `outbox`, answers in through `inbox`; every step may be repeated without harm."""

    def __init__(self, outbox: Path, inbox: Path) -> None:
        self.outbox = Path(outbox)
        self.inbox = Path(inbox)

    def send(self, name: str, content: bytes, signature: bytes) -> None:
        """Put the file with its detached signature into the outbox. The signature comes first, so that
        whoever sees the file sees its signature as well."""
        _insist_on_safe_name(name)
        put_once(self.outbox / f"{name}.sig", signature)
        put_once(self.outbox / name, content)

    def send_pieces(self, name: str, pieces: Iterable[bytes], signature: bytes, *, sha256: str) -> None:
        """The same, piece by piece. NotTheFile when the pieces are not the file that was announced; nothing left then."""
        _insist_on_safe_name(name)
        _put_whole(self.outbox / name, pieces, sha256, lambda: put_once(self.outbox / f"{name}.sig", signature))

    def was_sent(self, name: str) -> bool:
        """Has a file of this name left? The answer survives a crash of ours, because the folder holds it."""
        return (self.outbox / name).is_file()

    def collect(self) -> list[tuple[str, bytes]]:
        """Every answer not yet acknowledged, oldest name first. Calling again gives the same answers."""
        try:
            names = sorted(entry.name for entry in self.inbox.iterdir() if _is_answer(entry))
            return [(name, _read_bounded(self.inbox / name)) for name in names]
        except OSError as wrong:
            raise ChannelUnavailable(f"cannot read {self.inbox}: {wrong}") from wrong

    def acknowledge(self, name: str) -> None:
        """Put an answer aside once its content stands in the database."""
        _insist_on_safe_name(name)
        kept = self.inbox / ACKNOWLEDGED
        try:
            kept.mkdir(exist_ok=True)
            os.replace(self.inbox / name, kept / name)
        except FileNotFoundError:
            if not (kept / name).exists():
                raise ChannelUnavailable(f"no answer named {name}") from None
        except OSError as wrong:
            raise ChannelUnavailable(f"cannot put {name} aside: {wrong}") from wrong


def result_name(sent_name: str) -> str:
    """Under which name the result of `RUN.txt` comes back."""
    return f"{sent_name}.result.csv"


def refusal_name(sent_name: str) -> str:
    """Under which name the other side says that it could not take `RUN.txt` at all (JSON with reasons)."""
    return f"{sent_name}.refused.json"


def is_refusal(answer_name: str) -> bool:
    return answer_name.endswith(".refused.json")


def sent_name_of(answer_name: str) -> str | None:
    """Which file an answer is about; None when its name follows no rule of ours."""
    for ending in (".result.csv", ".status.xml", ".refused.json"):
        if answer_name.endswith(ending) and len(answer_name) > len(ending):
            return answer_name.removesuffix(ending)
    return None


def put_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; the same bytes again are harmless, other bytes are refused.

    A hard link, unlike a rename, fails when the name is taken: two senders at once cannot overwrite each
    other.
    """
    try:
        written = _write_beside(path, content)
        try:
            os.link(written, path)
        except FileExistsError:
            if path.read_bytes() != content:
                raise NameTaken(path.name) from None
        finally:
            os.unlink(written)
        _flush_folder(path.parent)
    except OSError as wrong:
        raise ChannelUnavailable(f"cannot write {path}: {wrong}") from wrong


def _put_whole(path: Path, pieces: Iterable[bytes], sha256: str, just_before: Callable[[], None]) -> None:
    """As put_once, for a file that is not held in memory: written beside its place, looked at again, then linked."""
    try:
        written = _write_pieces_beside(path, pieces, sha256)
        try:
            just_before()
            os.link(written, path)
        except FileExistsError:
            if _fingerprint(path) != sha256:
                raise NameTaken(path.name) from None
        finally:
            os.unlink(written)
        _flush_folder(path.parent)
    except OSError as wrong:
        raise ChannelUnavailable(f"cannot write {path}: {wrong}") from wrong


def _write_pieces_beside(path: Path, pieces: Iterable[bytes], sha256: str) -> str:
    handle, written = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        size = 0
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        # Read back: what the disk holds counts, not what we meant to write.
        if os.stat(written).st_size != size or _fingerprint(Path(written)) != sha256:
            raise NotTheFile(path.name)
        os.chmod(written, 0o640)
    except BaseException:
        os.unlink(written)
        raise
    return written


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_beside(path: Path, content: bytes) -> str:
    handle, written = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(written, 0o640)
    return written


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_answer(entry: Path) -> bool:
    """Finished plain files only: no folders, no links that lead elsewhere, no half-written file (it begins
    with a dot)."""
    return bool(_SAFE_NAME.fullmatch(entry.name)) and not entry.is_symlink() and entry.is_file()


def _read_bounded(path: Path) -> bytes:
    """One byte more than the largest answer at most: enough for the reader to see that it is too large and
    say so."""
    with path.open("rb") as file:
        return file.read(LARGEST_ANSWER + 1)


def _insist_on_safe_name(name: str) -> None:
    if not _SAFE_NAME.fullmatch(name):
        raise ValueError(f"not a plain file name: {name!r}")
