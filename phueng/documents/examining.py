"""What remains of a file once everything but the picture is taken away?

A picture is decoded and written anew: place, camera, owner's name, thumbnails, comments and anything hung behind it stay
behind, because only the pixels are carried over. This module imports nothing of Django and runs in a process of its own
(examining_apart.py).
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

from phueng.documents.file_kinds import HEIC, JPEG, PDF, FileKind
from phueng.documents.pdf_safety import danger_inside
from phueng.documents.refusals import MOST_PIXELS

LONGEST_SIDE = 2400
THUMBNAIL_SIDE = 400
QUALITY, THUMBNAIL_QUALITY = 85, 75


@dataclass(frozen=True, slots=True)
class Examined:
    """Either a refusal code, or the copy that may be shown (for a PDF: the file itself, without thumbnail)."""

    refusal_code: str = ""
    mime: str = ""
    clean: bytes = b""
    thumbnail: bytes = b""


def examine(content: bytes, kind: FileKind) -> Examined:
    """Judge and clean one file. Never raises for what is in the file."""
    if kind is PDF:
        code = danger_inside(content)
        return Examined(refusal_code=code) if code else Examined(mime=PDF.mime, clean=content)
    try:
        return _redrawn(content, kind)
    except MemoryError:
        return Examined(refusal_code="picture_is_too_large")
    except Exception:
        # Decoders raise whatever they like on rubbish; whatever it was, the file cannot be opened.
        return Examined(refusal_code="file_is_damaged")


def _redrawn(content: bytes, kind: FileKind) -> Examined:
    from PIL import Image, ImageFile, ImageOps

    if kind is HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    warnings.simplefilter("ignore")
    # WeasyPrint switches this on for the whole process; half a passbook is no proof of an account.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(io.BytesIO(content), formats=[kind.pillow]) as image:
        if image.width * image.height > MOST_PIXELS:
            return Examined(refusal_code="picture_is_too_large")
        # A JPEG decoder can skip most of a large picture; the others shrink after decoding, before any copy is made.
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
        upright = ImageOps.exif_transpose(image)
        pixels = _on_white(upright)
    clean = _as_jpeg(pixels, QUALITY)
    pixels.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Examined(mime=JPEG.mime, clean=clean, thumbnail=_as_jpeg(pixels, THUMBNAIL_QUALITY))


def _on_white(image: Any) -> Any:
    """RGB pixels in a new picture that has no metadata; see-through parts become paper."""
    from PIL import Image

    if image.mode in ("I;16", "I;16B", "I"):
        image = image.point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    paper = Image.new("RGB", image.size)
    paper.paste(image.convert("RGB"))
    return paper


def _as_jpeg(image: Any, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
