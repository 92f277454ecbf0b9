"""Is this file exactly what the layout allows, and if not, where does it deviate?

Strict on purpose: the stand-in for the bank believes the bytes and nothing else, and the releaser's check reads the
file as the bank would. After a record was read it is written again from what was understood; any difference left is a
deviation nobody thought of.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from phueng.gateways.faults import MOST_FAULTS, FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.krungthai.contract import Product
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.writer import EARLIEST_YEAR, LATEST_YEAR, Value, rendered


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
        _compare(layout, header, details, faults)
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
            faults.append(FileFault(
                number, 1, max(len(record), 1), "record", f"{len(record)} bytes", f"{layout.record_bytes} bytes",
                f"บรรทัดที่ {number} ยาว {len(record)} ไบต์ แทนที่จะเป็น {layout.record_bytes}",
                f"Line {number} has {len(record)} bytes instead of {layout.record_bytes}.",
            ))
            if len(faults) >= MOST_FAULTS:
                break
    return [] if faults else records


def _whole_file_faults(layout: Layout, content: bytes) -> list[FileFault]:
    if not content:
        return [whole_file_fault("แฟ้มว่างเปล่า", "The file is empty.")]
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [whole_file_fault("แฟ้มขึ้นต้นด้วยเครื่องหมาย Unicode ต้องเป็น TIS-620 ล้วน",
                                 "The file begins with a Unicode mark; it must be plain TIS-620.", field="encoding")]
    if _looks_like_utf8(content):
        return [whole_file_fault("แฟ้มเป็น UTF-8 ต้องเป็น TIS-620", "The file is UTF-8; it must be TIS-620.",
                                 found="UTF-8", expected=layout.encoding, field="encoding")]
    if not content.endswith(layout.line_end):
        return [whole_file_fault("แฟ้มไม่จบด้วย CRLF อาจขาดท้าย", "The file does not end with CRLF; it may be cut off.",
                                 found=content[-2:].hex(), expected=layout.line_end.hex(), field="line_end")]
    strays = content.replace(layout.line_end, b"")
    if b"\n" in strays or b"\r" in strays:
        return [whole_file_fault("มีจุดขึ้นบรรทัดที่ไม่ใช่ CRLF", "There is a line break that is not CRLF.",
                                 expected=layout.line_end.hex(), field="line_end")]
    return []


def _looks_like_utf8(content: bytes) -> bool:
    """Thai in UTF-8 comes in threes that begin with E0 B8 or E0 B9; in TIS-620 that is เธ or เน, again and again."""
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
            faults.append(FileFault(
                line, one.start, one.end, one.name, found, expected,
                f"บรรทัดที่ {line} ช่อง{one.th}: {th}", f"Line {line}, {one.en}: {en}",
            ))
    return values


def _read_field(
    layout: Layout, one: Field, raw: bytes, values: dict[str, Value]
) -> tuple[str, str, str] | None:
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
        if moment is None:
            return "DDMMYYYY", "ไม่ใช่วันที่แบบ วันเดือนปี ค.ศ.", "not a date DDMMYYYY of the Christian era."
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
        return str(values[one.source]), "ค่าเดียวกันเขียนไม่ตรงกัน", "disagrees with the same value elsewhere in the line."
    return None


def _date(raw: bytes) -> date | None:
    if not (raw.isdigit() and raw.isascii()):
        return None
    try:
        moment = date(int(raw[4:]), int(raw[2:4]), int(raw[:2]))
    except ValueError:
        return None
    return moment if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None


# -- what must agree between records --------------------------------------------------------------------------------


def _compare(
    layout: Layout, header: dict[str, Value], details: list[dict[str, Value]], faults: list[FileFault]
) -> None:
    total = sum(int(str(detail["amount_satang"])) for detail in details)
    _same(layout.header, "count", int(str(header["count"])), len(details), 1, faults)
    _same(layout.header, "total_satang", int(str(header["total_satang"])), total, 1, faults)
    if not details:
        faults.append(whole_file_fault("แฟ้มไม่มีรายการจ่าย", "The file holds no payment.", field="count"))
        return
    product = _product(layout, details, faults)
    seen: dict[str, int] = {}
    for number, detail in enumerate(details, start=1):
        line = number + 1
        for source in ("effective_on", "batch_no"):
            if source in header and source in detail:
                _same(layout.detail, source, detail[source], header[source], line, faults)
        for source in ("sending_account", "sending_branch", "service_type", "sender_name"):
            _same(layout.detail, source, detail.get(source), details[0].get(source), line, faults)
        _same(layout.detail, "running_no", int(str(detail["running_no"])), number, line, faults)
        _compare_payment(layout, product, detail, line, faults)
        reference = str(detail["reference"])
        if reference in seen:
            _fault(layout.detail, "reference", reference, "ไม่ซ้ำ", line, faults,
                   f"เลขอ้างอิงซ้ำกับบรรทัดที่ {seen[reference]}", f"the same reference as line {seen[reference]}.")
        seen.setdefault(reference, line)


def _compare_payment(
    layout: Layout, product: Product | None, detail: dict[str, Value], line: int, faults: list[FileFault]
) -> None:
    if int(str(detail["amount_satang"])) == 0:
        _fault(layout.detail, "amount_satang", "0", ">0", line, faults, "จำนวนเงินเป็นศูนย์", "the amount is zero.")
    if int(str(detail["account"])) == 0:
        _fault(layout.detail, "account", "0", ">0", line, faults, "ไม่มีเลขบัญชี", "there is no account number.")
    for source, th, en in (("reference", "ไม่มีเลขอ้างอิง", "there is no reference."), ("name", "ไม่มีชื่อ", "there is no name.")):
        if not detail[source]:
            _fault(layout.detail, source, "", "text", line, faults, th, en)
    if not str(detail["reference"]).isascii():
        _fault(layout.detail, "reference", str(detail["reference"]), "ASCII", line, faults,
               "เลขอ้างอิงต้องเป็นอักษรละตินหรือเลขอารบิก", "a reference has Latin letters and digits only.")
    if product is not None and str(detail.get("service_type")) not in layout.products[product].service_types:
        _fault(layout.detail, "service_type", str(detail.get("service_type")), product, line, faults,
               f"บริการ {product} ไม่มีประเภทนี้", f"product {product} has no such service type.")


def _product(layout: Layout, details: list[dict[str, Value]], faults: list[FileFault]) -> Product | None:
    """The one product whose rule takes every payee's bank; a mixed file belongs to none."""
    for product, rule in layout.products.items():
        if all(rule.takes_bank(str(detail["bank_code"])) for detail in details):
            return product
    faults.append(whole_file_fault(
        "แฟ้มมีทั้งผู้รับธนาคารกรุงไทยและธนาคารอื่น", "The file mixes payees of Krungthai and of other banks.", field="bank_code",
    ))
    return None


def _same(
    fields: tuple[Field, ...], source: str, found: object, expected: object, line: int, faults: list[FileFault]
) -> None:
    if found != expected:
        _fault(fields, source, str(found), str(expected), line, faults,
               f"พบ {found} แต่ควรเป็น {expected}", f"found {found}, expected {expected}.")


def _fault(
    fields: tuple[Field, ...], source: str, found: str, expected: str, line: int, faults: list[FileFault],
    th: str, en: str,
) -> None:
    one = next(candidate for candidate in fields if candidate.source == source)
    faults.append(FileFault(
        line, one.start, one.end, one.name, found, expected,
        f"บรรทัดที่ {line} ช่อง{one.th}: {th}", f"Line {line}, {one.en}: {en}",
    ))


def _parsed(
    layout: Layout, content: bytes, header: dict[str, Value], details: list[dict[str, Value]]
) -> ParsedFile:
    first = details[0]
    product = _product(layout, details, [])
    assert product is not None and isinstance(header["effective_on"], date)
    return ParsedFile(
        product=product, batch_no=int(str(header.get("batch_no", 0))), company_id=str(header.get("company_id", "")),
        effective_on=header["effective_on"], sending_account=str(first.get("sending_account", "")),
        sending_branch=str(first.get("sending_branch", "")), service_type=str(first.get("service_type", "")),
        sender_name=str(first.get("sender_name", "")), count=len(details),
        total_satang=int(str(header["total_satang"])),
        lines=tuple(
            ParsedLine(
                running_no=int(str(one["running_no"])), reference=str(one["reference"]),
                bank_code=str(one["bank_code"]), branch=str(one.get("branch", "")), account=str(one["account"]),
                name=str(one["name"]), amount_satang=int(str(one["amount_satang"])),
                mobile=str(one.get("mobile", "")), email=str(one.get("email", "")),
            )
            for one in details
        ),
        sha256=hashlib.sha256(content).hexdigest(),
    )
