"""Is this bank file sound, what does it say, and is it the one that was approved? For a person, without a database.

    phueng bankfile check FILE [--intent FILE.json] [--signature FILE.sig --public-key KEY.pem] [--json]

Ends with 0 for a sound file (and, where asked, a proven one), 1 for faults, 2 when there is nothing to judge.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from phueng.commandline.words import refuse, tell
from phueng.gateways.bankfiles import KIND_NAMES, Inspection, inspect
from phueng.gateways.faults import FileFault, whole_file_fault
from phueng.gateways.intents import IntentUnreadable, differences, read_intent
from phueng.gateways.signatures import NotAKey, is_signed, read_key
from phueng.kernel.money import format_amount

SOUND, FAULTY, NOTHING_TO_JUDGE = 0, 1, 2
Proof = Literal["not_asked", "proven", "disproven"]

# What to do, by the field that is wrong; the first that fits.
_NEXT: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset({"encoding", "line_end", "form", "record", "DOCTYPE"}),
        "มีโปรแกรมเปิดแล้วบันทึกทับ หรือส่งไม่ครบ อย่าส่งแฟ้มนี้ ให้ดาวน์โหลดใหม่จากหน้ารอบจ่ายแล้วส่งโดยไม่เปิดแก้",
        "A program saved it anew, or it was cut off. Do not send it: download it again from the run's page and send it"
        " unopened.",
    ),
    (
        frozenset({"sha256", "signature", "order", "reference"}),
        "อย่าส่งแฟ้มนี้ แจ้งผู้ตรวจสอบภายใน เก็บแฟ้มไว้เป็นหลักฐาน แล้วดาวน์โหลดใหม่จากหน้ารอบจ่าย",
        "Do not send it. Tell internal audit, keep the file as evidence, and download it again from the run's page.",
    ),
    (
        frozenset({"kind"}),
        "ดูว่าเลือกแฟ้มถูกหรือไม่ รายงานที่เป็น PDF ให้แนบที่หน้ารับผลการจ่าย",
        "See whether this is the right file. A report in PDF is attached on the page for results.",
    ),
)
_NEXT_OTHERWISE = (
    "แฟ้มที่ระบบนี้เขียนไม่มีข้อผิดแบบนี้ จึงถูกแก้ภายหลังหรือมาจากที่อื่น อย่าส่ง ให้ถามผู้ให้แฟ้ม หรือดาวน์โหลดใหม่",
    "No file written by this service has such a fault: it was edited later, or comes from elsewhere. Do not send it;"
    " ask whoever gave it to you, or download it again.",
)


@dataclass(frozen=True)
class Judgement:
    """Everything that is said about one file."""

    name: str
    found: Inspection
    faults: tuple[FileFault, ...]
    signature: Proof
    intent: Proof

    @property
    def status(self) -> int:
        if self.found.kind == "unknown":
            return NOTHING_TO_JUDGE
        return FAULTY if self.faults else SOUND


def main(words: Sequence[str]) -> int:
    """Read the words behind `phueng bankfile`."""
    parser = argparse.ArgumentParser(prog="phueng bankfile", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    check = acts.add_parser("check", help="is it sound, what does it say, is it the approved one?")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    check.add_argument("--intent", type=Path, help="what was stored before sending (JSON)")
    check.add_argument("--signature", type=Path, help="the detached signature, as it lies beside the file")
    check.add_argument("--public-key", type=Path, help="the service's public key (PEM)")
    check.add_argument("--layout", default="ipay-2024")
    check.add_argument("--option", action="append", default=[], metavar="NAME=CHOICE")
    given = parser.parse_args(words)
    if (given.signature is None) != (given.public_key is None):
        parser.error("--signature and --public-key belong together")
    judgement = judge(given)
    if given.json:
        print(json.dumps(as_json(judgement), ensure_ascii=False, indent=1))
    else:
        _explain(judgement)
    return judgement.status


def judge(given: argparse.Namespace) -> Judgement:
    """All questions, answered."""
    from phueng.gateways.krungthai.layout import LayoutFault, load_layout

    content = _bytes(given.file)
    try:
        layout = load_layout(given.layout, dict(one.split("=", 1) for one in given.option))
    except (LayoutFault, ValueError) as wrong:
        refuse(f"แบบแฟ้มหรือค่าตั้งไม่ถูกต้อง: {wrong}", f"Layout or option is wrong: {wrong}", status=NOTHING_TO_JUDGE)
    found = inspect(content, layout)
    faults = list(found.faults)
    signature: Proof = "not_asked"
    if given.signature is not None:
        is_signed = _is_signed(content, _bytes(given.signature), _bytes(given.public_key))
        signature = "proven" if is_signed else "disproven"
        if not is_signed:
            faults.append(
                whole_file_fault(
                    "ลายเซ็นไม่ใช่ของแฟ้มนี้ แฟ้มถูกแก้หลังลงนาม หรือเป็นลายเซ็นของแฟ้มอื่น",
                    "The signature does not belong to this file: it was edited after signing, or the signature is"
                    " another file's.",
                    field="signature",
                )
            )
    intent: Proof = "not_asked"
    if given.intent is not None:
        try:
            meant = read_intent(_bytes(given.intent))
        except IntentUnreadable as wrong:
            refuse(f"อ่านเจตนาใน {given.intent} ไม่ได้: {wrong}", f"Cannot read {given.intent}: {wrong}", status=2)
        differing = differences(content, found.lines, meant, found.columns)
        intent = "disproven" if differing else "proven"
        faults += differing
    return Judgement(str(given.file), found, tuple(faults), signature, intent)


def as_json(judgement: Judgement) -> dict[str, Any]:
    """For programs; keys are stable."""
    found = judgement.found
    return {
        "format": "phueng-bankfile-check-1",
        "file": judgement.name,
        "kind": found.kind,
        "verdict": {SOUND: "sound", FAULTY: "faulty", NOTHING_TO_JUDGE: "unknown"}[judgement.status],
        "sha256": found.sha256,
        "bytes": found.size,
        "summary": dict(found.summary),
        "proof": {"signature": judgement.signature, "intent": judgement.intent},
        "faults": [
            asdict(one) | dict(zip(("next_th", "next_en"), next_step(one), strict=True)) for one in judgement.faults
        ],
        "hints": [{"th": th, "en": en} for th, en in found.hints],
        "not_proven": [{"th": th, "en": en} for th, en in _not_proven(judgement)],
    }


def next_step(fault: FileFault) -> tuple[str, str]:
    """What to do about a fault, Thai and English."""
    return next(((th, en) for fields, th, en in _NEXT if fault.field in fields), _NEXT_OTHERWISE)


def _not_proven(judgement: Judgement) -> list[tuple[str, str]]:
    """What nobody can see from the file alone: saying so is part of the answer."""
    if judgement.status != SOUND or not judgement.found.is_order or judgement.intent == "proven":
        return []
    said = [
        (
            "แฟ้มสอดคล้องกันเอง แต่แฟ้มอย่างเดียวพิสูจน์ไม่ได้ว่าเลขบัญชีเป็นของผู้รับคนนั้น: สลับบัญชีสองคนแล้วยอดรวมยังเท่าเดิม",
            "The file agrees with itself. Alone it cannot prove that an account belongs to its payee: exchange two accounts"
            " and every total stays.",
        ),
        (
            "เทียบกับสิ่งที่อนุมัติด้วย --intent แฟ้ม.json",
            "Compare it with what was approved: --intent FILE.json.",
        ),
    ]
    if judgement.signature == "proven":
        said[0] = (
            "ลายเซ็นถูกต้อง: ไม่มีใครแก้หลังลงนาม แต่ไม่บอกว่าเป็นแฟ้มของรอบใด แฟ้มเก่าก็มีลายเซ็นถูกต้องเช่นกัน",
            "The signature holds: nobody edited it after signing. It does not say for which run; an old file has a good"
            " signature too.",
        )
    return said


def _explain(judgement: Judgement) -> None:
    found, th_en = judgement.found, KIND_NAMES[judgement.found.kind]
    tell(f"ชนิดแฟ้ม: {th_en[0]}", f"Kind: {th_en[1]}")
    for fault in judgement.faults:
        at = f"{fault.line}:{fault.column_from}-{fault.column_to} " if fault.line else ""
        tell(f"✗ {at}{fault.th}", f"{at}{fault.en}")
        if fault.expected:
            print(f"    {fault.found!r} → {fault.expected!r}")
    for step in dict.fromkeys(next_step(fault) for fault in judgement.faults):
        tell(f"→ {step[0]}", step[1])
    for hint in found.hints:
        tell(f"· {hint[0]}", hint[1])
    if judgement.status == SOUND:
        _tell_summary(found)
        if judgement.signature == "proven":
            tell("✓ ลายเซ็นถูกต้อง", "The signature holds.")
        if judgement.intent == "proven":
            tell("✓ ตรงกับที่อนุมัติทุกไบต์", "Byte for byte what was approved.")
    for th, en in _not_proven(judgement):
        tell(f"· {th}", en)
    print(f"sha256 {found.sha256}")


def _tell_summary(found: Inspection) -> None:
    said = found.summary
    if "total_satang" in said:
        baht = format_amount(said["total_satang"])
        tell(
            f"✓ แฟ้มถูกต้อง: {said['count']:,} รายการ รวม {baht} บาท",
            f"A sound file: {said['count']:,} payments, {baht} baht in all.",
        )
    else:
        tell(
            f"✓ แฟ้มถูกต้อง: จ่ายแล้ว {said['paid']:,} คืน {said['returned']:,} รอ {said['pending']:,}",
            f"A sound file: {said['paid']:,} paid, {said['returned']:,} returned, {said['pending']:,} pending.",
        )


def _is_signed(content: bytes, signature: bytes, public_key: bytes) -> bool:
    try:
        return is_signed(content, signature, read_key(public_key))
    except NotAKey as wrong:
        refuse(f"อ่านกุญแจไม่ได้: {wrong}", f"Cannot read the key: {wrong}.", status=NOTHING_TO_JUDGE)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as why:
        refuse(f"อ่านแฟ้ม {path} ไม่ได้: {why.strerror}", f"Cannot read {path}: {why.strerror}", status=NOTHING_TO_JUDGE)
