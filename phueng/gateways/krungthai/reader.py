"""Is this file exactly what the layout allows, and if not, where does it deviate?

Strict on purpose: the stand-in for the bank believes the bytes and nothing else, and the releaser's check
reads the file as the bank would. After a record was read it is written again from what was understood; any
difference left is a deviation nobody thought of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from phueng.gateways.days import NotADay, day_of
from phueng.gateways.faults import MOST_FAULTS, FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.krungthai.agreement import compare_records, product_of
from phueng.gateways.krungthai.contract import Product
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.writer import Value, rendered


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One payment as the bank would understand it."""

    running_no: int
    reference: str
    bank_code: str
    branch: str
    account: str = field(repr=False)
    name: str = field(repr=False)
    amount_satang: int
    mobile: str = field(repr=False)
    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file without a single deviation."""

    product: Product
    batch_no: int
    company_id: str
    effective_on: date
    sending_account: str
    sending_branch: str
    service_type: str
    sender_name: str
    count: int
    total_satang: int
    lines: tuple[ParsedLine, ...]
    sha256: str


def read_file(layout: Layout, content: bytes) -> ParsedFile:
    """The payments in the file. Raises `FileUnreadable` with every deviation found."""
    parsed, faults = _read(layout, content)
    if parsed is None or faults:
        raise FileUnreadable(faults)
    return parsed


def inspect_file(layout: Layout, content: bytes) -> tuple[FileFault, ...]:
    """Every deviation (at most 200); empty when the file is flawless."""
    return _read(layout, content)[1]


def _read(layout: Layout, content: bytes) -> tuple[ParsedFile | None, tuple[FileFault, ...]]:
    faults: list[FileFault] = []
    records = _records(layout, content, faults)
    if not records:
        return None, tuple(faults)
    header = _values(layout, layout.header, records[0], 1, faults)
    details = []
    for number, record in enumerate(records[1:], start=2):
        details.append(_values(layout, layout.detail, record, number, faults))
        if len(faults) >= MOST_FAULTS:
            return None, tuple(faults[:MOST_FAULTS])
    if not faults:
        compare_records(layout, header, details, faults)
    if faults:
        return None, tuple(faults[:MOST_FAULTS])
    return _parsed(layout, content, header, details), ()


def _records(layout: Layout, content: bytes, faults: list[FileFault]) -> list[bytes]:
    """The records without their line ends, or faults that concern the file as a whole."""
    whole = _whole_file_faults(layout, content)
    if whole:
        faults += whole
        return []
    records = content.removesuffix(layout.line_end).split(layout.line_end)
    for number, record in enumerate(records, start=1):
        if len(record) != layout.record_bytes:
            faults.append(
                FileFault(
                    number,
                    1,
                    max(len(record), 1),
                    "record",
                    f"{len(record)} bytes",
                    f"{layout.record_bytes} bytes",
                    f"บรรทัดที่ {number} ยาว {len(record)} ไบต์ แทนที่จะเป็น {layout.record_bytes}",
                    f"Line {number} has {len(record)} bytes instead of {layout.record_bytes}.",
                )
            )
            if len(faults) >= MOST_FAULTS:
                break
    return [] if faults else records


def _whole_file_faults(layout: Layout, content: bytes) -> list[FileFault]:
    if not content:
        return [whole_file_fault("แฟ้มว่างเปล่า", "The file is empty.")]
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [
            whole_file_fault(
                "แฟ้มขึ้นต้นด้วยเครื่องหมาย Unicode ต้องเป็น TIS-620 ล้วน",
                "The file begins with a Unicode mark; it must be plain TIS-620.",
                field="encoding",
            )
        ]
    if _looks_like_utf8(content):
        return [
            whole_file_fault(
                "แฟ้มเป็น UTF-8 ต้องเป็น TIS-620",
                "The file is UTF-8; it must be TIS-620.",
                found="UTF-8",
                expected=layout.encoding,
                field="encoding",
            )
        ]
    if not content.endswith(layout.line_end):
        return [
            whole_file_fault(
                "แฟ้มไม่จบด้วย CRLF อาจขาดท้าย",
                "The file does not end with CRLF; it may be cut off.",
                found=content[-2:].hex(),
                expected=layout.line_end.hex(),
                field="line_end",
            )
        ]
    strays = content.replace(layout.line_end, b"")
    if b"\n" in strays or b"\r" in strays:
        return [
            whole_file_fault(
                "มีจุดขึ้นบรรทัดที่ไม่ใช่ CRLF",
                "There is a line break that is not CRLF.",
                expected=layout.line_end.hex(),
                field="line_end",
            )
        ]
    return []


def _looks_like_utf8(content: bytes) -> bool:
    """Thai in UTF-8 comes in threes that begin with E0 B8 or E0 B9; in TIS-620 that is เธ or เน, again and
    again."""
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _values(
    layout: Layout, fields: tuple[Field, ...], record: bytes, line: int, faults: list[FileFault]
) -> dict[str, Value]:
    """What each source of the record says; faults are added for every field that is not exactly right."""
    values: dict[str, Value] = {}
    for one in fields:
        raw = record[one.place]
        fault = _read_field(layout, one, raw, values)
        if fault is not None:
            expected, th, en = fault
            found = raw.decode(layout.encoding, errors="backslashreplace")
            faults.append(
                FileFault(
                    line,
                    one.start,
                    one.end,
                    one.name,
                    found,
                    expected,
                    f"บรรทัดที่ {line} ช่อง{one.th}: {th}",
                    f"Line {line}, {one.en}: {en}",
                )
            )
    return values


def _read_field(layout: Layout, one: Field, raw: bytes, values: dict[str, Value]) -> tuple[str, str, str] | None:
    """Put the value into `values`; or tell what was expected and what is wrong, in both languages."""
    if one.source is None:
        expected = rendered(one, one.constant, layout.encoding)
        if raw != expected:
            return expected.decode("ascii"), "ค่าคงที่ไม่ตรง", "not the fixed value."
        return None
    value: Value
    if one.kind == "number":
        if not (raw.isdigit() and raw.isascii()):
            return "0-9", "ต้องเป็นเลขอารบิกทุกตำแหน่ง", "must be digits 0-9 throughout."
        value = raw.decode("ascii")
    elif one.kind == "date":
        moment = _date(raw)
        if isinstance(moment, NotADay):
            return "DDMMYYYY", moment.th, moment.en
        value = moment
    else:
        try:
            value = raw.decode("tis_620").strip(" ")
        except UnicodeDecodeError:
            return "TIS-620", "มีอักขระนอก TIS-620", "holds characters outside TIS-620."
        if not value.isprintable():
            return "printable", "มีอักขระควบคุม", "holds control characters."
        if rendered(one, value, layout.encoding) != raw:
            return value, "ช่องว่างอยู่ผิดด้าน", "blanks stand on the wrong side."
    if values.setdefault(one.source, value) != value:
        return (
            str(values[one.source]),
            "ค่าเดียวกันเขียนไม่ตรงกัน",
            "disagrees with the same value elsewhere in the line.",
        )
    return None


def _date(raw: bytes) -> date | NotADay:
    if not (raw.isdigit() and raw.isascii()):
        return NotADay("ไม่ใช่วันที่แบบ วันเดือนปี ค.ศ.", "not a date DDMMYYYY of the Christian era.")
    return day_of(int(raw[4:]), int(raw[2:4]), int(raw[:2]))


def _parsed(layout: Layout, content: bytes, header: dict[str, Value], details: list[dict[str, Value]]) -> ParsedFile:
    first = details[0]
    product = product_of(layout, details, [])
    effective_on = header["effective_on"]
    assert product is not None  # noqa: S101 - tells the type checker
    assert isinstance(effective_on, date)  # noqa: S101 - tells the type checker
    return ParsedFile(
        product=product,
        batch_no=int(str(header.get("batch_no", 0))),
        company_id=str(header.get("company_id", "")),
        effective_on=effective_on,
        sending_account=str(first.get("sending_account", "")),
        sending_branch=str(first.get("sending_branch", "")),
        service_type=str(first.get("service_type", "")),
        sender_name=str(first.get("sender_name", "")),
        count=len(details),
        total_satang=int(str(header["total_satang"])),
        lines=tuple(
            ParsedLine(
                running_no=int(str(one["running_no"])),
                reference=str(one["reference"]),
                bank_code=str(one["bank_code"]),
                branch=str(one.get("branch", "")),
                account=str(one["account"]),
                name=str(one["name"]),
                amount_satang=int(str(one["amount_satang"])),
                mobile=str(one.get("mobile", "")),
                email=str(one.get("email", "")),
            )
            for one in details
        ),
        sha256=hashlib.sha256(content).hexdigest(),
    )
