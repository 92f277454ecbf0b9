"""What became of each line of a bank file?

The bank publishes no machine-readable result. This neutral CSV is what the stand-in answers with and what
an officer fills from the bank's reports: one header row, UTF-8, one row a payment. Good rows are read even
when others are not; every bad one is told with its line. Rows about unknown or already settled payments are
payments' business, not ours.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from phueng.gateways.days import NotADay, read_day
from phueng.gateways.faults import FileFault
from phueng.gateways.krungthai.contract import Outcome
from phueng.gateways.tables import Row, cell_fault, read_table, write_table

COLUMNS = (
    "line_reference",
    "account",
    "amount_satang",
    "outcome",
    "reason_code",
    "reason",
    "settled_on",
    "bank_reference",
)
OUTCOMES = ("paid", "returned", "pending")

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,17}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{1,11}", re.ASCII)
_AMOUNT = re.compile(r"[1-9][0-9]{0,16}", re.ASCII)
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9_-]{0,40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What the bank says about one payment."""

    line_reference: str
    account: str = field(repr=False)
    amount_satang: int
    outcome: Outcome
    reason_code: str
    reason: str
    settled_on: date | None
    bank_reference: str
    line: int = field(default=0, compare=False)  # where it stands in the file; 0 when it was not read from one


@dataclass(frozen=True, slots=True)
class ResultFile:
    """All rows that could be read, every fault, and the sum by which the same file is known again."""

    sha256: str
    lines: tuple[ResultLine, ...]
    faults: tuple[FileFault, ...]
    is_whole: bool


def read_result(content: bytes) -> ResultFile:
    """Never raises; a file that is no result has no lines and at least one fault."""
    table = read_table(content, {name: name for name in COLUMNS})
    faults = list(table.faults)
    lines: list[ResultLine] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        wrong = list(_faults_of(row)) + _repeated(row, seen)
        seen.setdefault(row.cells["line_reference"], row.line)
        faults += wrong
        if not wrong:
            lines.append(_line(row))
    return ResultFile(hashlib.sha256(content).hexdigest(), tuple(lines), tuple(faults), table.is_whole)


def write_result(lines: Iterable[ResultLine]) -> bytes:
    """The neutral CSV for these lines."""
    return write_table(
        COLUMNS,
        (
            (
                one.line_reference,
                one.account,
                str(one.amount_satang),
                one.outcome,
                one.reason_code,
                one.reason,
                one.settled_on.isoformat() if one.settled_on else "",
                one.bank_reference,
            )
            for one in lines
        ),
    )


def _line(row: Row) -> ResultLine:
    cell = row.cells
    return ResultLine(
        line_reference=cell["line_reference"],
        account=cell["account"].zfill(11),
        amount_satang=int(cell["amount_satang"]),
        outcome=cast(Outcome, cell["outcome"]),
        reason_code=cell["reason_code"],
        reason=cell["reason"].strip(),
        settled_on=date.fromisoformat(cell["settled_on"]) if cell["settled_on"] else None,
        bank_reference=cell["bank_reference"],
        line=row.line,
    )


def _faults_of(row: Row) -> Iterable[FileFault]:
    outcome = row.cells["outcome"]
    questions: list[tuple[str, Callable[[str], object], str, str, str]] = [
        (
            "line_reference",
            _REFERENCE.fullmatch,
            "1-18 ASCII",
            "เลขอ้างอิงอ่านไม่ได้",
            "has no readable reference.",
        ),
        (
            "account",
            _ACCOUNT.fullmatch,
            "0-9",
            "เลขบัญชีต้องเป็นเลขอารบิก",
            "has no account number of digits 0-9.",
        ),
        (
            "amount_satang",
            _AMOUNT.fullmatch,
            "satang",
            "จำนวนเงินต้องเป็นสตางค์จำนวนเต็ม",
            "has no whole amount in satang.",
        ),
        (
            "outcome",
            OUTCOMES.__contains__,
            "paid, returned, pending",
            "ผลต้องเป็น paid, returned หรือ pending",
            "has an outcome other than paid, returned and pending.",
        ),
        ("reason_code", _CODE.fullmatch, "code", "รหัสเหตุผลอ่านไม่ได้", "has an unreadable reason code."),
        (
            "reason",
            lambda said: _is_plain(said, 200) and (outcome != "returned" or said.strip()),
            "text",
            "เงินคืนต้องมีเหตุผล",
            "is returned without a readable reason.",
        ),
        (
            "settled_on",
            lambda said: _is_day(said) or (said == "" and outcome != "paid"),
            "YYYY-MM-DD",
            "วันที่จ่ายต้องเป็น ปี-เดือน-วัน ค.ศ.",
            "has no settlement day YYYY-MM-DD of the Christian era.",
        ),
        (
            "bank_reference",
            lambda said: _is_plain(said, 60),
            "text",
            "เลขอ้างอิงธนาคารอ่านไม่ได้",
            "has an unreadable bank reference.",
        ),
    ]
    for name, holds, expected, th, en in questions:
        if not holds(row.cells[name]):
            day = read_day(row.cells[name]) if name == "settled_on" and row.cells[name] else None
            if isinstance(day, NotADay):
                th, en = day.th, f"settled_on: {day.en}"  # a year of the Buddhist era is called by its name
            yield cell_fault(row.line, COLUMNS.index(name) + 1, name, row.cells[name], expected, th, en)


def _repeated(row: Row, seen: dict[str, int]) -> list[FileFault]:
    """Two rows about one payment: which counts is not ours to guess, so the second is refused and shown."""
    reference = row.cells["line_reference"]
    if reference not in seen:
        return []
    return [
        cell_fault(
            row.line,
            1,
            "line_reference",
            reference,
            "once",
            f"เลขอ้างอิงซ้ำกับบรรทัดที่ {seen[reference]}",
            f"repeats the reference of line {seen[reference]}.",
        )
    ]


def _is_day(said: str) -> bool:
    if not _DAY.fullmatch(said):
        return False
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _is_plain(said: str, most: int) -> bool:
    return len(said) <= most and said.isprintable()
