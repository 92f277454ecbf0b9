"""How does a released run become the bytes the bank reads?

Everything doubtful is refused before the first byte is written, with all reasons at once. Amounts are integers of
satang from end to end, dates are written by digits and not by a locale, every field is exactly as long as the layout
says: each of these went wrong in another writer of this file.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from phueng.gateways.krungthai.contract import FileIntent, FileRefused, PaymentLine, Refusal, Warned, WrittenFile
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import truncate_graphemes, unencodable

MOST_LINES = 999_999  # the running number has six digits
EARLIEST_YEAR, LATEST_YEAR = 2000, 2200  # a year of the Buddhist era falls outside
Value = str | int | date

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,17}", re.ASCII)
_BANK = re.compile(r"[0-9]{3}", re.ASCII)
_BRANCH = re.compile(r"[0-9]{0,4}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{1,11}", re.ASCII)
_COMPANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}", re.ASCII)
_MOBILE = re.compile(r"0[0-9]{9}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,30}@[A-Za-z0-9.-]{3,38}", re.ASCII)


def write_file(layout: Layout, intent: FileIntent) -> WrittenFile:
    """The file for this run. Raises `FileRefused` with every reason."""
    refusals = tuple(_refusals(layout, intent))
    if refusals:
        raise FileRefused(refusals)
    warnings: list[Warned] = []
    records = [_record(layout, layout.header, _header_values(intent))]
    shared = _shared_values(layout, intent, warnings)
    for running_no, line in enumerate(intent.lines, start=1):
        records.append(_record(layout, layout.detail, shared | _line_values(layout, line, running_no, warnings)))
    warnings += _repeated_accounts(intent)
    content = b"".join(records)
    return WrittenFile(
        content, hashlib.sha256(content).hexdigest(), len(intent.lines), intent.total_satang, tuple(warnings)
    )


def rendered(field: Field, value: Value | None, encoding: str) -> bytes:
    """One field, exactly as long as the layout wants it. The reader uses this too: what it reads must write back."""
    if field.kind == "blank" or value is None or value == "":
        fill = b"0" if field.kind == "number" and value is not None else b" "
        written = fill * field.length
    elif isinstance(value, date):
        written = f"{value.day:02d}{value.month:02d}{value.year:04d}".encode("ascii")
    elif field.kind == "number":
        written = str(value).encode("ascii").rjust(field.length, b"0")
    elif field.align == "right":
        written = str(value).encode(encoding).rjust(field.length)
    else:
        written = str(value).encode(encoding).ljust(field.length)
    if len(written) != field.length:
        # A field that is too long would shift every later one: better no file than a wrong one.
        raise ValueError(f"{field.name} does not fit into {field.length} bytes")
    return written


def _record(layout: Layout, fields: tuple[Field, ...], values: Mapping[str, Value]) -> bytes:
    pieces = [
        rendered(field, field.constant if field.source is None else values[field.source], layout.encoding)
        for field in fields
    ]
    return b"".join(pieces) + layout.line_end


def _header_values(intent: FileIntent) -> dict[str, Value]:
    return {
        "batch_no": intent.batch_no, "count": len(intent.lines), "total_satang": intent.total_satang,
        "effective_on": intent.effective_on, "company_id": intent.company_id,
    }


def _shared_values(layout: Layout, intent: FileIntent, warnings: list[Warned]) -> dict[str, Value]:
    return {
        "batch_no": intent.batch_no, "sending_branch": intent.sending_branch,
        "sending_account": intent.sending_account, "effective_on": intent.effective_on,
        "service_type": intent.service_type,
        "sender_name": _fitted(layout, "sender_name", intent.sender_name, "", warnings),
    }


def _line_values(
    layout: Layout, line: PaymentLine, running_no: int, warnings: list[Warned]
) -> dict[str, Value]:
    return {
        "bank_code": line.bank_code, "branch": line.branch, "account": line.account,
        "amount_satang": line.amount_satang, "reference": line.reference, "running_no": running_no,
        "name": _fitted(layout, "name", line.name, line.reference, warnings),
        "mobile": line.mobile or "", "email": line.email or "",
    }


def _fitted(layout: Layout, source: str, name: str, reference: str, warnings: list[Warned]) -> str:
    """A name as far as it fits, cut between characters; a cut is told."""
    field = layout.detail_field(source)
    room = field.length if field else len(name)
    if len(name) <= room:
        return name
    shorter = truncate_graphemes(name, room).rstrip()
    warnings.append(Warned(reference, source, Problem(
        "krungthai.name_shortened",
        f"ชื่อยาวเกิน {room} ตัวอักษร จึงตัดเหลือ “{shorter}”",
        f"The name is longer than {room} characters and was cut to “{shorter}”.",
        "ตรวจว่าธนาคารยังรู้ว่าเป็นใคร", "Check that the bank will still know who is meant.",
    )))
    return shorter


def _repeated_accounts(intent: FileIntent) -> list[Warned]:
    """Two payments into one account can be right (two schemes, one family account); somebody should have a look."""
    seen = Counter((line.bank_code, line.account.zfill(11)) for line in intent.lines)
    return [
        Warned(line.reference, "account", Problem(
            "krungthai.account_repeated",
            "บัญชีนี้รับเงินมากกว่าหนึ่งรายการในแฟ้มเดียวกัน", "This account receives more than one payment in this file.",
            "ตรวจว่าเป็นคนละสิทธิ์กันจริง", "Check that these are different entitlements.",
        ))
        for line in intent.lines if seen[line.bank_code, line.account.zfill(11)] > 1
    ]


# -- what is refused ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing that must hold, and the sentence when it does not."""

    field: str
    holds: bool
    code: str
    th: str
    en: str


_NEXT = ("แก้ข้อมูลของรายการนี้แล้วเตรียมแฟ้มใหม่", "Correct this entry and prepare the file again.")


def _refusals(layout: Layout, intent: FileIntent) -> Iterator[Refusal]:
    yield from _refused("", _questions_of_file(layout, intent))
    repeated = {reference for reference, n in Counter(line.reference for line in intent.lines).items() if n > 1}
    for line in intent.lines:
        yield from _refused(line.reference, _questions_of_line(layout, intent, line, repeated))


def _refused(reference: str, questions: Iterator[_Question]) -> Iterator[Refusal]:
    for one in questions:
        if not one.holds:
            yield Refusal(reference, one.field, Problem(f"krungthai.{one.code}", one.th, one.en, *_NEXT))


def _questions_of_file(layout: Layout, intent: FileIntent) -> Iterator[_Question]:
    rule = layout.products.get(intent.product)
    yield _Question("product", rule is not None, "product", "ไม่รู้จักบริการนี้", "There is no such product.")
    yield _Question("lines", 1 <= len(intent.lines) <= MOST_LINES, "count",
                    f"จำนวนรายการต้องอยู่ระหว่าง 1 ถึง {MOST_LINES:,}", f"There must be 1 to {MOST_LINES:,} payments.")
    yield _Question("company_id", bool(_COMPANY.fullmatch(intent.company_id)), "company_id",
                    "รหัสหน่วยงานต้องเป็นอักษรละตินหรือตัวเลขไม่เกิน 16 ตัว", "The company ID has at most 16 Latin characters.")
    yield _Question("sending_account", _is_account(intent.sending_account), "sending_account",
                    "เลขบัญชีผู้ส่งต้องเป็นเลขอารบิกไม่เกิน 11 หลัก", "The sending account has at most 11 digits (0-9).")
    yield _Question("sending_branch", bool(_BRANCH.fullmatch(intent.sending_branch)), "sending_branch",
                    "รหัสสาขาผู้ส่งต้องเป็นเลขอารบิกไม่เกิน 4 หลัก", "The sending branch has at most 4 digits (0-9).")
    yield from _questions_of_name("sender_name", intent.sender_name, "ชื่อผู้ส่ง", "sender name")
    yield _Question("batch_no", _is_count(intent.batch_no, 999_999), "batch_no",
                    "เลขที่ชุดต้องอยู่ระหว่าง 1 ถึง 999999", "The batch number lies between 1 and 999999.")
    yield _Question("effective_on", EARLIEST_YEAR <= intent.effective_on.year <= LATEST_YEAR, "effective_on",
                    "ปีของวันที่มีผลต้องเป็นคริสต์ศักราช", "The effective date must be of the Christian era.")
    if rule is not None:
        yield _Question("service_type", intent.service_type in rule.service_types, "service_type",
                        f"บริการ {intent.product} ไม่มีประเภท {intent.service_type}",
                        f"Product {intent.product} has no service type {intent.service_type}.")


def _questions_of_line(
    layout: Layout, intent: FileIntent, line: PaymentLine, repeated: set[str]
) -> Iterator[_Question]:
    rule = layout.products.get(intent.product)
    yield _Question("reference", bool(_REFERENCE.fullmatch(line.reference)), "reference",
                    "เลขอ้างอิงต้องเป็นอักษรละตินหรือตัวเลข 1 ถึง 18 ตัว", "A reference has 1 to 18 Latin characters.")
    yield _Question("reference", line.reference not in repeated, "reference_repeated",
                    "เลขอ้างอิงซ้ำในแฟ้มเดียวกัน", "The reference stands twice in this file.")
    is_bank = bool(_BANK.fullmatch(line.bank_code)) and line.bank_code != "000"
    yield _Question("bank_code", is_bank, "bank_code", "รหัสธนาคารต้องเป็นเลขอารบิก 3 หลัก", "A bank code has 3 digits (0-9).")
    yield _Question("bank_code", rule is None or not is_bank or rule.takes_bank(line.bank_code), "wrong_product",
                    f"บริการ {intent.product} จ่ายเข้าธนาคารรหัส {line.bank_code} ไม่ได้",
                    f"Product {intent.product} cannot pay into bank {line.bank_code}.")
    yield _Question("branch", bool(_BRANCH.fullmatch(line.branch)), "branch",
                    "รหัสสาขาต้องเป็นเลขอารบิกไม่เกิน 4 หลัก", "A branch has at most 4 digits (0-9).")
    yield _Question("account", _is_account(line.account), "account",
                    "เลขบัญชีต้องเป็นเลขอารบิกไม่เกิน 11 หลักตามแบบของธนาคาร", "An account has at most 11 digits (0-9).")
    yield _Question("amount_satang", _is_count(line.amount_satang, 10**17 - 1), "amount",
                    "จำนวนเงินต้องมากกว่าศูนย์", "The amount must be more than zero.")
    yield from _questions_of_name("name", line.name, "ชื่อผู้รับ", "receiver name")
    yield _Question("mobile", not line.mobile or bool(_MOBILE.fullmatch(line.mobile)), "mobile",
                    "เบอร์มือถือต้องเป็นเลขอารบิก 10 หลักขึ้นต้นด้วย 0", "A mobile number has 10 digits and begins with 0.")
    yield _Question("email", not line.email or bool(_EMAIL.fullmatch(line.email) and len(line.email) <= 40), "email",
                    "อีเมลอ่านไม่ได้หรือยาวเกิน 40 ตัวอักษร", "The e-mail address is unreadable or longer than 40 characters.")


def _questions_of_name(field: str, name: str, th: str, en: str) -> Iterator[_Question]:
    yield _Question(field, bool(name.strip()) and name == name.strip(), f"{field}_blank",
                    f"{th}ว่าง หรือมีช่องว่างหน้าหลัง", f"The {en} is empty or has blanks around it.")
    # The stricter of the two encodings: a bank that reads plain TIS-620 would show something else for the rest.
    strange = unencodable(name, "tis_620")
    shown = ", ".join(f"{_visible(one)} (U+{ord(one):04X})" for one in strange)
    yield _Question(field, not strange, f"{field}_characters",
                    f"{th} “{_visible(name)}” มีอักขระที่ธนาคารรับไม่ได้: {shown}",
                    f"The {en} “{_visible(name)}” holds characters the bank cannot take: {shown}.")


def _visible(text: str) -> str:
    return "".join(one if one.isprintable() else "□" for one in text)


def _is_account(account: str) -> bool:
    return bool(_ACCOUNT.fullmatch(account)) and account.strip("0") != ""


def _is_count(value: object, most: int) -> bool:
    """A whole number; True is not 1 here, and 100.0 is not 100."""
    return type(value) is int and 1 <= value <= most
