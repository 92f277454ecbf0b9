"""What does the account statement (camt.053) say: which payments left, which came back, and do its balances add up?

Money that left with our reference was paid by the bank; money that came back with our reference and a reason was
returned. A statement whose opening balance, movements and closing balance do not add up is not believed at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from phueng.gateways.answers import Answer, AnsweredLine, Statement, StatementEntry
from phueng.gateways.days import NotADay, read_day, read_moment
from phueng.gateways.faults import MOST_FAULTS, FileFault
from phueng.gateways.iso20022.amounts import satang_of
from phueng.gateways.iso20022.codes import reason_of
from phueng.gateways.iso20022.safe_xml import Node, XmlRefused, node_fault, read_xml

NAMESPACES = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:0[2-9]|1[0-9])")
_STATEMENT = "BkToCstmrStmt/Stmt"
_NO_REFERENCE = ("", "NOTPROVIDED")


def read_statement(content: bytes) -> Answer:
    """Never raises; a file that is no statement, or does not add up, has no lines and at least one fault."""
    sha256 = hashlib.sha256(content).hexdigest()
    reading = _Reading()
    try:
        document = read_xml(content, records="Ntry", take=reading.take)
    except XmlRefused as refused:
        return Answer("camt.053", sha256, "", (), (), (), (refused.fault,), is_whole=False)
    root = document.root
    if not NAMESPACES.fullmatch(document.namespace) or root.at(_STATEMENT) is None:
        fault = node_fault(root, "camt.053", "ไม่ใช่รายการเดินบัญชี camt.053", "it is not a camt.053.")
        return Answer("camt.053", sha256, "", (), (), (), (fault,), is_whole=False)
    statements = reading.statements(root)
    faults, message_id = tuple(reading.faults), root.said("BkToCstmrStmt/GrpHdr/MsgId")
    if faults:
        return Answer("camt.053", sha256, message_id, (), (), (), faults, is_whole=False)
    return Answer("camt.053", sha256, message_id, tuple(reading.lines), (), statements, (), is_whole=True)


@dataclass
class _Reading:
    lines: list[AnsweredLine] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)
    entries: list[StatementEntry] = field(default_factory=list)
    seen: dict[tuple[str, bool], int] = field(default_factory=dict)

    def take(self, node: Node) -> None:
        """One entry, with the transactions in it."""
        if len(self.faults) >= MOST_FAULTS:
            return
        amount = self._amount(node)
        if amount is None:
            return
        booked_on, valued_on = self._day(node, "BookgDt"), self._day(node, "ValDt")
        status = node.said("Sts/Cd") or node.said("Sts")
        if status not in ("BOOK", "PDNG", "INFO"):
            self._fault(node.at("Sts") or node, "BOOK", f"ไม่รู้จักสถานะ {status}", f"unknown status “{status}”.", "Sts")
        references = []
        details = list(node.every("NtryDtls/TxDtls"))
        for one in details:
            reference = one.said("Refs/EndToEndId")
            if reference not in _NO_REFERENCE:
                references.append(reference)
                if status != "INFO":
                    self._line(node, one, reference, is_booked=status == "BOOK", settled_on=booked_on or valued_on)
        self._compare_details(node, details, amount)
        if status == "INFO":
            return  # said for information: no money moved
        self.entries.append(
            StatementEntry(
                line=node.line,
                column=node.column,
                amount_satang=amount,
                booked_on=booked_on,
                valued_on=valued_on,
                is_booked=status == "BOOK",
                bank_reference=node.said("AcctSvcrRef")[:60],
                batch_id=node.said("NtryDtls/Btch/PmtInfId") or next((d.said("Refs/PmtInfId") for d in details), ""),
                references=tuple(references),
                text=node.said("AddtlNtryInf")[:200],
            )
        )

    def _line(self, entry: Node, one: Node, reference: str, *, is_booked: bool, settled_on: date | None) -> None:
        amount = self._amount(one, entry)
        if amount is None:
            return
        before = self.seen.get((reference, amount < 0))
        self.seen.setdefault((reference, amount < 0), one.line)
        if before is not None:
            self._fault(
                one.at("Refs/EndToEndId") or one,
                "once",
                f"เลขอ้างอิงซ้ำกับบรรทัดที่ {before}",
                f"repeats the reference of line {before}.",
            )
            return
        # Money that comes in under our own reference is a payment that came back, whatever the bank calls it.
        is_return = amount > 0
        words = one.said("RtrInf/AddtlInf") or one.said("AddtlTxInf")
        code = one.said("RtrInf/Rsn/Cd") or one.said("RtrInf/Rsn/Prtry")
        reason = reason_of(code, words[:200]) or reason_of("NARR", "ธนาคารไม่ได้บอกเหตุผล · no reason given")
        self.lines.append(
            AnsweredLine(
                line=one.line,
                column=one.column,
                reference=reference,
                amount_satang=abs(amount),
                outcome=("returned" if is_return else "paid") if is_booked else "pending",
                status="BOOK" if is_booked else "PDNG",
                reason=reason if is_return else None,
                settled_on=settled_on if is_booked else None,
                bank_reference=(one.said("Refs/AcctSvcrRef") or entry.said("AcctSvcrRef"))[:60],
                account=one.said("RltdPties/CdtrAcct/Id/Othr/Id").replace("NOTPROVIDED", ""),
            )
        )

    def _amount(self, node: Node, entry: Node | None = None) -> int | None:
        """Satang, negative when money leaves. A transaction without its own amount is the entry's only one."""
        stated = node.at("Amt") or node.at("AmtDtls/TxAmt/Amt") or (entry.at("Amt") if entry is not None else None)
        direction = node.said("CdtDbtInd") or (entry.said("CdtDbtInd") if entry is not None else "")
        if stated is None or direction not in ("CRDT", "DBIT"):
            self._fault(node, "Amt, CdtDbtInd", "ไม่มีจำนวนเงินหรือทิศทาง", "has no amount or no direction.", "Amt")
            return None
        found = satang_of(stated)
        if isinstance(found, FileFault):
            self.faults.append(found)
            return None
        return found if direction == "CRDT" else -found

    def _compare_details(self, entry: Node, details: list[Node], amount: int) -> None:
        """Where every transaction names its amount, they make the entry."""
        if len(details) < 2 or len(self.faults) >= MOST_FAULTS:
            return
        parts = [self._amount(one, entry) for one in details if one.at("Amt") or one.at("AmtDtls/TxAmt/Amt")]
        if len(parts) != len(details):
            self._fault(entry, "Amt", "รายการย่อยบางรายการไม่มีจำนวนเงิน", "a transaction in it has no amount.", "TxDtls")
        elif None not in parts and sum(one for one in parts if one is not None) != amount:
            self._fault(
                entry.at("Amt") or entry, "", "รายการย่อยรวมไม่เท่ายอดของรายการ", "its transactions do not add up to it."
            )

    def statements(self, root: Node) -> tuple[Statement, ...]:
        """The one statement; entries were read before its end was seen, so several could not be told apart."""
        nodes = list(root.every(_STATEMENT))
        if len(nodes) > 1:
            self._fault(nodes[1], "1", "มีหลายบัญชีในแฟ้มเดียว", "holds several statements; import them one by one.", "Stmt")
            return ()
        node = nodes[0]
        opening, closing = self._balance(node, ("OPBD", "PRCD")), self._balance(node, ("CLBD",))
        account = node.said("Acct/Id/Othr/Id") or node.said("Acct/Id/IBAN")
        if opening is None or closing is None or not account:
            if not self.faults:
                self._fault(node, "OPBD, CLBD, Acct", "ไม่มีเลขบัญชีหรือยอดยกมายกไป", "lacks account or balances.", "Bal")
            return ()
        moved = sum(one.amount_satang for one in self.entries if one.is_booked)
        if not self.faults and opening[0] + moved != closing[0]:
            self._fault(
                node,
                str(opening[0] + moved),
                f"ยอดยกมา {opening[0]} กับรายการ {moved} สตางค์ ไม่เท่ายอดยกไป {closing[0]} แฟ้มอาจขาดหรือถูกแก้",
                f"opening {opening[0]} and movements {moved} (satang) do not make closing {closing[0]};"
                " the file may be incomplete or edited.",
                "Bal",
            )
        return (
            Statement(account, node.said("Id"), opening[1], closing[1], opening[0], closing[0], tuple(self.entries)),
        )

    def _balance(self, statement: Node, codes: tuple[str, ...]) -> tuple[int, date] | None:
        for one in statement.every("Bal"):
            if one.said("Tp/CdOrPrtry/Cd") in codes:
                amount, on = self._amount(one), self._day(one, "Dt")
                return (amount, on) if amount is not None and on is not None else None
        return None

    def _day(self, node: Node, tag: str) -> date | None:
        stated = next(_days(node, tag), None)
        if stated is None:
            return None
        said = stated.text.strip()
        found = read_moment(said) if "T" in said else read_day(said)
        if isinstance(found, NotADay):
            self._fault(stated, "YYYY-MM-DD", found.th, found.en)
            return None
        return date(found.year, found.month, found.day)

    def _fault(self, node: Node, expected: str, th: str, en: str, name: str = "") -> None:
        self.faults.append(node_fault(node, expected, th, en, name=name))


def _days(node: Node, tag: str) -> Iterator[Node]:
    for path in (f"{tag}/Dt", f"{tag}/DtTm"):
        found = node.at(path)
        if found is not None and found.text.strip():
            yield found
