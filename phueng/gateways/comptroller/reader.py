"""What do a list and its result say, if they are exactly what the layout allows?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from phueng.gateways.comptroller.contract import ListLine, ResultFile, ResultLine
from phueng.gateways.comptroller.layout import ListLayout
from phueng.gateways.faults import FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.tables import Row, cell_fault, read_table

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,39}", re.ASCII)
_NATIONAL_ID = re.compile(r"[0-9]{13}", re.ASCII)
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)

Question = tuple[str, Callable[[str], object], str, str]


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list without a single deviation."""

    month: date
    scheme_code: str
    count: int
    total_satang: int
    lines: tuple[ListLine, ...] = field(repr=False)
    sha256: str


def read_list(layout: ListLayout, content: bytes) -> ParsedList:
    """The people on the list. Raises `FileUnreadable` with every deviation found."""
    table = read_table(content, layout.list_headings, encoding=layout.encoding, delimiter=layout.delimiter)
    faults = list(table.faults)
    seen: dict[str, int] = {}
    for sequence, row in enumerate(table.rows, start=1):
        faults += _faults_of(row, _list_questions(layout, sequence))
        faults += _repeated(row, "reference", seen)
    if table.is_whole and not table.rows:
        faults.append(whole_file_fault("บัญชีรายชื่อว่าง", "The list is empty."))
    for column in ("month", "scheme_code"):
        if len({row.cells[column] for row in table.rows}) > 1:
            faults.append(
                whole_file_fault("ทุกแถวต้องเป็นเดือนและโครงการเดียวกัน", "All rows must be of one month and scheme.")
            )
    if faults:
        raise FileUnreadable(tuple(faults))
    lines = tuple(_list_line(layout, row) for row in table.rows)
    first = table.rows[0].cells
    month = layout.read_month(first["month"])
    assert month is not None  # noqa: S101 - tells the type checker
    return ParsedList(
        month,
        first["scheme_code"],
        len(lines),
        sum(line.amount_satang for line in lines),
        lines,
        hashlib.sha256(content).hexdigest(),
    )


def read_result(layout: ListLayout, content: bytes) -> ResultFile:
    """Never raises; a file that is no result has no lines and at least one fault."""
    table = read_table(content, layout.result_headings, encoding=layout.encoding, delimiter=layout.delimiter)
    faults = list(table.faults)
    lines: list[ResultLine] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        wrong = list(_faults_of(row, _result_questions(layout, row)))
        wrong += _repeated(row, "line_reference", seen)
        faults += wrong
        if not wrong:
            lines.append(_result_line(layout, row))
    return ResultFile(hashlib.sha256(content).hexdigest(), tuple(lines), tuple(faults), table.is_whole)


def _list_questions(layout: ListLayout, sequence: int) -> Iterator[Question]:
    yield "reference", _REFERENCE.fullmatch, "เลขอ้างอิงอ่านไม่ได้", "has an unreadable reference."
    yield (
        "national_id",
        _NATIONAL_ID.fullmatch,
        "เลขประจำตัวต้องเป็นเลขอารบิก 13 หลัก",
        "has no national ID of 13 digits.",
    )
    yield "full_name", lambda said: said.strip() and said.isprintable(), "ชื่ออ่านไม่ได้", "has no readable name."
    yield "amount", layout.read_amount, "จำนวนเงินอ่านไม่ได้", "has no readable amount."
    yield "month", layout.read_month, "เดือนอ่านไม่ได้", "has no readable month."
    yield "route", list(layout.routes.values()).__contains__, "ไม่รู้จักวิธีรับเงิน", "has an unknown way to be paid."
    yield "sequence", str(sequence).__eq__, "ลำดับที่ไม่ต่อเนื่อง", "is out of sequence."
    yield "certified_on", _is_day, "วันที่รับรองอ่านไม่ได้", "has no readable day of certification."


def _result_questions(layout: ListLayout, row: Row) -> Iterator[Question]:
    outcome = layout.outcomes.get(row.cells["outcome"])
    yield "line_reference", _REFERENCE.fullmatch, "เลขอ้างอิงอ่านไม่ได้", "has an unreadable reference."
    yield (
        "national_id",
        _NATIONAL_ID.fullmatch,
        "เลขประจำตัวต้องเป็นเลขอารบิก 13 หลัก",
        "has no national ID of 13 digits.",
    )
    yield "amount", layout.read_amount, "จำนวนเงินอ่านไม่ได้", "has no readable amount."
    yield "outcome", layout.outcomes.__contains__, "ไม่รู้จักผลการจ่ายนี้", "has an unknown outcome."
    yield (
        "reason",
        lambda said: len(said) <= 200 and said.isprintable() and (outcome != "returned" or said.strip()),
        "จ่ายไม่สำเร็จต้องมีเหตุผล",
        "is returned without a readable reason.",
    )
    yield (
        "settled_on",
        lambda said: _is_day(said) or (said == "" and outcome != "paid"),
        "วันที่จ่ายต้องเป็น ปี-เดือน-วัน ค.ศ.",
        "has no settlement day YYYY-MM-DD.",
    )
    for column in ("reason_code", "transfer_reference"):
        yield (
            column,
            lambda said: len(said) <= 60 and said.isprintable(),
            "รหัสอ่านไม่ได้",
            "has an unreadable code.",
        )


def _faults_of(row: Row, questions: Iterator[Question]) -> Iterator[FileFault]:
    columns = list(row.cells)
    for column, holds, th, en in questions:
        if column in row.cells and not holds(row.cells[column]):
            yield cell_fault(row.line, columns.index(column) + 1, column, row.cells[column], "", th, en)


def _repeated(row: Row, column: str, seen: dict[str, int]) -> list[FileFault]:
    reference = row.cells[column]
    before = seen.setdefault(reference, row.line)
    if before == row.line:
        return []
    position = list(row.cells).index(column) + 1
    return [
        cell_fault(
            row.line,
            position,
            column,
            reference,
            "once",
            f"เลขอ้างอิงซ้ำกับบรรทัดที่ {before}",
            f"repeats the reference of line {before}.",
        )
    ]


def _list_line(layout: ListLayout, row: Row) -> ListLine:
    cell = row.cells
    routes = {word: route for route, word in layout.routes.items()}
    amount = layout.read_amount(cell["amount"])
    assert amount is not None  # noqa: S101 - tells the type checker
    return ListLine(
        reference=cell["reference"],
        national_id=cell["national_id"],
        full_name=cell["full_name"],
        route=routes.get(cell.get("route", ""), "promptpay"),
        bank_code=cell.get("bank_code", ""),
        account=cell.get("account", ""),
        amount_satang=amount,
    )


def _result_line(layout: ListLayout, row: Row) -> ResultLine:
    cell = row.cells
    amount = layout.read_amount(cell["amount"])
    assert amount is not None  # noqa: S101 - tells the type checker
    settled_on = cell.get("settled_on", "")
    return ResultLine(
        line_reference=cell["line_reference"],
        national_id=cell["national_id"],
        amount_satang=amount,
        outcome=layout.outcomes[cell["outcome"]],
        reason_code=cell.get("reason_code", ""),
        reason=cell["reason"].strip(),
        settled_on=date.fromisoformat(settled_on) if settled_on else None,
        transfer_reference=cell.get("transfer_reference", ""),
        line=row.line,
    )


def _is_day(said: str) -> bool:
    if not _DAY.fullmatch(said):
        return False
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
