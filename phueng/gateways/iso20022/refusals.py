"""Which orders and transfers are too doubtful to be written down for any bank?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from phueng.gateways.faults import Refusal
from phueng.gateways.iso20022.contract import MessageHead, TransferRow
from phueng.gateways.krungthai.refusals import EARLIEST_YEAR, LATEST_YEAR, MOST_LINES
from phueng.kernel.bank_accounts import banks
from phueng.kernel.national_id import is_valid_national_id
from phueng.kernel.problems import Problem

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,17}", re.ASCII)
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,34}", re.ASCII)
ACCOUNT = re.compile(r"[0-9]{5,20}", re.ASCII)
NATIONAL_ID = re.compile(r"[0-9]{13}", re.ASCII)
CODE = re.compile(r"[A-Z0-9]{1,4}", re.ASCII)
# The schema allows 18 digits for a sum; a single transfer beyond a trillion baht is a slip of the hand.
LARGEST_SATANG = 10**14

Question = tuple[str, bool, str, str]
_NEXT = ("แก้ข้อมูลของรายการนี้แล้วเตรียมแฟ้มใหม่", "Correct this entry and prepare the file again.")


def refusals_of_head(head: MessageHead, count: int) -> Iterator[Refusal]:
    """What is doubtful before any transfer was looked at."""
    yield from _refused("", _questions_of_head(head, count))


def refusals_of_rows(rows: Sequence[TransferRow]) -> Iterator[Refusal]:
    """Every reason against every transfer."""
    references = Counter(row[0] for row in rows)
    for row in rows:
        yield from _refused(row[0], _questions_of_row(row, references[row[0]]))


def _refused(reference: str, questions: Iterator[Question]) -> Iterator[Refusal]:
    for field, holds, th, en in questions:
        if not holds:
            yield Refusal(reference, field, Problem(f"iso20022.{field}", th, en, *_NEXT))


def _questions_of_head(head: MessageHead, count: int) -> Iterator[Question]:
    yield (
        "lines",
        1 <= count <= MOST_LINES,
        f"จำนวนรายการต้องอยู่ระหว่าง 1 ถึง {MOST_LINES:,}",
        f"There must be 1 to {MOST_LINES:,} payments.",
    )
    for field, said in (("message_id", head.message_id), ("part_id", head.part_id)):
        yield (
            field,
            bool(IDENTIFIER.fullmatch(said)),
            "เลขที่ชุดคำสั่งต้องเป็นอักษรละตินหรือตัวเลข 1 ถึง 35 ตัว",
            "The identifier of the order has 1 to 35 Latin characters.",
        )
    yield (
        "created_at",
        head.created_at.tzinfo is not None and _is_christian(head.created_at.year),
        "เวลาที่ทำคำสั่งต้องมีเขตเวลาและเป็นคริสต์ศักราช",
        "The time of the order needs a time zone and a year of the Christian era.",
    )
    yield (
        "execute_on",
        _is_christian(head.execute_on.year),
        "ปีของวันที่มีผลต้องเป็นคริสต์ศักราช",
        "The day of execution must be of the Christian era.",
    )
    for field, name in (("initiator_name", head.initiator_name), ("debtor_name", head.debtor_name)):
        yield (field, is_name(name), *_said_of_name(name))
    yield (
        "initiator_id",
        head.initiator_id == "" or bool(IDENTIFIER.fullmatch(head.initiator_id)),
        "รหัสหน่วยงานต้องเป็นอักษรละตินหรือตัวเลขไม่เกิน 35 ตัว",
        "The organisation's ID has at most 35 Latin characters.",
    )
    yield "debtor_account", _is_account(head.debtor_account), *_ACCOUNT_SAID
    yield "debtor_bank", is_bank(head.debtor_bank), *_said_of_bank(head.debtor_bank)
    yield from _questions_of_choices(head)


def _questions_of_choices(head: MessageHead) -> Iterator[Question]:
    chosen = head.choices
    said = "ค่าที่ตั้งไว้ใช้ไม่ได้", "The setting is unusable."
    yield "bank_by", chosen.bank_by in ("clearing", "bic"), *said
    yield "clearing_system", bool(re.fullmatch(r"[A-Z]{5}", chosen.clearing_system)), *said
    most = 4 if chosen.proxy_type_is == "code" else 35
    yield "proxy_type", bool(re.fullmatch(rf"[A-Za-z0-9_-]{{1,{most}}}", chosen.proxy_type)), *said
    yield "proxy_type_is", chosen.proxy_type_is in ("code", "proprietary"), *said
    for field in ("service_level", "category_purpose"):
        yield field, getattr(chosen, field) == "" or bool(CODE.fullmatch(getattr(chosen, field))), *said
    yield "local_instrument", bool(re.fullmatch(r"[A-Za-z0-9_-]{0,35}", chosen.local_instrument)), *said
    yield "charge_bearer", chosen.charge_bearer in ("", "SLEV", "SHAR", "DEBT", "CRED"), *said


def _questions_of_row(row: TransferRow, times: int) -> Iterator[Question]:
    reference, bank_code, account, national_id, name, amount = row
    yield (
        "reference",
        bool(REFERENCE.fullmatch(reference)),
        "เลขอ้างอิงต้องเป็นอักษรละตินหรือตัวเลข 1 ถึง 18 ตัว",
        "A reference has 1 to 18 Latin characters.",
    )
    yield "reference", times == 1, "เลขอ้างอิงซ้ำในแฟ้มเดียวกัน", "The reference stands twice in this file."
    if national_id:
        yield (
            "national_id",
            bool(NATIONAL_ID.fullmatch(national_id)) and is_valid_national_id(national_id),
            f"เลขประจำตัวประชาชนของ “{_visible(name)}” ไม่ถูกต้อง",
            f"The national ID of “{_visible(name)}” is not valid.",
        )
        yield (
            "account",
            bank_code == "" and account == "",
            "พร้อมเพย์ไม่ใช้เลขบัญชี",
            "PromptPay takes no bank and no account.",
        )
    else:
        yield "bank_code", is_bank(bank_code), *_said_of_bank(bank_code)
        yield "account", _is_account(account), *_ACCOUNT_SAID
    yield (
        "amount_satang",
        type(amount) is int and 1 <= amount <= LARGEST_SATANG,
        "จำนวนเงินต้องมากกว่าศูนย์",
        "The amount must be more than zero.",
    )
    yield ("name", is_name(name), *_said_of_name(name))


_ACCOUNT_SAID = ("เลขบัญชีต้องเป็นเลขอารบิก 5 ถึง 20 หลัก", "An account has 5 to 20 digits (0-9).")


def is_name(name: str) -> bool:
    """Text with a letter in it, nothing invisible (XML could not even hold most of that), no blanks around it."""
    return name != "" and name == name.strip() and name.isprintable()


def is_bank(code: str) -> bool:
    """A bank that money can be sent to today."""
    bank = banks().get(code)
    return bank is not None and bank.closed_into is None


def _is_account(account: str) -> bool:
    return bool(ACCOUNT.fullmatch(account)) and account.strip("0") != ""


def _is_christian(year: int) -> bool:
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def _said_of_bank(code: str) -> tuple[str, str]:
    return (
        f"ไม่รู้จักธนาคารรหัส “{_visible(code)}” หรือธนาคารนี้ปิดแล้ว",
        f"Bank “{_visible(code)}” is unknown or closed.",
    )


def _said_of_name(name: str) -> tuple[str, str]:
    shown = _visible(name)
    return (
        f"ชื่อ “{shown}” ว่าง มีช่องว่างหน้าหลัง หรือมีอักขระที่มองไม่เห็น",
        f"The name “{shown}” is empty, has blanks around it or holds invisible characters.",
    )


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else "□" for one in text)
