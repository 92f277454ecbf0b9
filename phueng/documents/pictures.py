"""How large is a picture, read from its header alone?

Runs in web processes, so nothing is decoded: a picture of a few kilobytes can unfold to gigabytes.
"""

from __future__ import annotations

import io
import struct
import warnings

from phueng.documents.file_kinds import HEIC, FileKind

_ISPE = b"ispe"  # "image spatial extents": four bytes of flags, then width and height (ISO 23008-12, 6.5.3)


def pixels_of(content: bytes, kind: FileKind) -> int | None:
    """Width times height, or None when no header can be read."""
    return _heif_pixels(content) if kind is HEIC else _pillow_pixels(content, kind)


def _pillow_pixels(content: bytes, kind: FileKind) -> int | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we judge the size ourselves
            with Image.open(io.BytesIO(content), formats=[kind.pillow]) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        return 2**40
    except Exception:
        # Decoders raise whatever they like on rubbish; whatever it was, the file cannot be read.
        return None
    return width * height if width > 0 and height > 0 else None


def _heif_pixels(content: bytes) -> int | None:
    """The largest picture that the container announces (tiles and thumbnails announce theirs too)."""
    found: list[int] = []
    at = content.find(_ISPE)
    while at != -1 and len(found) < 1000:
        if at + 16 <= len(content):
            width, height = struct.unpack(">LL", content[at + 8 : at + 16])
            found.append(width * height)
        at = content.find(_ISPE, at + 4)
    return max(found, default=0) or None
