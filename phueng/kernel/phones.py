"""Which telephone can we reach, and how is its number shown?

Kept as E.164 (+66812345678). Only Thai numbers: our short messages do not leave the country.
"""

from __future__ import annotations

import re

from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import without_spacing

_MOBILE = re.compile(r"\+66[689][0-9]{8}", re.ASCII)
_LANDLINE = re.compile(r"\+66(?:2[0-9]{7}|[3457][0-9]{7})", re.ASCII)
_EXTENSION = re.compile(r"ต่อ|ext|#|,|\*", re.IGNORECASE)

_EMPTY = Problem(
    "empty",
    "ยังไม่ได้กรอกเบอร์โทรศัพท์",
    "The telephone number is missing.",
    "กรอกเบอร์มือถือ 10 หลัก เช่น 081-234-5678",
    "Type a 10-digit mobile number, for example 081-234-5678.",
)
_NOT_DIGITS = Problem(
    "not_digits",
    "เบอร์โทรศัพท์มีตัวอักษรหรือเครื่องหมายที่ไม่ใช่ตัวเลข",
    "The telephone number contains something other than digits.",
    "กรอกเฉพาะตัวเลข เช่น 0812345678",
    "Type digits only, for example 0812345678.",
)
_EXTENSION_GIVEN = Problem(
    "extension",
    "เบอร์นี้มีเบอร์ต่อ ระบบส่งข้อความไปยังเบอร์ต่อไม่ได้",
    "This number has an extension, which cannot be sent messages.",
    "กรอกเบอร์หลักโดยไม่มีเบอร์ต่อ แล้วเขียนเบอร์ต่อไว้ในหมายเหตุ",
    "Type the main number without the extension and write the extension in the remarks.",
)
_WRONG_LENGTH = Problem(
    "wrong_length",
    "จำนวนหลักของเบอร์โทรศัพท์ไม่ถูกต้อง เบอร์มือถือมี 10 หลัก เบอร์บ้านมี 9 หลัก",
    "The telephone number has the wrong number of digits: mobile numbers have 10, landlines 9.",
    "นับดูว่าขาดหรือเกิน แล้วกรอกใหม่",
    "Check which digits are missing or extra and type it again.",
)
_UNKNOWN_BEGINNING = Problem(
    "unknown_beginning",
    "ไม่มีเบอร์โทรศัพท์ในไทยที่ขึ้นต้นแบบนี้",
    "No Thai telephone number begins like this.",
    "เบอร์มือถือขึ้นต้นด้วย 06 08 หรือ 09 ดูเบอร์แล้วกรอกใหม่",
    "Mobile numbers begin with 06, 08 or 09; check the number and type it again.",
)
_FOREIGN = Problem(
    "foreign",
    "เบอร์นี้เป็นเบอร์ต่างประเทศ ระบบส่งข้อความไปไม่ได้",
    "This is a foreign number; our messages do not reach it.",
    "กรอกเบอร์ในไทยของตนเอง หรือของคนที่ช่วยติดต่อแทน",
    "Type a Thai number, your own or that of someone who takes messages for you.",
)


def _dialled(text: str) -> str:
    plain = without_spacing(text)
    return plain.replace("(", "").replace(")", "").removeprefix("tel:").removeprefix("โทร")


def normalise_phone(text: str) -> str | Problem:
    """+66812345678 from 081-234-5678, ๐๘๑..., +66 (0)81..., 0066 81.... Problems: empty, not_digits, extension,
    wrong_length, unknown_beginning, foreign."""
    dialled = _dialled(text)
    if not dialled:
        return _EMPTY
    if _EXTENSION.search(dialled):
        return _EXTENSION_GIVEN
    if not re.fullmatch(r"\+?[0-9]+", dialled):
        return _NOT_DIGITS
    national = _national_part(dialled)
    if isinstance(national, Problem):
        return national
    number = "+66" + national
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return number
    return _UNKNOWN_BEGINNING if len(national) in (8, 9) and national[0] in "01" else _WRONG_LENGTH


def _national_part(dialled: str) -> str | Problem:
    """What follows +66, however the country was written."""
    if dialled.startswith("00"):
        dialled = "+" + dialled[2:]
    elif dialled.startswith("66") and len(dialled) in (10, 11, 12):
        dialled = "+" + dialled
    if dialled.startswith("+"):
        return dialled[3:].removeprefix("0") if dialled.startswith("+66") else _FOREIGN
    if re.fullmatch(r"[689][0-9]{8}", dialled):
        return dialled  # spreadsheets drop the first zero of a mobile number
    if dialled.startswith("0"):
        return dialled[1:]
    return _UNKNOWN_BEGINNING if len(dialled) in (9, 10) else _WRONG_LENGTH


def is_mobile(phone: str) -> bool:
    """Can it receive a short message? Takes a normalised number."""
    return _MOBILE.fullmatch(phone) is not None


def format_phone(phone: str) -> str:
    """081-234-5678, 02-345-6789, 043-123-456, as Thais write them. Anything not normalised comes back as it was."""
    if not (_MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone)):
        return phone
    local = "0" + phone[3:]
    if local.startswith("02"):
        return f"{local[:2]}-{local[2:5]}-{local[5:]}"
    return f"{local[:3]}-{local[3:6]}-{local[6:]}"


def mask_phone(phone: str) -> str:
    """xxx-xxx-5678: the last four digits only (last three of a landline in the provinces); hidden whole if not ours."""
    shown = format_phone(phone)
    if shown == phone:
        return "x" * len(phone)
    *hidden, last = shown.split("-")
    return "-".join([*("x" * len(part) for part in hidden), last])
