"""How would a bank write its status report (pain.002) and its statement (camt.053)? For the stand-in, the demo and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from phueng.gateways.iso20022.writer import DECLARATION, baht, escape, moment

STATUS_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.12"
STATEMENT_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True, slots=True)
class StatedLine:
    """What the bank will say about one transfer; `status` ACSC, PDNG or RJCT with a reason code."""

    reference: str
    account: str
    national_id: str
    amount_satang: int
    status: str
    reason_code: str
    settled_on: date
    bank_reference: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Money on an account: out is negative. A return names its reason."""

    reference: str
    amount_satang: int
    on: date
    reason_code: str = ""
    bank_reference: str = "BK"


def write_status(message_id: str, part_id: str, lines: Iterable[StatedLine], *, at: datetime) -> bytes:
    """A status report that speaks of every transfer, one a line."""
    head = (
        f'<Document xmlns="{STATUS_NAMESPACE}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>STS-{message_id[:30]}</MsgId><CreDtTm>{moment(at)}</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
        f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{part_id}</OrgnlPmtInfId>\n"
    )
    body = "".join(f"{_status(one)}\n" for one in lines)
    return DECLARATION + f"{head}{body}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>\n".encode()


def write_statement(
    account: str, movements: Iterable[Movement], *, reference: str, on: date, opening_satang: int, at: datetime
) -> bytes:
    """A day's statement with one entry a movement; the closing balance is made from them."""
    moved = list(movements)
    closing = opening_satang + sum(one.amount_satang for one in moved)
    head = (
        f'<Document xmlns="{STATEMENT_NAMESPACE}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{reference}</MsgId><CreDtTm>{moment(at)}</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{reference}</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>THB</Ccy></Acct>\n"
        f"{_balance('OPBD', opening_satang, on)}{_balance('CLBD', closing, on)}\n"
    )
    body = "".join(f"{_entry(one)}\n" for one in moved)
    return DECLARATION + f"{head}{body}</Stmt></BkToCstmrStmt></Document>\n".encode()


def _status(one: StatedLine) -> str:
    why = f"<StsRsnInf><Rsn><Cd>{one.reason_code}</Cd></Rsn></StsRsnInf>" if one.reason_code else ""
    proxy = f"<Prxy><Id>{one.national_id}</Id></Prxy>" if one.national_id else ""
    settled = f"<AccptncDtTm>{one.settled_on.isoformat()}T09:00:00+07:00</AccptncDtTm>" if one.status == "ACSC" else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{one.reference}</OrgnlEndToEndId><TxSts>{one.status}</TxSts>{why}{settled}"
        f"<AcctSvcrRef>{escape(one.bank_reference)}</AcctSvcrRef>"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="THB">{baht(one.amount_satang)}</InstdAmt></Amt>'
        f"<CdtrAcct><Id><Othr><Id>{one.account or 'NOTPROVIDED'}</Id></Othr></Id>{proxy}</CdtrAcct></OrgnlTxRef></TxInfAndSts>"
    )


def _balance(code: str, satang: int, on: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(satang)}<Dt><Dt>{on.isoformat()}</Dt></Dt></Bal>"
    )


def _entry(one: Movement) -> str:
    day = one.on.isoformat()
    why = f"<RtrInf><Rsn><Cd>{one.reason_code}</Cd></Rsn></RtrInf>" if one.reason_code else ""
    return (
        f"<Ntry>{_amount(one.amount_satang)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>{escape(one.bank_reference)}</AcctSvcrRef><BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{one.reference or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"{_amount(one.amount_satang)}{why}</TxDtls></NtryDtls></Ntry>"
    )


def _amount(satang: int) -> str:
    direction = "DBIT" if satang < 0 else "CRDT"
    return f'<Amt Ccy="THB">{baht(abs(satang))}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
