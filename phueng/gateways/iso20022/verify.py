"""Is this order, byte for byte, what the released part meant? Control sums cannot say: see the bank file's `verify`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from phueng.gateways.faults import MOST_FAULTS, FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.iso20022.contract import MessageHead, TransferRow
from phueng.gateways.iso20022.reader import inspect_message, read_message
from phueng.gateways.iso20022.writer import write_message


def verify_against_intent(
    content: bytes, head: MessageHead, rows: Sequence[TransferRow], sha256: str
) -> tuple[FileFault, ...]:
    """Every difference from what was meant; empty when there is none. Raises `FileRefused` when it cannot be written."""
    faults = list(inspect_message(content))
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
    meant = b"".join(write_message(head, [rows], count=len(rows), total_satang=sum(row[5] for row in rows)))
    if meant != content:
        faults += _differences(content, rows) or [
            whole_file_fault("แฟ้มต่างจากที่อนุมัติ", "The file differs from the approved part.")
        ]
    return tuple(faults[:MOST_FAULTS])


def _differences(content: bytes, rows: Sequence[TransferRow]) -> list[FileFault]:
    """Which transfers say something else; none when the file cannot be read anyway."""
    try:
        found = read_message(content).transfers
    except FileUnreadable:
        return []
    return [
        FileFault(
            one.line,
            1,
            1,
            "CdtTrfTxInf",
            one.reference,
            meant[0],
            f"บรรทัดที่ {one.line}: รายการ {one.reference} ต่างจากที่อนุมัติ",
            f"Line {one.line}: transfer {one.reference} differs from the approved part.",
        )
        for one, meant in zip(found, rows, strict=False)
        if one.row != meant
    ]
