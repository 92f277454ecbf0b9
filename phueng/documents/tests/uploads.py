"""Which files do people, phones and attackers send? Made here, each with the verdict we expect.

Verdict: "clean", a refusal code at the door ("!code"), or one found by the examination ("?code").
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    verdict: str


def picture(mode: str = "RGB", size: tuple[int, int] = (640, 480), colour: Any = "#c98a12") -> Image.Image:
    image = Image.new(mode, size, 128 if mode in ("L", "P", "I;16", "1", "LA", "CMYK") else colour)
    if mode in ("RGB", "RGBA"):
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="#0b5a62")
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def with_place(orientation: int = 1) -> Image.Exif:
    """EXIF of a phone: camera, orientation, and where the house stands (Khon Kaen)."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = "PhoneMaker", orientation, "สมศรี ใจดี"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 26.0, 30.5), 3: "E", 4: (102.0, 50.0, 8.0), 29: "2026:11:22"})
    return exif


def heic(size: tuple[int, int] = (640, 480), **options: Any) -> bytes:
    written = io.BytesIO()
    pillow_heif.from_pillow(picture(size=size)).save(written, quality=60, **options)
    return written.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG of some bytes that claims to be huge: a pixel flood."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(*, catalogue: bytes = b"", extra: bytes = b"", trailer: bytes = b"", tail: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R" + catalogue + b">>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n" + extra + b"trailer\n<</Root 1 0 R/Size 4"
        + trailer + b">>\nstartxref\n9\n%%EOF\n" + tail
    )  # fmt: skip


def stream(dictionary: bytes, body: bytes) -> bytes:
    length = str(len(body)).encode()
    return b"7 0 obj\n<<" + dictionary + b"/Length " + length + b">>\nstream\n" + body + b"\nendstream\nendobj\n"


EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HIDDEN_JAVASCRIPT = zlib.compress(b"8 0 <</S/JavaScript/JS(app.alert\\(1\\))>>")
FLATE = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"


def photos() -> Iterator[tuple[str, Callable[[], bytes], str]]:
    jpeg = saved(picture(), "JPEG", exif=with_place())
    yield "IMG_0001.JPG", lambda: jpeg, "clean"
    yield "ใบหน้าบ้าน.jpeg", lambda: saved(picture(size=(4000, 3000)), "JPEG", exif=with_place(6)), "clean"
    yield "upside-down.jpg", lambda: saved(picture(), "JPEG", exif=with_place(3)), "clean"
    yield "progressive.jpg", lambda: saved(picture(), "JPEG", progressive=True), "clean"
    yield "grey.jpg", lambda: saved(picture("L"), "JPEG"), "clean"
    yield "printers-ink.jpg", lambda: saved(picture("CMYK"), "JPEG"), "clean"
    yield "clear.png", lambda: saved(picture("RGBA", colour=(200, 10, 10, 90)), "PNG"), "clean"
    yield "palette.png", lambda: saved(picture("RGB").convert("P"), "PNG", transparency=0), "clean"
    yield "one-bit.png", lambda: saved(picture("1"), "PNG"), "clean"
    yield "sixteen-bit.png", lambda: saved(picture("I;16"), "PNG"), "clean"
    yield "line.webp", lambda: saved(picture(), "WEBP", exif=with_place()), "clean"
    yield "see-through.webp", lambda: saved(picture("RGBA", colour=(1, 2, 3, 50)), "WEBP", lossless=True), "clean"
    yield "IMG_2210.HEIC", lambda: heic(exif=with_place().tobytes()), "clean"
    yield "portrait.heif", lambda: heic((480, 640)), "clean"
    yield "photo-from-canvas", lambda: jpeg, "clean"
    yield "really-a-jpeg.png", lambda: jpeg, "clean"
    yield "tiny.jpg", lambda: saved(picture(size=(1, 1)), "JPEG"), "clean"
    yield "long.png", lambda: saved(picture(size=(9000, 20)), "PNG"), "clean"
    yield "html-behind.jpg", lambda: jpeg + b"<script>alert(1)</script>", "clean"
    yield "zip-behind.jpg", lambda: jpeg + b"PK\x03\x04" + b"0" * 300, "clean"
    yield "script-in-comment.jpg", lambda: saved(picture(), "JPEG", comment=b"<?php system($_GET[0]); ?>"), "clean"
    yield "../../etc/passwd.jpg", lambda: jpeg, "clean"
    yield "photo\x00.php.jpg", lambda: jpeg, "clean"
    yield "gpj.\u202eexe.jpg", lambda: jpeg, "clean"


def lies() -> Iterator[tuple[str, Callable[[], bytes], str]]:
    jpeg = saved(picture(), "JPEG")
    yield "empty.jpg", lambda: b"", "!file_is_empty"
    yield "too-big.jpg", lambda: jpeg + b"0" * (10 * 1024 * 1024), "!file_is_too_big"
    yield "flood.png", lambda: png_header(60_000, 60_000), "!picture_is_too_large"
    yield "just-over.png", lambda: png_header(50_000, 1_001), "!picture_is_too_large"
    yield (
        "flood.heic",
        lambda: heic().replace(struct.pack(">LL", 640, 480), struct.pack(">LL", 60_000, 60_000)),
        "!picture_is_too_large",
    )
    yield "header-lies.png", lambda: png_header(3000, 3000), "?file_is_damaged"
    yield "half.png", lambda: saved(picture(), "PNG")[:300], "?file_is_damaged"
    yield "half.heic", lambda: heic()[: len(heic()) // 2], "?file_is_damaged"
    yield "start-only.jpg", lambda: b"\xff\xd8\xff\xe0", "!file_is_damaged"
    yield (
        "drawing.svg",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "!file_kind_is_not_taken",
    )
    yield "page.html", lambda: b"<!doctype html><script>alert(1)</script>", "!file_kind_is_not_taken"
    yield "macro.xlsx", lambda: b"PK\x03\x04[Content_Types].xml", "!file_kind_is_not_taken"
    yield "old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "!file_kind_is_not_taken"
    yield "virus.jpg", lambda: EICAR, "!file_kind_is_not_taken"
    yield "programme.jpg", lambda: b"MZ\x90\x00", "!file_kind_is_not_taken"
    yield "moving.gif", lambda: saved(picture(), "GIF"), "!file_kind_is_not_taken"
    yield "scan.tiff", lambda: saved(picture(), "TIFF"), "!file_kind_is_not_taken"
    yield "clip.heic", lambda: b"\x00\x00\x00\x18ftypisom" + b"\x00" * 40, "!file_kind_is_not_taken"
    yield "photo.exe", lambda: jpeg, "!name_and_content_differ"
    yield "photo.pdf", lambda: jpeg, "!name_and_content_differ"
    yield "photo.jpg.html", lambda: jpeg, "!name_and_content_differ"
    yield "paper.jpg", lambda: pdf(), "!name_and_content_differ"


def papers() -> Iterator[tuple[str, Callable[[], bytes], str]]:
    yield "สมุดบัญชี.pdf", pdf, "clean"
    yield "packed.pdf", lambda: pdf(extra=stream(FLATE, zlib.compress(b"8 0 <</Type/Font>>"))), "clean"
    yield "picture-inside.pdf", lambda: pdf(extra=stream(b"/Filter/DCTDecode", saved(picture(), "JPEG"))), "clean"
    yield "javascript.pdf", lambda: pdf(catalogue=b"/Names<</JavaScript 5 0 R>>"), "!pdf_can_act"
    yield "escaped.pdf", lambda: pdf(catalogue=b"/AA<</O<</S/J#61vaScript/J#53(x)>>>>"), "!pdf_can_act"
    yield "launch.pdf", lambda: pdf(extra=b"5 0 obj\n<</S/Launch/F(cmd.exe)>>\nendobj\n"), "!pdf_can_act"
    yield "attachment.pdf", lambda: pdf(catalogue=b"/Names<</EmbeddedFiles 5 0 R>>"), "!pdf_can_act"
    yield "opens.pdf", lambda: pdf(catalogue=b"/OpenAction 5 0 R"), "!pdf_can_act"
    yield "form.pdf", lambda: pdf(catalogue=b"/AcroForm<</XFA 5 0 R>>"), "!pdf_can_act"
    yield "in-a-fake-stream.pdf", lambda: pdf(extra=stream(b"", b"5 0 obj <</S/JavaScript>> endobj")), "!pdf_can_act"
    yield "locked.pdf", lambda: pdf(trailer=b"/Encrypt 9 0 R"), "!pdf_is_locked"
    yield "cut-off.pdf", lambda: pdf()[:-60], "!file_is_damaged"
    yield "archive-behind.pdf", lambda: pdf(tail=b"PK\x03\x04" + b"0" * 5000), "!file_is_damaged"
    yield "hidden.pdf", lambda: pdf(extra=stream(FLATE, HIDDEN_JAVASCRIPT)), "?pdf_can_act"
    yield (
        "odd-filter.pdf",
        lambda: pdf(extra=stream(b"/Type/Obj#53tm/Filter[/ASCIIHexDecode/FlateDecode]", HIDDEN_JAVASCRIPT.hex().encode())),
        "?pdf_can_act",
    )  # fmt: skip
    yield "bomb.pdf", lambda: pdf(extra=stream(FLATE, zlib.compress(b" " * 40_000_000, 9))), "?file_is_damaged"


UPLOADS = [Upload(name, make(), verdict) for group in (photos, lies, papers) for name, make, verdict in group()]
