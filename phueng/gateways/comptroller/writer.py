"""How does a certified month become the list that the Comptroller General reads?"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from phueng.gateways.comptroller.contract import FileRefused, ListLine, MonthlyList, Refusal, WrittenList
from phueng.gateways.comptroller.layout import ListLayout
from phueng.gateways.tables import starts_a_formula, write_table
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import unencodable

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,39}", re.ASCII)
_NATIONAL_ID = re.compile(r"[0-9]{13}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}", re.ASCII)
_BANK = re.compile(r"[0-9]{3}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{5,15}", re.ASCII)
_NEXT = ("แก้ข้อมูลของรายการนี้แล้วเตรียมบัญชีรายชื่อใหม่", "Correct this entry and prepare the list again.")

Question = tuple[str, bool, str, str]


def write_list(layout: ListLayout, monthly: MonthlyList, *, first_sequence: int = 1) -> WrittenList:
    """The list as bytes; a part of a longer list counts on from `first_sequence`. Raises `FileRefused` with every reason."""
    refusals = tuple(_refusals(layout, monthly))
    if refusals:
        raise FileRefused(refusals)
    rows = []
    for sequence, line in enumerate(monthly.lines, start=first_sequence):
        cells = _cells(layout, monthly, line, sequence)
        rows.append([cells[column] for column in layout.list_headings])
    content = write_table(
        list(layout.list_headings.values()),
        rows,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        with_mark=layout.with_mark,
        line_end=layout.line_end,
    )
    return WrittenList(content, hashlib.sha256(content).hexdigest(), len(monthly.lines), monthly.total_satang)


def _cells(layout: ListLayout, monthly: MonthlyList, line: ListLine, sequence: int) -> dict[str, str]:
    return {
        "authority_code": monthly.authority_code,
        "authority_name": monthly.authority_name,
        "scheme_code": monthly.scheme_code,
        "month": layout.write_month(monthly.month),
        "sequence": str(sequence),
        "reference": line.reference,
        "national_id": line.national_id,
        "full_name": line.full_name,
        "route": layout.routes[line.route],
        "bank_code": line.bank_code,
        "account": line.account,
        "amount": layout.write_amount(line.amount_satang),
        "certified_by": monthly.certified_by,
        "certified_on": monthly.certified_on.isoformat(),
    }


def _refusals(layout: ListLayout, monthly: MonthlyList) -> Iterator[Refusal]:
    yield from _refused("", _questions_of_list(layout, monthly))
    references = Counter(line.reference for line in monthly.lines)
    people = Counter(line.national_id for line in monthly.lines)
    for line in monthly.lines:
        yield from _refused(line.reference, _questions_of_line(layout, line))
        yield from _refused(
            line.reference,
            iter(
                (
                    (
                        "reference",
                        references[line.reference] == 1,
                        "เลขอ้างอิงซ้ำในบัญชีรายชื่อ",
                        "The reference stands twice.",
                    ),
                    (
                        "national_id",
                        people[line.national_id] == 1,
                        "คนเดียวกันมีสองรายการในเดือนเดียว",
                        "The same person stands twice in one month.",
                    ),
                )
            ),
        )


def _refused(reference: str, questions: Iterator[Question]) -> Iterator[Refusal]:
    for field, holds, th, en in questions:
        if not holds:
            yield Refusal(reference, field, Problem(f"comptroller.{field}", th, en, *_NEXT))


def _questions_of_list(layout: ListLayout, monthly: MonthlyList) -> Iterator[Question]:
    yield "lines", len(monthly.lines) > 0, "บัญชีรายชื่อว่าง", "The list is empty."
    yield (
        "authority_code",
        bool(_CODE.fullmatch(monthly.authority_code)),
        "รหัส อปท. อ่านไม่ได้",
        "The authority code is unreadable.",
    )
    yield (
        "scheme_code",
        bool(_CODE.fullmatch(monthly.scheme_code)),
        "รหัสโครงการอ่านไม่ได้",
        "The scheme code is unreadable.",
    )
    yield (
        "month",
        monthly.month.day == 1 and 2000 <= monthly.month.year <= 2200,
        "เดือนต้องเป็นวันที่หนึ่งของเดือนในคริสต์ศักราช",
        "The month is its first day, Christian era.",
    )
    for field, text in (("authority_name", monthly.authority_name), ("certified_by", monthly.certified_by)):
        yield (
            field,
            _is_plain(layout, text),
            "ชื่อว่างหรือมีอักขระที่ใช้ไม่ได้",
            "The name is empty or holds unusable characters.",
        )


def _questions_of_line(layout: ListLayout, line: ListLine) -> Iterator[Question]:
    yield (
        "reference",
        bool(_REFERENCE.fullmatch(line.reference)),
        "เลขอ้างอิงอ่านไม่ได้",
        "The reference is unreadable.",
    )
    yield (
        "national_id",
        bool(_NATIONAL_ID.fullmatch(line.national_id)),
        "เลขประจำตัวประชาชนต้องเป็นเลขอารบิก 13 หลัก",
        "A national ID has 13 digits (0-9).",
    )
    yield (
        "full_name",
        _is_plain(layout, line.full_name),
        f"ชื่อ “{line.full_name}” ว่างหรือมีอักขระที่ใช้ไม่ได้",
        f"The name “{line.full_name}” is empty or holds unusable characters.",
    )
    yield (
        "amount",
        type(line.amount_satang) is int and 0 < line.amount_satang < 10**14,
        "จำนวนเงินต้องมากกว่าศูนย์",
        "The amount must be more than zero.",
    )
    yield "route", line.route in layout.routes, "ไม่รู้จักวิธีรับเงินนี้", "There is no such way to be paid."
    if line.route == "account":
        yield (
            "account",
            bool(_BANK.fullmatch(line.bank_code) and _ACCOUNT.fullmatch(line.account)),
            "รหัสธนาคารหรือเลขบัญชีอ่านไม่ได้",
            "The bank code or account number is unreadable.",
        )
    else:
        yield (
            "account",
            line.bank_code == "" and line.account == "",
            "พร้อมเพย์ไม่ใช้เลขบัญชี",
            "PromptPay takes no bank and no account.",
        )


def _is_plain(layout: ListLayout, text: str) -> bool:
    """Readable everywhere, also in a spreadsheet: nothing invisible, nothing that would run as a formula."""
    if not text.strip() or text != text.strip() or not text.isprintable() or starts_a_formula(text):
        return False
    return layout.encoding == "utf-8" or not unencodable(text, layout.encoding)
