"""Is this file what somebody meant to send? A file alone cannot say: two accounts exchanged leave every total as it was.

An intent is what was stored before any byte left: fingerprint, count, sum and, where wanted, every line. It travels as
JSON beside the file, so that anyone can compare without the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from phueng.gateways.faults import MOST_FAULTS, FileFault, whole_file_fault
from phueng.gateways.krungthai.contract import FileIntent

FORMAT = "phueng-intent-1"
_FIELDS = {
    "bank_code": ("ธนาคารผู้รับ", "receiving bank"),
    "account": ("เลขบัญชีผู้รับ", "receiving account"),
    "national_id": ("เลขประจำตัวประชาชน", "national ID"),
    "name": ("ชื่อผู้รับ", "receiver name"),
    "amount_satang": ("จำนวนเงิน", "amount"),
}


class IntentUnreadable(Exception):
    """The JSON is not an intent; the sentence says why."""


@dataclass(frozen=True, slots=True)
class IntentLine:
    """One payment as it was meant, or as it stands in a file (then with its line and the columns of its fields)."""

    reference: str
    bank_code: str
    account: str = field(repr=False)
    national_id: str = field(repr=False)
    name: str = field(repr=False)
    amount_satang: int
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Intent:
    """What was to be sent. Without lines only the fingerprint, count and sum can be compared: enough to refuse."""

    sha256: str
    count: int
    total_satang: int
    lines: tuple[IntentLine, ...] = ()

    def as_json(self) -> bytes:
        """What `read_intent` reads."""
        lines = [{name: said for name, said in asdict(one).items() if name != "line"} for one in self.lines]
        written: dict[str, Any] = {
            "format": FORMAT,
            "sha256": self.sha256,
            "count": self.count,
            "total_satang": self.total_satang,
        }
        return json.dumps(written | ({"lines": lines} if lines else {}), ensure_ascii=False, indent=1).encode()


def intent_of(content: bytes, lines: Iterable[IntentLine]) -> Intent:
    """The intent behind these bytes, by the lines that they were written from."""
    meant = tuple(lines)
    total = sum(one.amount_satang for one in meant)
    return Intent(hashlib.sha256(content).hexdigest(), len(meant), total, meant)


def bank_file_lines(intent: FileIntent) -> Iterator[IntentLine]:
    """The lines of a run's part for the bank."""
    for one in intent.lines:
        yield IntentLine(one.reference, one.bank_code, one.account, "", one.name, one.amount_satang)


def read_intent(content: bytes) -> Intent:
    """Raises `IntentUnreadable`: an intent that is half understood would prove nothing."""
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise IntentUnreadable(f"format is not {FORMAT}")
        lines = tuple(_line(one) for one in said.get("lines", ()))
        intent = Intent(str(said["sha256"]).lower(), _whole(said["count"]), _whole(said["total_satang"]), lines)
    except (ValueError, KeyError, TypeError) as wrong:
        raise IntentUnreadable(f"not an intent: {type(wrong).__name__} {wrong}") from wrong
    if len(intent.sha256) != 64 or (lines and len(lines) != intent.count):
        raise IntentUnreadable("fingerprint or count is not right")
    return intent


def differences(
    content: bytes, found: tuple[IntentLine, ...], intent: Intent, columns: Mapping[str, tuple[int, int]]
) -> tuple[FileFault, ...]:
    """Where the file says something else than was meant; empty when it is the very file.

    `found` are the lines read from the file (none when it cannot be read); `columns` tells where a field stands.
    """
    faults: list[FileFault] = []
    sha256 = hashlib.sha256(content).hexdigest()
    if hmac.compare_digest(sha256, intent.sha256):
        return ()
    faults.append(
        whole_file_fault(
            "ลายนิ้วมือของแฟ้มไม่ตรงกับที่บันทึกไว้ก่อนส่ง แฟ้มนี้ไม่ใช่แฟ้มที่อนุมัติ",
            "The file's fingerprint is not the one stored before sending: this is not the approved file.",
            found=sha256,
            expected=intent.sha256,
            field="sha256",
        )
    )
    if found:
        total = sum(one.amount_satang for one in found)
        for name, th, said, meant in (
            ("count", "จำนวนรายการ", len(found), intent.count),
            ("total_satang", "ยอดรวม (สตางค์)", total, intent.total_satang),
        ):
            if said != meant:
                en = f"{name} is {said}, meant was {meant}."
                faults.append(
                    whole_file_fault(
                        f"{th} {said} ที่ตั้งใจไว้คือ {meant}", en, field=name, found=str(said), expected=str(meant)
                    )
                )
        if intent.lines:
            faults += _line_differences(found, intent, columns)
    return tuple(faults[:MOST_FAULTS])


def _line_differences(
    found: tuple[IntentLine, ...], intent: Intent, columns: Mapping[str, tuple[int, int]]
) -> Iterator[FileFault]:
    meant = {one.reference: one for one in intent.lines}
    here = {one.reference for one in found}
    for one in found:
        if one.reference not in meant:
            yield _at(
                one, "reference", columns, one.reference, "", "รายการนี้ไม่อยู่ในที่อนุมัติ", "this payment was not approved."
            )
            continue
        for name, (th, en) in _FIELDS.items():
            said, wanted = getattr(one, name), getattr(meant[one.reference], name)
            if not _same(name, said, wanted):
                yield _at(
                    one,
                    name,
                    columns,
                    str(said),
                    str(wanted),
                    f"{th}ของรายการ {one.reference} ต่างจากที่อนุมัติ",
                    f"{en} of {one.reference} differs from what was approved.",
                )
    for one in intent.lines:
        if one.reference not in here:
            yield whole_file_fault(
                f"รายการ {one.reference} ที่อนุมัติไว้หายไป",
                f"The approved payment {one.reference} is missing.",
                field="reference",
                expected=one.reference,
            )
    if [one.reference for one in found] != [one.reference for one in intent.lines] and here == set(meant):
        yield whole_file_fault("ลำดับรายการต่างจากที่อนุมัติ", "The order of the payments was changed.", field="order")


def _same(name: str, said: object, wanted: object) -> bool:
    if name == "account":  # files fill accounts up with zeros
        return str(said).lstrip("0") == str(wanted).lstrip("0")
    if name == "name":  # and cut names to their room
        return str(wanted) == "" or (str(said) != "" and str(wanted).startswith(str(said)))
    return said == wanted


def _at(
    one: IntentLine, name: str, columns: Mapping[str, tuple[int, int]], said: str, wanted: str, th: str, en: str
) -> FileFault:
    first, last = columns.get(name, (1, 1))
    return FileFault(one.line, first, last, name, said, wanted, f"บรรทัดที่ {one.line}: {th}", f"Line {one.line}: {en}")


def _line(said: Mapping[str, Any]) -> IntentLine:
    return IntentLine(
        str(said["reference"]),
        str(said.get("bank_code", "")),
        str(said.get("account", "")),
        str(said.get("national_id", "")),
        str(said.get("name", "")),
        _whole(said["amount_satang"]),
    )


def _whole(said: object) -> int:
    if type(said) is not int or said < 0:
        raise ValueError("a count or amount is not a whole number")
    return said
