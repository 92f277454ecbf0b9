"""What would a patient clerk write, element by element, for the same order?

Slow and plain on purpose: the quick writer must give these very bytes. It shares nothing with it but the questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta, timezone
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405  # for writing only

from phueng.gateways.iso20022.contract import FileRefused, MessageChoices, MessageHead, TransferRow
from phueng.gateways.iso20022.refusals import refusals_of_head, refusals_of_rows
from phueng.kernel.bank_accounts import banks
from phueng.kernel.thai_text import truncate_graphemes

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_BANGKOK = timezone(timedelta(hours=7))


def write_reference(head: MessageHead, rows: Iterable[TransferRow]) -> bytes:
    """The whole order at once. Raises `FileRefused`."""
    batch = list(rows)
    refusals = (*refusals_of_head(head, len(batch)), *refusals_of_rows(batch))
    if refusals:
        raise FileRefused(refusals)
    document = Element("Document", xmlns=_NAMESPACE)
    order = _put(document, "CstmrCdtTrfInitn")
    total = sum((Decimal(row[5]) / 100 for row in batch), Decimal())
    group = _group(order, head, len(batch), total)
    group.tail = "\n"
    part = _part(order, head, len(batch), total)
    part[-1].tail = "\n"
    for row in batch:
        _transfer(part, head.choices, row).tail = "\n"
    written: bytes = tostring(document, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _put(parent: Element, path: str, text: str | None = None) -> Element:
    """Elements below each other; the last one gets the text."""
    for tag in path.split("/"):
        parent = SubElement(parent, tag)
    parent.text = text
    return parent


def _group(order: Element, head: MessageHead, count: int, total: Decimal) -> Element:
    group = _put(order, "GrpHdr")
    _put(group, "MsgId", head.message_id)
    _put(group, "CreDtTm", head.created_at.astimezone(_BANGKOK).isoformat(timespec="seconds"))
    _put(group, "NbOfTxs", str(count))
    _put(group, "CtrlSum", f"{total:.2f}")
    party = _put(group, "InitgPty")
    _put(party, "Nm", _cut(head.initiator_name))
    if head.initiator_id:
        _put(party, "Id/OrgId/Othr/Id", head.initiator_id)
    return group


def _part(order: Element, head: MessageHead, count: int, total: Decimal) -> Element:
    part, chosen = _put(order, "PmtInf"), head.choices
    _put(part, "PmtInfId", head.part_id)
    _put(part, "PmtMtd", "TRF")
    _put(part, "BtchBookg", str(chosen.batch_booking).lower())
    _put(part, "NbOfTxs", str(count))
    _put(part, "CtrlSum", f"{total:.2f}")
    if chosen.service_level or chosen.local_instrument or chosen.category_purpose:
        kind = _put(part, "PmtTpInf")
        for path, said in (
            ("SvcLvl/Cd", chosen.service_level),
            ("LclInstrm/Prtry", chosen.local_instrument),
            ("CtgyPurp/Cd", chosen.category_purpose),
        ):
            if said:
                _put(kind, path, said)
    _put(part, "ReqdExctnDt/Dt", head.execute_on.strftime("%Y-%m-%d"))
    _put(part, "Dbtr/Nm", _cut(head.debtor_name))
    account = _put(part, "DbtrAcct")
    _put(account, "Id/Othr/Id", head.debtor_account)
    _put(account, "Ccy", "THB")
    _agent(part, "DbtrAgt", chosen, head.debtor_bank)
    if chosen.charge_bearer:
        _put(part, "ChrgBr", chosen.charge_bearer)
    return part


def _transfer(part: Element, chosen: MessageChoices, row: TransferRow) -> Element:
    reference, bank_code, account, national_id, name, satang = row
    transfer = _put(part, "CdtTrfTxInf")
    _put(transfer, "PmtId/EndToEndId", reference)
    _put(transfer, "Amt/InstdAmt", f"{Decimal(satang) / 100:.2f}").set("Ccy", "THB")
    if bank_code:
        _agent(transfer, "CdtrAgt", chosen, bank_code)
    _put(transfer, "Cdtr/Nm", _cut(name))
    target = _put(transfer, "CdtrAcct")
    _put(target, "Id/Othr/Id", account or "NOTPROVIDED")
    if national_id:
        proxy = _put(target, "Prxy")
        _put(proxy, "Tp/Cd" if chosen.proxy_type_is == "code" else "Tp/Prtry", chosen.proxy_type)
        _put(proxy, "Id", national_id)
    return transfer


def _agent(parent: Element, tag: str, chosen: MessageChoices, bank_code: str) -> None:
    institution = _put(parent, f"{tag}/FinInstnId")
    bic = banks()[bank_code].bic
    if chosen.bank_by == "bic" and bic is not None:
        _put(institution, "BICFI", bic)
        return
    member = _put(institution, "ClrSysMmbId")
    _put(member, "ClrSysId/Cd", chosen.clearing_system)
    _put(member, "MmbId", bank_code)


def _cut(name: str) -> str:
    return name if len(name) <= 140 else truncate_graphemes(name, 140).rstrip()
