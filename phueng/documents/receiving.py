"""May this file come in at all? The cheap questions, asked while the person still waits for the answer."""

from __future__ import annotations

from dataclasses import dataclass

from phueng.documents.file_kinds import PDF, FileKind, clean_file_name, kind_of, name_agrees
from phueng.documents.pdf_safety import danger_outside
from phueng.documents.pictures import pixels_of
from phueng.documents.refusals import MOST_BYTES, MOST_PIXELS, PROBLEMS
from phueng.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Welcome:
    """A file that may wait in quarantine for its examination."""

    name: str
    kind: FileKind


def welcome(content: bytes, original_name: str) -> Welcome | Problem:
    """Size, first bytes, name, announced dimensions, commands in plain sight. Nothing is decoded here."""
    if not content:
        return PROBLEMS["file_is_empty"]
    if len(content) > MOST_BYTES:
        return PROBLEMS["file_is_too_big"]
    kind = kind_of(content)
    if kind is None:
        return PROBLEMS["file_kind_is_not_taken"]
    name = clean_file_name(original_name)
    if not name_agrees(name, kind):
        return PROBLEMS["name_and_content_differ"]
    code = danger_outside(content) if kind is PDF else _picture_trouble(content, kind)
    return PROBLEMS[code] if code else Welcome(name, kind)


def _picture_trouble(content: bytes, kind: FileKind) -> str:
    pixels = pixels_of(content, kind)
    if pixels is None:
        return "file_is_damaged"
    return "picture_is_too_large" if pixels > MOST_PIXELS else ""
