"""Which kind of bank file is this, is it sound, what does it say, and what can nobody see from it?

For a person with a file and no database: `phueng bankfile check`. The readers are those that guard our own files.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from phueng.gateways.answers import Answer
from phueng.gateways.comptroller.layout import ListLayout
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.reader import read_list
from phueng.gateways.faults import FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.intents import IntentLine
from phueng.gateways.iso20022.reader import read_message
from phueng.gateways.krungthai.layout import LAYOUTS, Layout, load_layout
from phueng.gateways.krungthai.reader import inspect_file, read_file
from phueng.gateways.results import kind_of_answer, read_answer

FileKind = Literal["ipay", "pain.001", "certified_list", "neutral", "pain.002", "camt.053", "certified", "unknown"]
KIND_NAMES: Mapping[FileKind, tuple[str, str]] = {
    "ipay": ("แฟ้มจ่ายเงิน Krungthai iPay", "Krungthai iPay payment file"),
    "pain.001": ("คำสั่งจ่าย ISO 20022 pain.001.001.09", "ISO 20022 payment order pain.001.001.09"),
    "certified_list": ("บัญชีรายชื่อที่รับรองส่งกรมบัญชีกลาง", "certified list for the Comptroller General"),
    "neutral": ("ผลการจ่าย (CSV กลาง)", "payment result (neutral CSV)"),
    "pain.002": ("รายงานสถานะ ISO 20022 pain.002", "ISO 20022 status report pain.002"),
    "camt.053": ("รายการเดินบัญชี ISO 20022 camt.053", "ISO 20022 account statement camt.053"),
    "certified": ("ผลการจ่ายจากกรมบัญชีกลาง", "result from the Comptroller General"),
    "unknown": ("ไม่รู้จัก", "unknown"),
}
_DOUBTFUL = frozenset({"batch_no", "branch", "mobile"})  # the fields that the layout leaves to choice
_SMALL = 2_000_000  # trying every choice of a layout is for files a person looks at


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `lines` are the payments of a payment file that could be read."""

    kind: FileKind
    sha256: str
    size: int
    faults: tuple[FileFault, ...]
    summary: Mapping[str, Any]
    lines: tuple[IntentLine, ...] = field(default=(), repr=False)
    columns: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    hints: tuple[tuple[str, str], ...] = ()

    @property
    def is_order(self) -> bool:
        """A file that moves money, as against one that reports."""
        return self.kind in ("ipay", "pain.001", "certified_list")


def kind_of_file(content: bytes, list_layout: ListLayout) -> FileKind:
    """By the beginning of the file, damaged as it may be."""
    start = content[:4_096].removeprefix(b"\xef\xbb\xbf")
    is_xml = start.lstrip().startswith(b"<")
    if is_xml and (b"xsd:pain.001" in start or b"<CstmrCdtTrfInitn" in start):
        return "pain.001"
    if not is_xml and (
        start[:3] in (b"101", b"102") or any(len(line) in (498, 499) for line in start.split(b"\n")[:4])
    ):
        return "ipay"
    answer = kind_of_answer(content, list_layout)
    if answer != "unknown":
        return answer
    first = start.split(b"\n", 1)[0]
    for encoding in ("utf-8", "tis_620"):
        said = first.decode(encoding, "replace")
        headings = list(list_layout.list_headings.values())
        if sum(one in said for one in headings) * 2 > len(headings):
            return "certified_list"
    return "unknown"


def inspect(content: bytes, layout: Layout | None = None, list_layout: ListLayout | None = None) -> Inspection:
    """Never raises. A kind nobody knows has one fault."""
    lists = list_layout or load_list_layout()
    kind = kind_of_file(content, lists)
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    if kind == "ipay":
        return _ipay(layout or load_layout(), content, sha256)
    if kind == "pain.001":
        return _order(content, sha256)
    if kind == "certified_list":
        return _list(lists, content, sha256)
    if kind == "unknown":
        return Inspection(kind, sha256, size, (_unknown(content),), {})
    answer = read_answer(content, lists)
    faults = answer.faults or (() if answer.is_whole else (_unknown(content),))
    return Inspection(kind, sha256, size, faults, _told(answer))


def _ipay(layout: Layout, content: bytes, sha256: str) -> Inspection:
    faults = inspect_file(layout, content)
    columns = {one.source: (one.start, one.end) for one in layout.detail if one.source}
    if faults:
        return Inspection(
            "ipay", sha256, len(content), faults, {}, columns=columns, hints=_fitting_choices(layout, content)
        )
    file = read_file(layout, content)
    summary = {
        "product": file.product,
        "count": file.count,
        "total_satang": file.total_satang,
        "effective_on": file.effective_on.isoformat(),
        "batch_no": file.batch_no,
        "company_id": file.company_id,
        "sending_account": file.sending_account,
        "layout": layout.name,
    }
    lines = tuple(
        IntentLine(one.reference, one.bank_code, one.account, "", one.name, one.amount_satang, number)
        for number, one in enumerate(file.lines, start=2)
    )
    return Inspection("ipay", sha256, len(content), (), summary, lines, columns)


def _fitting_choices(layout: Layout, content: bytes) -> tuple[tuple[str, str], ...]:
    """Would the file be flawless if the doubtful fields were decided otherwise? Then the setting is the mistake."""
    if len(content) > _SMALL or not {fault.field for fault in inspect_file(layout, content)} <= _DOUBTFUL:
        return ()
    written = yaml.safe_load((LAYOUTS / f"{layout.name}.yaml").read_text(encoding="utf-8"))["options"]
    for choice in itertools.product(*(one["choices"] for one in written.values())):
        options = dict(zip(written, choice, strict=True))
        if options != dict(layout.options) and not inspect_file(load_layout(layout.name, options), content):
            changed = " ".join(
                f"--option {name}={said}" for name, said in options.items() if said != layout.options[name]
            )
            return (
                (
                    f"แฟ้มนี้ถูกต้องถ้าใช้ {changed} ตรวจค่าตั้งของธนาคารนี้",
                    f"The file is sound with {changed}: check the settings of this bank.",
                ),
            )
    return ()


def _order(content: bytes, sha256: str) -> Inspection:
    try:
        message = read_message(content)
    except FileUnreadable as unreadable:
        return Inspection("pain.001", sha256, len(content), unreadable.faults, {})
    summary = {
        "message_id": message.head.message_id,
        "part_id": message.head.part_id,
        "count": message.count,
        "total_satang": message.total_satang,
        "effective_on": message.head.execute_on.isoformat(),
        "sending_account": message.head.debtor_account,
        "by_promptpay": sum(bool(one.national_id) for one in message.transfers),
    }
    lines = tuple(IntentLine(*one.row, line=one.line) for one in message.transfers)
    return Inspection("pain.001", sha256, len(content), (), summary, lines)


def _list(layout: ListLayout, content: bytes, sha256: str) -> Inspection:
    try:
        found = read_list(layout, content)
    except FileUnreadable as unreadable:
        return Inspection("certified_list", sha256, len(content), unreadable.faults, {})
    summary = {
        "scheme_code": found.scheme_code,
        "month": found.month.isoformat()[:7],
        "count": found.count,
        "total_satang": found.total_satang,
    }
    lines = tuple(
        IntentLine(one.reference, one.bank_code, one.account, one.national_id, one.full_name, one.amount_satang, number)
        for number, one in enumerate(found.lines, start=2)
    )
    columns = {name: (at, at) for at, name in enumerate(layout.list_headings, start=1)}
    columns |= {"name": columns["full_name"], "amount_satang": columns["amount"]}
    return Inspection("certified_list", sha256, len(content), (), summary, lines, columns)


def _told(answer: Answer) -> dict[str, Any]:
    counts = {word: sum(one.outcome == word for one in answer.lines) for word in ("paid", "returned", "pending")}
    said: dict[str, Any] = {"count": len(answer.lines), **counts}
    if answer.message_id:
        said["message_id"] = answer.message_id
    for one in answer.statements:
        said |= {"opening_satang": one.opening_satang, "closing_satang": one.closing_satang}
        said |= {"closed_on": one.closed_on.isoformat(), "entries": len(one.entries)}
    if answer.whole:
        said["whole"] = [f"{one.part_id or one.message_id}: {one.status}" for one in answer.whole]
    return said


def _unknown(content: bytes) -> FileFault:
    if not content.strip():
        return whole_file_fault("แฟ้มว่างเปล่า", "The file is empty.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return whole_file_fault(
            "แฟ้มเป็น UTF-16 มีโปรแกรมบันทึกทับ", "The file is UTF-16: some program saved it anew.", field="encoding"
        )
    return whole_file_fault(
        "ไม่ใช่แฟ้มแบบที่รู้จัก (iPay, pain.001, pain.002, camt.053, บัญชีรายชื่อ, CSV ผลการจ่าย)",
        "No kind of file we know (iPay, pain.001, pain.002, camt.053, certified list, result CSV).",
        field="kind",
    )
