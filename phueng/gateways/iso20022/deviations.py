"""Where does each value of an order stand, and how is a deviation told with its place?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from phueng.gateways.faults import FileFault, FileRefused
from phueng.gateways.iso20022.contract import MessageHead, TransferRow
from phueng.gateways.iso20022.refusals import refusals_of_rows
from phueng.gateways.iso20022.safe_xml import Node, node_fault
from phueng.gateways.iso20022.writer import render_transfers

AGENT = "FinInstnId"
MEMBER = f"{AGENT}/ClrSysMmbId"
GROUP, PART = "CstmrCdtTrfInitn/GrpHdr", "CstmrCdtTrfInitn/PmtInf"
# Where each value of a head stands; the writer's names for them.
HEAD_PATHS = {
    "message_id": f"{GROUP}/MsgId",
    "created_at": f"{GROUP}/CreDtTm",
    "initiator_name": f"{GROUP}/InitgPty/Nm",
    "part_id": f"{PART}/PmtInfId",
    "execute_on": f"{PART}/ReqdExctnDt/Dt",
    "debtor_name": f"{PART}/Dbtr/Nm",
    "debtor_account": f"{PART}/DbtrAcct/Id/Othr/Id",
}
ROW_PATHS = {
    "reference": "PmtId/EndToEndId",
    "amount_satang": "Amt/InstdAmt",
    "name": "Cdtr/Nm",
    "bank_code": "CdtrAgt/FinInstnId",
    "account": "CdtrAcct/Id/Othr/Id",
    "national_id": "CdtrAcct/Prxy/Id",
}
ALWAYS = ("PmtId/EndToEndId", "Amt/InstdAmt", "Cdtr/Nm", "CdtrAcct/Id/Othr/Id")
ALLOWED = {
    *ALWAYS,
    f"CdtrAgt/{AGENT}/BICFI",
    f"CdtrAgt/{MEMBER}/ClrSysId/Cd",
    f"CdtrAgt/{MEMBER}/MmbId",
    "CdtrAcct/Prxy/Tp/Cd",
    "CdtrAcct/Prxy/Tp/Prtry",
    "CdtrAcct/Prxy/Id",
}


def shape_faults(node: Node, leaves: dict[str, Node]) -> Iterator[FileFault]:
    """Elements that are missing, or that nobody agreed upon."""
    for path in ALWAYS:
        if path not in leaves:
            yield node_fault(node, path, f"ไม่มีช่อง {path}", f"{path} is missing.")
    for path, leaf in node.leaves():
        if path not in ALLOWED:
            yield node_fault(leaf, "", "ไม่มีช่องนี้ในแบบที่ตกลงไว้", "nobody agreed upon this element.", name=path)
        elif leaves[path] is not leaf:
            yield node_fault(leaf, "once", "ช่องนี้ซ้ำ", "this element stands twice.", name=path)


def refused_rows(
    rows: Sequence[TransferRow], batch: Sequence[tuple[Node, TransferRow]]
) -> Iterator[tuple[tuple[str, str, str], tuple[Node, TransferRow]]]:
    """The writer's refusals, each with the transfer it is about. Repeated references were told already."""
    if not rows:
        return
    try:
        render_transfers(_ANY_HEAD, rows)
    except FileRefused:
        for one in batch:
            for refusal in refusals_of_rows([one[1]]):
                yield (refusal.field, refusal.problem.th, refusal.problem.en), one


_ANY_HEAD = MessageHead("M", "P", datetime(2026, 1, 1), date(2026, 1, 1), "ก", "", "ก", "12345", "006")  # noqa: DTZ001


def difference(content: bytes, piece: bytes, at: int) -> FileFault:
    """The first byte that our writer would have written otherwise."""
    found = content[at : at + len(piece)]
    first = next((n for n, (one, other) in enumerate(zip(found, piece, strict=False)) if one != other), len(found))
    where = at + min(first, len(piece))
    line = content.count(b"\n", 0, where) + 1
    column = where - content.rfind(b"\n", 0, where)
    said, meant = content[where : where + 20], piece[first : first + 20]
    return FileFault(
        line,
        column,
        column + max(len(said) - 1, 0),
        "form",
        said.decode("utf-8", "backslashreplace"),
        meant.decode("utf-8", "backslashreplace"),
        f"บรรทัดที่ {line} ตำแหน่ง {column}: เขียนไม่เหมือนแฟ้มที่ระบบนี้เขียน (ช่องว่าง ลำดับ หรือจุดขึ้นบรรทัดต่างไป)",
        f"Line {line}, column {column}: not written as this service writes it (blanks, order or line ends differ).",
    )
