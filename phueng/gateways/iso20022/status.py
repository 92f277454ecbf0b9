"""What does a status report (pain.002) say about our transfers?

Good lines are read even when others are not; every bad one is told with line and column. A report may also speak of
the whole message or part: then there are no lines, and payments apply it to every transfer that was sent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from phueng.gateways.answers import Answer, AnsweredLine, Reason, WholeAnswer
from phueng.gateways.days import NotADay, read_day, read_moment
from phueng.gateways.faults import MOST_FAULTS, FileFault
from phueng.gateways.iso20022.amounts import satang_of
from phueng.gateways.iso20022.codes import outcome_of, reason_of
from phueng.gateways.iso20022.safe_xml import Node, XmlRefused, node_fault, read_xml

NAMESPACES = re.compile(r"urn:iso:std:iso:20022:tech:xsd:pain\.002\.001\.(?:0[3-9]|1[0-9])")
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,34}", re.ASCII)
_REPORT = "CstmrPmtStsRpt"


def read_status(content: bytes) -> Answer:
    """Never raises; a file that is no report has no lines and at least one fault."""
    sha256 = hashlib.sha256(content).hexdigest()
    reading = _Reading()
    try:
        document = read_xml(content, records="TxInfAndSts", take=reading.take)
    except XmlRefused as refused:
        return Answer("pain.002", sha256, "", (), (), (), (refused.fault,), is_whole=False)
    if not NAMESPACES.fullmatch(document.namespace) or document.root.at(_REPORT) is None:
        fault = node_fault(document.root, "pain.002", "ไม่ใช่รายงานสถานะ pain.002", "it is not a pain.002.")
        return Answer("pain.002", sha256, "", (), (), (), (fault,), is_whole=False)
    whole = tuple(reading.whole_answers(document.root))
    if not (reading.lines or reading.faults or whole):
        reading.faults.append(
            node_fault(document.root, "TxSts", "รายงานไม่กล่าวถึงรายการใดเลย", "it speaks of no payment at all.")
        )
    message_id = document.root.said(f"{_REPORT}/OrgnlGrpInfAndSts/OrgnlMsgId")
    return Answer("pain.002", sha256, message_id, tuple(reading.lines), whole, (), tuple(reading.faults), is_whole=True)


@dataclass
class _Reading:
    lines: list[AnsweredLine] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, node: Node) -> None:
        """One transaction's status."""
        if len(self.faults) >= MOST_FAULTS:
            return
        before = len(self.faults)
        line = self._line(node)
        if line is not None and len(self.faults) == before:
            self.lines.append(line)

    def _line(self, node: Node) -> AnsweredLine | None:
        reference = node.at("OrgnlEndToEndId") or node
        said = reference.text.strip() if reference is not node else ""
        if not REFERENCE.fullmatch(said):
            self._fault(reference, "1-35 ASCII", "เลขอ้างอิงอ่านไม่ได้", "has no readable reference.", "OrgnlEndToEndId")
            return None
        if said in self.seen:
            th, en = f"เลขอ้างอิงซ้ำกับบรรทัดที่ {self.seen[said]}", f"repeats the reference of line {self.seen[said]}."
            self._fault(reference, "once", th, en)
            return None
        self.seen[said] = node.line
        status = node.said("TxSts")
        outcome = outcome_of(status)
        if outcome is None:
            self._fault(
                node.at("TxSts") or node, "TxSts", f"ไม่รู้จักสถานะ {status}", f"unknown status “{status}”.", "TxSts"
            )
            return None
        reason = reason_in(node)
        if outcome == "returned" and reason is None:
            self._fault(
                node.at("TxSts") or node, "Rsn", "ปฏิเสธโดยไม่มีเหตุผล", "is rejected without a reason.", "StsRsnInf"
            )
            return None
        return AnsweredLine(
            line=node.line,
            column=node.column,
            reference=said,
            amount_satang=self._amount(node),
            outcome=outcome,
            status=status,
            reason=reason,
            settled_on=self._settled_on(node) if outcome == "paid" else None,
            bank_reference=(node.said("AcctSvcrRef") or node.said("StsId"))[:60],
            account=node.said("OrgnlTxRef/CdtrAcct/Id/Othr/Id").replace("NOTPROVIDED", ""),
            national_id=node.said("OrgnlTxRef/CdtrAcct/Prxy/Id"),
        )

    def _amount(self, node: Node) -> int | None:
        stated = node.at("OrgnlTxRef/Amt/InstdAmt")
        if stated is None:
            return None
        found = satang_of(stated)
        if isinstance(found, FileFault):
            self.faults.append(found)
            return None
        return found

    def _settled_on(self, node: Node) -> date | None:
        """The day the bank accepted or settled it, whichever it names."""
        for path in ("FctvIntrBkSttlmDt/Dt", "FctvIntrBkSttlmDt", "OrgnlTxRef/IntrBkSttlmDt", "AccptncDtTm"):
            stated = node.at(path)
            if stated is None or not stated.text.strip():
                continue
            said = stated.text.strip()
            found = read_moment(said) if "T" in said else read_day(said)
            if isinstance(found, NotADay):
                self._fault(stated, "YYYY-MM-DD", found.th, found.en)
                return None
            return date(found.year, found.month, found.day)
        return None

    def whole_answers(self, root: Node) -> Iterator[WholeAnswer]:
        """What is said of the message and of its parts, when it is said of them as a whole."""
        group = root.at(f"{_REPORT}/OrgnlGrpInfAndSts")
        message_id = group.said("OrgnlMsgId") if group is not None else ""
        if group is not None and group.at("GrpSts") is not None:
            yield from self._whole(group, "GrpSts", message_id, "")
        for part in root.every(f"{_REPORT}/OrgnlPmtInfAndSts"):
            if part.at("PmtInfSts") is not None:
                yield from self._whole(part, "PmtInfSts", message_id, part.said("OrgnlPmtInfId"))

    def _whole(self, node: Node, tag: str, message_id: str, part_id: str) -> Iterator[WholeAnswer]:
        status = node.said(tag)
        if status == "PART":
            return  # its transfers are listed one by one
        outcome = outcome_of(status)
        if outcome is None:
            self._fault(node.at(tag) or node, tag, f"ไม่รู้จักสถานะ {status}", f"unknown status “{status}”.")
        else:
            yield WholeAnswer(message_id, part_id, outcome, status, reason_in(node))

    def _fault(self, node: Node, expected: str, th: str, en: str, name: str = "") -> None:
        self.faults.append(node_fault(node, expected, th, en, name=name))


def reason_in(node: Node) -> Reason | None:
    """The first reason given, with the bank's own words."""
    for info in node.every("StsRsnInf"):
        code = info.said("Rsn/Cd") or info.said("Rsn/Prtry")
        words = " ".join(one.text.strip() for one in info.every("AddtlInf"))[:200]
        return reason_of(code, words)
    return None
