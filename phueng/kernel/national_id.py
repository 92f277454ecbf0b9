"""Is this a Thai national ID number, and how is it written, masked and invented for demonstrations?

A right check digit says the number was probably typed right. Two gaps are built into the official sum: the third digit
has weight 11 and is never checked, and remainders 0 and 10 share the digit 1. Nor does it say that the number exists or
whose it is: only the civil register does. Nationality is a registered fact, never read off a digit.
"""

from __future__ import annotations

import re
from operator import mul

from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import without_spacing

LENGTH = 13
_TWELVE_DIGITS = re.compile(r"[0-9]{12}", re.ASCII)
_WEIGHTS = range(13, 1, -1)
_THIRTEEN_DIGITS = re.compile(r"[0-9]{13}", re.ASCII)

_EMPTY = Problem(
    "empty",
    "ยังไม่ได้กรอกเลขประจำตัวประชาชน",
    "The national ID number is missing.",
    "กรอกเลข 13 หลักที่อยู่ด้านบนของบัตรประชาชน",
    "Type the 13 digits at the top of the ID card.",
)
_NOT_DIGITS = Problem(
    "not_digits",
    "เลขประจำตัวประชาชนมีตัวอักษรหรือเครื่องหมายที่ไม่ใช่ตัวเลข",
    "The national ID number contains something other than digits.",
    "กรอกเฉพาะตัวเลข 13 หลัก",
    "Type only the 13 digits.",
)
_WRONG_CHECK_DIGIT = Problem(
    "wrong_check_digit",
    "เลขประจำตัวประชาชนไม่ถูกต้อง อาจกดผิดหนึ่งตัวหรือสลับตำแหน่งกัน",
    "This national ID number is not right: a digit may be wrong or two may have changed places.",
    "ดูเลขบนบัตรแล้วกรอกใหม่อีกครั้ง",
    "Look at the card and type the number again.",
)
_UNISSUED = Problem(
    "unissued",
    "เลขที่ขึ้นต้นด้วย 9 ไม่ได้ออกให้กับบุคคลใด",
    "Numbers that begin with 9 are not issued to anyone.",
    "ดูเลขบนบัตรแล้วกรอกใหม่ หรือแจ้งเจ้าหน้าที่หากไม่มีเลขประจำตัว",
    "Look at the card and type the number again, or tell the office if there is no number.",
)


def _wrong_length(count: int) -> Problem:
    return Problem(
        "wrong_length",
        f"เลขประจำตัวประชาชนต้องมี 13 หลัก แต่กรอกมา {count} หลัก",
        f"A national ID number has 13 digits; this has {count}.",
        "นับดูว่าขาดหรือเกิน แล้วกรอกใหม่ให้ครบ 13 หลัก",
        "Check which digits are missing or extra and type all 13.",
    )


def normalise_national_id(text: str) -> str:
    """Thai digits become 0-9; spaces, dashes and invisible characters go. All else stays, to be complained about."""
    return without_spacing(text)


def check_digit(first12: str) -> str:
    """(11 - sum of digit x weight 13..2 mod 11) mod 10. ValueError unless given 12 ASCII digits."""
    if not _TWELVE_DIGITS.fullmatch(first12):
        raise ValueError("check_digit needs 12 digits")
    # By the bytes of the digits (48 more each): a payment run asks this a million times.
    total = sum(map(mul, first12.encode("ascii"), _WEIGHTS)) - ord("0") * sum(_WEIGHTS)
    return str((11 - total % 11) % 10)


def is_valid_national_id(digits: str) -> bool:
    """13 ASCII digits whose last is right. Normalise first; numbers beginning with 9 pass here."""
    return _THIRTEEN_DIGITS.fullmatch(digits) is not None and check_digit(digits[:12]) == digits[12]


def problem_with_national_id(text: str, *, allow_unissued: bool) -> Problem | None:
    """What is wrong with the number as typed, or None. `allow_unissued` is for demo and test settings only."""
    digits = normalise_national_id(text)
    if not digits:
        return _EMPTY
    if not re.fullmatch(r"[0-9]+", digits):
        return _NOT_DIGITS
    if len(digits) != LENGTH:
        return _wrong_length(len(digits))
    if not is_valid_national_id(digits):
        return _WRONG_CHECK_DIGIT
    if digits[0] == "9" and not allow_unissued:
        return _UNISSUED
    return None


def _grouped(shown: str) -> str:
    return "-".join((shown[0], shown[1:5], shown[5:10], shown[10:12], shown[12]))


def format_national_id(digits: str) -> str:
    """1-2345-67890-12-3, as printed on the card. Text that is not 13 digits comes back as it was."""
    return _grouped(digits) if _THIRTEEN_DIGITS.fullmatch(digits) else digits


def mask_national_id(digits: str) -> str:
    """x-xxxx-xxxx0-12-3: the last four digits only. Text that is not 13 digits is hidden whole."""
    if not _THIRTEEN_DIGITS.fullmatch(digits):
        return "x" * len(digits)
    return _grouped("x" * (LENGTH - 4) + digits[-4:])


def demo_national_id(n: int) -> str:
    """The n-th invented number (0 to 10**11 - 1): begins with 9, passes the checksum, belongs to nobody."""
    if not 0 <= n < 10**11:
        raise ValueError("demo_national_id counts from 0 to 10**11 - 1")
    first12 = f"9{n:011d}"
    return first12 + check_digit(first12)
