"""How is a Thai text cut into SMS parts that each read well, even when one arrives alone?

A single SMS holds 70 UCS-2 units; each part of a longer one 67, because six bytes name the message and the
part (3GPP TS 23.040, information element 00). Every library tried cuts after 67 units and so between ร and
ั.
"""

from __future__ import annotations

import unicodedata

from phueng.gateways.sms.contract import MessageRefused, SmsPart
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import split_graphemes, utf16_units

SINGLE_UNITS = 70
PART_UNITS = 67
MOST_PARTS = 2
UDH_INDICATOR = 0x40

_NEXT_TH, _NEXT_EN = "ย่อข้อความให้สั้นลงแล้วส่งใหม่", "Shorten the message and send it again."


def units(text: str) -> int:
    """Length as the operator counts it; a character outside the basic plane counts twice."""
    return utf16_units(text)


def split_message(text: str, reference: int) -> tuple[SmsPart, ...]:
    """One or two parts. `reference` (0–255) is the same for all parts of a message, and for its repetition.

    Raises `MessageRefused` for an empty or longer text and for characters that nobody can see.
    """
    if not 0 <= reference <= 255:
        raise ValueError("the reference is one byte")
    _refuse_unreadable(text)
    if units(text) <= SINGLE_UNITS:
        return (SmsPart(1, 1, text, text.encode("utf-16-be"), 0),)
    pieces = _cut(split_graphemes(text))
    if len(pieces) > MOST_PARTS or any(units(piece) > PART_UNITS for piece in pieces):
        raise MessageRefused(
            Problem(
                "sms.too_long",
                f"ข้อความยาว {units(text)} ตัวอักษร เกินที่ส่งได้ใน {MOST_PARTS} ส่วน",
                f"The message has {units(text)} characters, more than fit into {MOST_PARTS} parts.",
                _NEXT_TH,
                _NEXT_EN,
            )
        )
    total = len(pieces)
    return tuple(
        SmsPart(number, total, piece, _header(reference, total, number) + piece.encode("utf-16-be"), UDH_INDICATOR)
        for number, piece in enumerate(pieces, start=1)
    )


def _cut(clusters: list[str]) -> list[str]:
    """Fill each part as far as whole characters go; no other cut needs fewer parts."""
    pieces = [""]
    for cluster in clusters:
        if pieces[-1] and units(pieces[-1]) + units(cluster) > PART_UNITS:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _header(reference: int, total: int, number: int) -> bytes:
    return bytes((0x05, 0x00, 0x03, reference, total, number))


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        raise MessageRefused(
            Problem(
                "sms.empty",
                "ข้อความว่างเปล่า",
                "The message is empty.",
                "ใส่ข้อความแล้วส่งใหม่",
                "Write the message first.",
            )
        )
    hidden = [one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn")]
    if hidden:
        names = ", ".join(sorted({f"U+{ord(one):04X}" for one in hidden}))
        raise MessageRefused(
            Problem(
                "sms.invisible_characters",
                f"ข้อความมีอักขระที่มองไม่เห็น ({names})",
                f"The message holds characters nobody can see ({names}).",
                "พิมพ์ข้อความใหม่แทนการคัดลอกมาวาง",
                "Type the text anew instead of pasting it.",
            )
        )
