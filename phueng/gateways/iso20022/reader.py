"""Is this file exactly the order that our writer would write, and if not, where does it deviate?

Three looks: the elements and their values, the questions every writer asks, and the bytes. What was understood is
written once more; any difference left is a deviation nobody thought of. The official schema is held against it as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from phueng.gateways.days import NotADay, read_day, read_moment
from phueng.gateways.faults import MOST_FAULTS, FileFault, FileUnreadable, whole_file_fault
from phueng.gateways.iso20022.contract import MessageChoices, MessageHead, TransferRow
from phueng.gateways.iso20022.deviations import (
    AGENT,
    GROUP,
    HEAD_PATHS,
    MEMBER,
    PART,
    ROW_PATHS,
    difference,
    refused_rows,
    shape_faults,
)
from phueng.gateways.iso20022.refusals import refusals_of_head
from phueng.gateways.iso20022.safe_xml import Node, XmlRefused, node_fault, read_xml
from phueng.gateways.iso20022.schema import schema_faults
from phueng.gateways.iso20022.writer import CLOSING, NAMESPACE, NO_ACCOUNT, baht, render_opening, render_transfers
from phueng.kernel.bank_accounts import banks

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ParsedTransfer:
    """One transfer as a bank would understand it, and the line of the file it begins on."""

    line: int
    reference: str
    bank_code: str
    account: str = field(repr=False)
    national_id: str = field(repr=False)
    name: str = field(repr=False)
    amount_satang: int

    @property
    def row(self) -> TransferRow:
        return self.reference, self.bank_code, self.account, self.national_id, self.name, self.amount_satang


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """An order without a single deviation."""

    head: MessageHead
    count: int
    total_satang: int
    transfers: tuple[ParsedTransfer, ...]
    sha256: str


def read_message(content: bytes) -> ParsedMessage:
    """The order in the file. Raises `FileUnreadable` with every deviation found."""
    reading = _Reading(content)
    faults = reading.faults_in_all()
    if faults or reading.head is None:
        raise FileUnreadable(faults)
    total = sum(one.amount_satang for one in reading.transfers)
    sha256 = hashlib.sha256(content).hexdigest()
    return ParsedMessage(reading.head, len(reading.transfers), total, tuple(reading.transfers), sha256)


def inspect_message(content: bytes) -> tuple[FileFault, ...]:
    """Every deviation (at most 200); empty when the file is flawless."""
    return _Reading(content).faults_in_all()


class _Reading:
    """One file on its way through the three looks."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.faults: list[FileFault] = []
        self.transfers: list[ParsedTransfer] = []
        self.head: MessageHead | None = None
        self._batch: list[tuple[Node, TransferRow]] = []
        self._lines: dict[str, int] = {}
        self._proxy: tuple[str, str] | None = None

    def faults_in_all(self) -> tuple[FileFault, ...]:
        try:
            document = read_xml(self.content, records="CdtTrfTxInf", take=self._take)
        except XmlRefused as refused:
            return (refused.fault,)
        self._settle_batch()
        if document.namespace != NAMESPACE:
            return (
                node_fault(
                    document.root,
                    NAMESPACE,
                    "ไม่ใช่คำสั่งจ่าย pain.001.001.09",
                    f"it is not a pain.001.001.09 but “{document.namespace[:80]}”.",
                ),
            )
        self._read_head(document.root)
        if len(self.faults) < MOST_FAULTS:
            self.faults += schema_faults(self.content)
        if not self.faults:
            self._compare_bytes()
        return tuple(self.faults[:MOST_FAULTS])

    def _take(self, node: Node) -> None:
        if len(self.faults) >= MOST_FAULTS:
            return
        leaves = dict(node.leaves())
        wrong = list(shape_faults(node, leaves))
        row = None if wrong else self._row(node, leaves)
        self.faults += wrong
        if row is None:
            return
        before = self._lines.get(row[0])
        if before is None:
            self._lines[row[0]] = node.line
        else:
            self.faults.append(
                node_fault(
                    leaves["PmtId/EndToEndId"],
                    "once",
                    f"เลขอ้างอิงซ้ำกับบรรทัดที่ {before}",
                    f"the same reference as in line {before}.",
                )
            )
        self._batch.append((node, row))
        if len(self._batch) >= BATCH:
            self._settle_batch()

    def _row(self, node: Node, leaves: dict[str, Node]) -> TransferRow | None:
        amount = self._amount(leaves["Amt/InstdAmt"])
        bank = self._bank(node.at("CdtrAgt"), leaves, "CdtrAgt")
        if amount is None or bank is None:
            return None
        account = leaves["CdtrAcct/Id/Othr/Id"]
        number = leaves["CdtrAcct/Prxy/Id"].text if "CdtrAcct/Prxy/Id" in leaves else ""
        if number:
            self._note_proxy(leaves)
            if account.text != NO_ACCOUNT:
                self.faults.append(
                    node_fault(account, NO_ACCOUNT, "พร้อมเพย์ไม่ใช้เลขบัญชี", "PromptPay takes no account number.")
                )
                return None
        said = "" if number else account.text
        return leaves["PmtId/EndToEndId"].text, bank, said, number, leaves["Cdtr/Nm"].text, amount

    def _amount(self, node: Node) -> int | None:
        whole, point, part = node.text.partition(".")
        digits = whole + part
        if node.attributes != {"Ccy": "THB"}:
            self.faults.append(node_fault(node, "THB", "สกุลเงินต้องเป็นบาท", "the currency must be THB.", name="Ccy"))
        elif not (
            digits.isascii() and digits.isdigit() and point and len(part) == 2 and whole == str(int(whole or "0"))
        ):
            self.faults.append(
                node_fault(
                    node,
                    "0.00",
                    "จำนวนเงินต้องเป็นเลขอารบิกทศนิยม 2 ตำแหน่ง",
                    "an amount has digits 0-9 and exactly two decimals.",
                )
            )
        else:
            return int(digits)
        return None

    def _bank(self, agent: Node | None, leaves: dict[str, Node], above: str) -> str | None:
        """The bank's three digits; "" when no bank is named; None after a fault."""
        if agent is None:
            return ""
        bic = leaves.get(f"{above}/{AGENT}/BICFI")
        if bic is None:
            return leaves[f"{above}/{MEMBER}/MmbId"].text if f"{above}/{MEMBER}/MmbId" in leaves else ""
        code = next((one.code for one in banks().values() if one.bic == bic.text), None)
        if code is None:
            self.faults.append(node_fault(bic, "BIC", "ไม่รู้จักรหัส BIC นี้", "this BIC is not known."))
        return code

    def _note_proxy(self, leaves: dict[str, Node]) -> None:
        for tag, word in (("Cd", "code"), ("Prtry", "proprietary")):
            node = leaves.get(f"CdtrAcct/Prxy/Tp/{tag}")
            if node is not None:
                self._proxy = self._proxy or (word, node.text)

    def _settle_batch(self) -> None:
        """Ask the writer's questions of what was understood."""
        rows = [row for _, row in self._batch]
        for refusal, (node, _) in refused_rows(rows, self._batch):
            target = node.at(ROW_PATHS.get(refusal[0], "")) if refusal[0] in ROW_PATHS else None
            self.faults.append(node_fault(target or node, "", *refusal[1:]))
        self.transfers += [ParsedTransfer(node.line, *row) for node, row in self._batch]
        self._batch = []

    def _read_head(self, root: Node) -> None:
        parts = list(root.every(PART))
        if len(parts) != 1:
            at = parts[1] if len(parts) > 1 else root
            self.faults.append(
                node_fault(at, "1", "ต้องมีส่วนคำสั่งเดียว", f"there must be one part, not {len(parts)}.", name="PmtInf")
            )
            return
        for path in HEAD_PATHS.values():
            if root.at(path) is None:
                self.faults.append(node_fault(root, path, "ไม่มีช่องนี้", f"{path} is missing.", name=path))
        created = self._time(root, "created_at", read_moment)
        execute_on = self._time(root, "execute_on", read_day)
        if not self.faults:
            self._compare_totals(root)  # a transfer that could not be read would make them differ anyway
        if self.faults or not isinstance(created, datetime) or execute_on is None:
            return
        head = self._head(root, created, execute_on)
        if head is None:
            return
        for refusal in refusals_of_head(head, len(self.transfers)):
            node = root.at(HEAD_PATHS.get(refusal.field, "")) if refusal.field in HEAD_PATHS else None
            self.faults.append(node_fault(node or root, "", refusal.problem.th, refusal.problem.en, name=refusal.field))
        self.head = head

    def _head(self, root: Node, created: datetime, execute_on: date) -> MessageHead | None:
        leaves = dict(root.leaves())
        debtor_bank = self._bank(root.at(f"{PART}/DbtrAgt"), leaves, f"{PART}/DbtrAgt")
        if debtor_bank is None:
            return None
        word, proxy = self._proxy or ("code", "NIDN")
        is_code: Literal["code", "proprietary"] = "code" if word == "code" else "proprietary"
        # With no BIC anywhere the order names banks by their clearing codes.
        by_bic = root.at(f"{PART}/DbtrAgt/{AGENT}/BICFI") is not None or b"<BICFI>" in self.content
        choices = MessageChoices(
            bank_by="bic" if by_bic else "clearing",
            clearing_system=root.said(f"{PART}/DbtrAgt/{MEMBER}/ClrSysId/Cd") or self._clearing_system(),
            proxy_type=proxy,
            proxy_type_is=is_code,
            service_level=root.said(f"{PART}/PmtTpInf/SvcLvl/Cd"),
            local_instrument=root.said(f"{PART}/PmtTpInf/LclInstrm/Prtry"),
            category_purpose=root.said(f"{PART}/PmtTpInf/CtgyPurp/Cd"),
            charge_bearer=root.said(f"{PART}/ChrgBr"),
            batch_booking=root.said(f"{PART}/BtchBookg") == "true",
        )
        return MessageHead(
            message_id=root.said(HEAD_PATHS["message_id"]),
            part_id=root.said(HEAD_PATHS["part_id"]),
            created_at=created,
            execute_on=execute_on,
            initiator_name=root.said(HEAD_PATHS["initiator_name"]),
            initiator_id=root.said(f"{GROUP}/InitgPty/Id/OrgId/Othr/Id"),
            debtor_name=root.said(HEAD_PATHS["debtor_name"]),
            debtor_account=root.said(HEAD_PATHS["debtor_account"]),
            debtor_bank=debtor_bank,
            choices=choices,
        )

    def _clearing_system(self) -> str:
        """As the first transfer that names one says."""
        _, mark, rest = self.content.partition(b"<ClrSysId><Cd>")
        return rest[:5].decode("ascii", "replace") if mark else "THCBC"

    def _time(self, root: Node, name: str, read: object) -> date | datetime | None:
        node = root.at(HEAD_PATHS[name])
        if node is None:
            return None
        found = read_moment(node.text) if read is read_moment else read_day(node.text)
        if isinstance(found, NotADay):
            self.faults.append(node_fault(node, "YYYY-MM-DD", found.th, found.en))
            return None
        if isinstance(found, datetime) and found.tzinfo is None:
            self.faults.append(node_fault(node, "+07:00", "เวลาไม่มีเขตเวลา", "the time has no time zone."))
            return None
        return found

    def _compare_totals(self, root: Node) -> None:
        count, total = len(self.transfers), baht(sum(one.amount_satang for one in self.transfers))
        for above in (GROUP, PART):
            for tag, expected in (("NbOfTxs", str(count)), ("CtrlSum", total)):
                node = root.at(f"{above}/{tag}")
                if node is None or node.text != expected:
                    found = node.text if node is not None else ""
                    self.faults.append(
                        node_fault(
                            node or root,
                            expected,
                            f"พบ {found or 'ไม่มี'} แต่รายการในแฟ้มรวมได้ {expected}",
                            f"found {found or 'nothing'}, but the transfers make {expected}.",
                            name=f"{above.rpartition('/')[2]}/{tag}",
                        )
                    )

    def _compare_bytes(self) -> None:
        if self.head is None:
            self.faults.append(whole_file_fault("อ่านส่วนหัวไม่ได้", "The head cannot be read."))
            return
        at = 0
        for piece in self._written_again(self.head):
            if self.content[at : at + len(piece)] != piece:
                self.faults.append(difference(self.content, piece, at))
                return
            at += len(piece)
        if at != len(self.content):
            self.faults.append(difference(self.content, b"", at))

    def _written_again(self, head: MessageHead) -> Iterator[bytes]:
        yield render_opening(head, len(self.transfers), sum(one.amount_satang for one in self.transfers))
        for start in range(0, len(self.transfers), BATCH):
            yield render_transfers(head, [one.row for one in self.transfers[start : start + BATCH]]).content
        yield CLOSING
