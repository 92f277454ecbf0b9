"""Can this PDF do something when it is opened?

We have no PDF engine in the worker that we would trust with a hostile file, so a PDF is not rewritten: one that could
act is refused, the others are only ever offered for saving. Plain standard library, because it runs in the closed-off
process (examining_apart.py) and in web processes.
"""

from __future__ import annotations

import re
import zlib

# Names that make a viewer run, start, fetch, unpack or submit something (ISO 32000-1, 7.7.2, 12.6, 7.11.4).
_LONG = (
    b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"OpenAction", b"RichMedia", b"SubmitForm",
    b"ImportData", b"GoToE",
)  # fmt: skip
_SHORT = (b"JS", b"AA", b"XFA")  # could appear by chance in compressed pictures, so only looked for in dictionaries
_END_OF_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
_ACTS_ANYWHERE = re.compile(rb"/(?:" + b"|".join(_LONG) + rb")" + _END_OF_NAME)
_ACTS = re.compile(rb"/(?:" + b"|".join(_LONG + _SHORT) + rb")" + _END_OF_NAME)
_LOCKED = re.compile(rb"/Encrypt" + _END_OF_NAME)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_BODY = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]]+)")
_PLAIN_FLATE = re.compile(rb"\[?\s*/(?:FlateDecode|Fl)\s*\]?")
_MOST_OF_ONE, _MOST_OF_ALL = 32 * 1024 * 1024, 128 * 1024 * 1024
_TAIL = 2048


def danger_outside(content: bytes) -> str:
    """Refusal code, or "", from what stands in the file uncompressed."""
    if b"%%EOF" not in content[-_TAIL:]:
        return "file_is_damaged"  # cut off, or another file hangs behind it
    plain = _without_escapes(_STREAM_BODY.sub(b" ", content))
    if _LOCKED.search(plain):
        return "pdf_is_locked"
    if _ACTS.search(plain) or _ACTS_ANYWHERE.search(_without_escapes(content)):
        return "pdf_can_act"
    return ""


def danger_inside(content: bytes) -> str:
    """Refusal code, or "", from compressed streams too. Reads at most 128 MB of what they unfold to."""
    if code := danger_outside(content):
        return code
    read = 0
    for start in _STREAM.finditer(content):
        dictionary = _without_escapes(content[max(0, start.start() - 2048) : start.start()].rpartition(b" obj")[2])
        holds_objects = re.search(rb"/ObjStm" + _END_OF_NAME, dictionary) is not None
        if holds_objects and not _is_plain(dictionary):
            return "pdf_can_act"  # objects behind an unusual filter: somebody hides something
        unfolded = _unfolded(content, start.end())
        read += len(unfolded)
        if len(unfolded) >= _MOST_OF_ONE or read >= _MOST_OF_ALL:
            return "file_is_damaged"  # a bomb
        names = _without_escapes(unfolded)
        if (_ACTS if holds_objects else _ACTS_ANYWHERE).search(names):
            return "pdf_can_act"
    return ""


def _without_escapes(content: bytes) -> bytes:
    """`/Java#53cript` is read as `/JavaScript` by every viewer."""
    return _ESCAPED.sub(lambda found: bytes((int(found.group(1), 16),)), content)


def _is_plain(dictionary: bytes) -> bool:
    filters = _FILTERS.search(dictionary)
    return filters is None or _PLAIN_FLATE.fullmatch(filters.group(1).strip()) is not None


def _unfolded(content: bytes, at: int) -> bytes:
    """What a deflated stream holds, up to the cap; nothing for streams that are not deflated."""
    try:
        return zlib.decompressobj().decompress(memoryview(content)[at:], _MOST_OF_ONE)
    except zlib.error:
        return b""
