"""Is this file, byte for byte, what the released run meant to send?

Control totals are not enough: two amounts changed against each other, or two accounts exchanged, leave
every total as it was. So the file is written once more from the approved run and compared whole.
"""

from __future__ import annotations

import hashlib
import hmac

from phueng.gateways.faults import MOST_FAULTS, FileFault, whole_file_fault
from phueng.gateways.krungthai.contract import FileIntent
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.reader import inspect_file
from phueng.gateways.krungthai.writer import write_file


def verify_against_intent(layout: Layout, content: bytes, intent: FileIntent, sha256: str) -> tuple[FileFault, ...]:
    """Every difference from what was meant; empty when there is none.

    `sha256` is the sum recorded with the intent before the bytes left. Raises `FileRefused` when the intent
    itself can no longer be written.
    """
    faults = list(inspect_file(layout, content))
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), sha256.lower()):
        faults.append(
            whole_file_fault(
                "ลายนิ้วมือของแฟ้มไม่ตรงกับที่บันทึกไว้เมื่ออนุมัติ",
                "The file's fingerprint is not the one recorded at release.",
                expected=sha256,
                found=hashlib.sha256(content).hexdigest(),
                field="sha256",
            )
        )
    meant = write_file(layout, intent).content
    if meant != content:
        faults += _differences(layout, content, meant)
    return tuple(faults[:MOST_FAULTS])


def _differences(layout: Layout, content: bytes, meant: bytes) -> list[FileFault]:
    """Which fields of which lines say something else; never an empty list."""
    faults: list[FileFault] = []
    found_lines, meant_lines = content.split(layout.line_end), meant.split(layout.line_end)
    if len(found_lines) != len(meant_lines):
        faults.append(
            whole_file_fault(
                f"แฟ้มมี {len(found_lines) - 1} บรรทัด แต่ที่อนุมัติมี {len(meant_lines) - 1}",
                f"The file has {len(found_lines) - 1} lines, the approved run {len(meant_lines) - 1}.",
                field="count",
            )
        )
    for number, (found, expected) in enumerate(zip(found_lines, meant_lines, strict=False), start=1):
        if found != expected:
            fields = layout.header if number == 1 else layout.detail
            faults += [
                _difference(layout, one, found, expected, number)
                for one in fields
                if found[one.place] != expected[one.place]
            ]
        if len(faults) >= MOST_FAULTS:
            break
    return faults or [whole_file_fault("แฟ้มต่างจากที่อนุมัติ", "The file differs from the approved run.")]


def _difference(layout: Layout, one: Field, found: bytes, expected: bytes, line: int) -> FileFault:
    said = found[one.place].decode(layout.encoding, errors="backslashreplace")
    meant = expected[one.place].decode(layout.encoding, errors="backslashreplace")
    return FileFault(
        line,
        one.start,
        one.end,
        one.name,
        said,
        meant,
        f"บรรทัดที่ {line} ช่อง{one.th} ต่างจากที่อนุมัติ",
        f"Line {line}, {one.en} differs from the approved run.",
    )
