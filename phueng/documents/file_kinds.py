"""What kind of file is this really, and does its name agree?

The first bytes decide. A name is only a claim; one that claims something else is refused, because somebody (or a mail
program) lied. SVG, HTML, Office files and archives are on no list and so have no way in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from phueng.kernel.thai_text import clean_text


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind we take. `pillow` is the decoder's name, empty for what is no picture."""

    code: str
    mime: str
    extensions: frozenset[str]
    pillow: str = ""

    @property
    def is_picture(self) -> bool:
        return self.code != "pdf"


JPEG = FileKind("jpeg", "image/jpeg", frozenset({"jpg", "jpeg", "jpe", "jfif"}), "JPEG")
PNG = FileKind("png", "image/png", frozenset({"png"}), "PNG")
WEBP = FileKind("webp", "image/webp", frozenset({"webp"}), "WEBP")
HEIC = FileKind("heic", "image/heic", frozenset({"heic", "heif", "hif"}), "HEIF")
PDF = FileKind("pdf", "application/pdf", frozenset({"pdf"}))
KINDS = (JPEG, PNG, WEBP, HEIC, PDF)
BY_MIME = {kind.mime: kind for kind in KINDS}
_PICTURE_EXTENSIONS = frozenset[str]().union(*(kind.extensions for kind in KINDS if kind.is_picture))
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_NAME_LENGTH = 120


def kind_of(content: bytes) -> FileKind | None:
    """The kind by its first bytes, which must stand at the very beginning; None for everything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return HEIC
    return PDF if content.startswith(b"%PDF-") else None


def name_agrees(name: str, kind: FileKind) -> bool:
    """Does the last extension belong to this kind? Phones confuse kinds of pictures, so any picture's name will do.

    A name without extension claims nothing.
    """
    extension = extension_of(name)
    if not extension:
        return True
    return extension in (_PICTURE_EXTENSIONS if kind.is_picture else kind.extensions)


def extension_of(name: str) -> str:
    """What stands behind the last full stop, in small letters."""
    head, stop, tail = name.rpartition(".")
    return tail.strip().lower() if stop and head else ""


def clean_file_name(name: str) -> str:
    """The name to show: no folders, nothing invisible (a right-to-left mark turns "gpj.exe" around), not too long."""
    # The folder goes before the invisible characters do, else "..\x00/" would hide a separator.
    last = re.split(r"[/\\]", name.replace("\x00", ""))[-1]
    cleaned = clean_text(last).lstrip(". ")
    cleaned = re.sub(r'[<>:"|?*]', "_", cleaned)
    head, stop, extension = cleaned.rpartition(".")
    if not stop or len(extension) > 10:
        return clean_text(cleaned, _NAME_LENGTH)
    return f"{clean_text(head, _NAME_LENGTH - len(extension) - 1)}.{extension}"
