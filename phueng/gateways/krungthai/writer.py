"""How does a released run become the bytes the bank reads?

Everything doubtful is refused before the first byte is written, with all reasons at once. Amounts are
integers of satang from end to end, dates are written by digits and not by a locale, every field is exactly
as long as the layout says: each of these went wrong in another writer of this file.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date

from phueng.gateways.krungthai.contract import (
    FileHead,
    FileIntent,
    FileRefused,
    PaymentLine,
    Warned,
    WrittenFile,
)
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.refusals import refusals_of
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import truncate_graphemes

Value = str | int | date


def write_file(layout: Layout, intent: FileIntent) -> WrittenFile:
    """The file for this run. Raises `FileRefused` with every reason."""
    refusals = tuple(refusals_of(layout, intent))
    if refusals:
        raise FileRefused(refusals)
    warnings: list[Warned] = []
    records = [header_record(layout, intent.head, len(intent.lines), intent.total_satang)]
    shared = shared_values(layout, intent.head, warnings)
    for running_no, line in enumerate(intent.lines, start=1):
        records.append(_record(layout, layout.detail, shared | _line_values(layout, line, running_no, warnings)))
    warnings += _repeated_accounts(intent)
    content = b"".join(records)
    return WrittenFile(
        content, hashlib.sha256(content).hexdigest(), len(intent.lines), intent.total_satang, tuple(warnings)
    )


def rendered(field: Field, value: Value | None, encoding: str) -> bytes:
    """One field, exactly as long as the layout wants it. The reader uses this too: what it reads must write
    back."""
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


def header_record(layout: Layout, head: FileHead, count: int, total_satang: int) -> bytes:
    """The header; count and sum may be known later than the lines."""
    values: dict[str, Value] = {
        "batch_no": head.batch_no,
        "count": count,
        "total_satang": total_satang,
        "effective_on": head.effective_on,
        "company_id": head.company_id,
    }
    return _record(layout, layout.header, values)


def shared_values(layout: Layout, head: FileHead, warnings: list[Warned]) -> dict[str, Value]:
    """What every line says alike."""
    return {
        "batch_no": head.batch_no,
        "sending_branch": head.sending_branch,
        "sending_account": head.sending_account,
        "effective_on": head.effective_on,
        "service_type": head.service_type,
        "sender_name": fitted(layout, "sender_name", head.sender_name, "", warnings),
    }


def _line_values(layout: Layout, line: PaymentLine, running_no: int, warnings: list[Warned]) -> dict[str, Value]:
    return {
        "bank_code": line.bank_code,
        "branch": line.branch,
        "account": line.account,
        "amount_satang": line.amount_satang,
        "reference": line.reference,
        "running_no": running_no,
        "name": fitted(layout, "name", line.name, line.reference, warnings),
        "mobile": line.mobile or "",
        "email": line.email or "",
    }


def fitted(layout: Layout, source: str, name: str, reference: str, warnings: list[Warned]) -> str:
    """A name as far as it fits, cut between characters; a cut is told."""
    field = layout.detail_field(source)
    room = field.length if field else len(name)
    if len(name) <= room:
        return name
    shorter = truncate_graphemes(name, room).rstrip()
    warnings.append(
        Warned(
            reference,
            source,
            Problem(
                "krungthai.name_shortened",
                f"ชื่อยาวเกิน {room} ตัวอักษร จึงตัดเหลือ “{shorter}”",
                f"The name is longer than {room} characters and was cut to “{shorter}”.",
                "ตรวจว่าธนาคารยังรู้ว่าเป็นใคร",
                "Check that the bank will still know who is meant.",
            ),
        )
    )
    return shorter


def _repeated_accounts(intent: FileIntent) -> list[Warned]:
    """Two payments into one account can be right (two schemes, one family account); somebody should have a
    look."""
    seen = Counter((line.bank_code, line.account.zfill(11)) for line in intent.lines)
    return [
        Warned(
            line.reference,
            "account",
            Problem(
                "krungthai.account_repeated",
                "บัญชีนี้รับเงินมากกว่าหนึ่งรายการในแฟ้มเดียวกัน",
                "This account receives more than one payment in this file.",
                "ตรวจว่าเป็นคนละสิทธิ์กันจริง",
                "Check that these are different entitlements.",
            ),
        )
        for line in intent.lines
        if seen[line.bank_code, line.account.zfill(11)] > 1
    ]
