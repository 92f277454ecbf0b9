"""Which runs and payments are too doubtful to be written down for the bank?

Each question stands beside the sentence that is shown when it does not hold; all of them are asked every
time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from phueng.gateways.krungthai.contract import FileHead, FileIntent, PaymentLine, Refusal
from phueng.gateways.krungthai.layout import Layout
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import unencodable

MOST_LINES = 999_999  # the running number has six digits
EARLIEST_YEAR, LATEST_YEAR = 2000, 2200  # a year of the Buddhist era falls outside

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,17}", re.ASCII)
_BANK = re.compile(r"[0-9]{3}", re.ASCII)
_BRANCH = re.compile(r"[0-9]{0,4}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{1,11}", re.ASCII)
_COMPANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}", re.ASCII)
_MOBILE = re.compile(r"0[0-9]{9}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,30}@[A-Za-z0-9.-]{3,38}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing that must hold, and the sentence when it does not."""

    field: str
    holds: bool
    code: str
    th: str
    en: str


_NEXT = ("แก้ข้อมูลของรายการนี้แล้วเตรียมแฟ้มใหม่", "Correct this entry and prepare the file again.")


def refusals_of(layout: Layout, intent: FileIntent) -> Iterator[Refusal]:
    yield from refusals_of_head(layout, intent.head, len(intent.lines))
    repeated = {reference for reference, n in Counter(line.reference for line in intent.lines).items() if n > 1}
    for line in intent.lines:
        yield from _refused(line.reference, _questions_of_line(layout, intent, line, repeated))


def refusals_of_head(layout: Layout, head: FileHead, count: int) -> Iterator[Refusal]:
    """What is doubtful before any line was looked at."""
    yield from _refused("", _questions_of_file(layout, head, count))


def _refused(reference: str, questions: Iterator[_Question]) -> Iterator[Refusal]:
    for one in questions:
        if not one.holds:
            yield Refusal(reference, one.field, Problem(f"krungthai.{one.code}", one.th, one.en, *_NEXT))


def _questions_of_file(layout: Layout, head: FileHead, count: int) -> Iterator[_Question]:
    rule = layout.products.get(head.product)
    yield _Question("product", rule is not None, "product", "ไม่รู้จักบริการนี้", "There is no such product.")
    yield _Question(
        "lines",
        1 <= count <= MOST_LINES,
        "count",
        f"จำนวนรายการต้องอยู่ระหว่าง 1 ถึง {MOST_LINES:,}",
        f"There must be 1 to {MOST_LINES:,} payments.",
    )
    yield _Question(
        "company_id",
        bool(_COMPANY.fullmatch(head.company_id)),
        "company_id",
        "รหัสหน่วยงานต้องเป็นอักษรละตินหรือตัวเลขไม่เกิน 16 ตัว",
        "The company ID has at most 16 Latin characters.",
    )
    yield _Question(
        "sending_account",
        _is_account(head.sending_account),
        "sending_account",
        "เลขบัญชีผู้ส่งต้องเป็นเลขอารบิกไม่เกิน 11 หลัก",
        "The sending account has at most 11 digits (0-9).",
    )
    yield _Question(
        "sending_branch",
        bool(_BRANCH.fullmatch(head.sending_branch)),
        "sending_branch",
        "รหัสสาขาผู้ส่งต้องเป็นเลขอารบิกไม่เกิน 4 หลัก",
        "The sending branch has at most 4 digits (0-9).",
    )
    yield from _questions_of_name("sender_name", head.sender_name, "ชื่อผู้ส่ง", "sender name")
    yield _Question(
        "batch_no",
        _is_count(head.batch_no, 999_999),
        "batch_no",
        "เลขที่ชุดต้องอยู่ระหว่าง 1 ถึง 999999",
        "The batch number lies between 1 and 999999.",
    )
    yield _Question(
        "effective_on",
        EARLIEST_YEAR <= head.effective_on.year <= LATEST_YEAR,
        "effective_on",
        "ปีของวันที่มีผลต้องเป็นคริสต์ศักราช",
        "The effective date must be of the Christian era.",
    )
    if rule is not None:
        yield _Question(
            "service_type",
            head.service_type in rule.service_types,
            "service_type",
            f"บริการ {head.product} ไม่มีประเภท {head.service_type}",
            f"Product {head.product} has no service type {head.service_type}.",
        )


def _questions_of_line(
    layout: Layout, intent: FileIntent, line: PaymentLine, repeated: set[str]
) -> Iterator[_Question]:
    rule = layout.products.get(intent.product)
    yield _Question(
        "reference",
        bool(_REFERENCE.fullmatch(line.reference)),
        "reference",
        "เลขอ้างอิงต้องเป็นอักษรละตินหรือตัวเลข 1 ถึง 18 ตัว",
        "A reference has 1 to 18 Latin characters.",
    )
    yield _Question(
        "reference",
        line.reference not in repeated,
        "reference_repeated",
        "เลขอ้างอิงซ้ำในแฟ้มเดียวกัน",
        "The reference stands twice in this file.",
    )
    is_bank = bool(_BANK.fullmatch(line.bank_code)) and line.bank_code != "000"
    yield _Question(
        "bank_code", is_bank, "bank_code", "รหัสธนาคารต้องเป็นเลขอารบิก 3 หลัก", "A bank code has 3 digits (0-9)."
    )
    yield _Question(
        "bank_code",
        rule is None or not is_bank or rule.takes_bank(line.bank_code),
        "wrong_product",
        f"บริการ {intent.product} จ่ายเข้าธนาคารรหัส {line.bank_code} ไม่ได้",
        f"Product {intent.product} cannot pay into bank {line.bank_code}.",
    )
    yield _Question(
        "branch",
        bool(_BRANCH.fullmatch(line.branch)),
        "branch",
        "รหัสสาขาต้องเป็นเลขอารบิกไม่เกิน 4 หลัก",
        "A branch has at most 4 digits (0-9).",
    )
    yield _Question(
        "account",
        _is_account(line.account),
        "account",
        "เลขบัญชีต้องเป็นเลขอารบิกไม่เกิน 11 หลักตามแบบของธนาคาร",
        "An account has at most 11 digits (0-9).",
    )
    yield _Question(
        "amount_satang",
        _is_count(line.amount_satang, 10**17 - 1),
        "amount",
        "จำนวนเงินต้องมากกว่าศูนย์",
        "The amount must be more than zero.",
    )
    yield from _questions_of_name("name", line.name, "ชื่อผู้รับ", "receiver name")
    yield _Question(
        "mobile",
        not line.mobile or is_mobile(line.mobile),
        "mobile",
        "เบอร์มือถือต้องเป็นเลขอารบิก 10 หลักขึ้นต้นด้วย 0",
        "A mobile number has 10 digits and begins with 0.",
    )
    yield _Question(
        "email",
        not line.email or is_email(line.email),
        "email",
        "อีเมลอ่านไม่ได้หรือยาวเกิน 40 ตัวอักษร",
        "The e-mail address is unreadable or longer than 40 characters.",
    )


def _questions_of_name(field: str, name: str, th: str, en: str) -> Iterator[_Question]:
    yield _Question(
        field,
        bool(name.strip()) and name == name.strip(),
        f"{field}_blank",
        f"{th}ว่าง หรือมีช่องว่างหน้าหลัง",
        f"The {en} is empty or has blanks around it.",
    )
    # The stricter of the two encodings: a bank that reads plain TIS-620 would show something else for the
    # rest.
    strange = unencodable(name, "tis_620")
    shown = ", ".join(f"{_visible(one)} (U+{ord(one):04X})" for one in strange)
    yield _Question(
        field,
        not strange,
        f"{field}_characters",
        f"{th} “{_visible(name)}” มีอักขระที่ธนาคารรับไม่ได้: {shown}",
        f"The {en} “{_visible(name)}” holds characters the bank cannot take: {shown}.",
    )


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else "□" for one in text)


def is_mobile(number: str) -> bool:
    return bool(_MOBILE.fullmatch(number))


def is_email(address: str) -> bool:
    return len(address) <= 40 and bool(_EMAIL.fullmatch(address))


def _is_account(account: str) -> bool:
    return bool(_ACCOUNT.fullmatch(account)) and account.strip("0") != ""


def _is_count(value: object, most: int) -> bool:
    """A whole number; True is not 1 here, and 100.0 is not 100."""
    return type(value) is int and 1 <= value <= most
