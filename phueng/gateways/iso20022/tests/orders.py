"""Which orders do the tests of this gateway write down, and what might a bank answer?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from phueng.gateways.iso20022.contract import MessageHead, TransferRow
from phueng.gateways.iso20022.writer import write_message
from phueng.kernel.bank_accounts import open_banks
from phueng.kernel.national_id import demo_national_id

PIECES = ("น้ำ", "ใจ", "บุญ", "มี", "ผู้", "เก่ง", "ศรี", " ก", "A&B", "<ค>", "100%", '"ฤๅ"', "😀", "é")
HEAD = MessageHead(
    message_id="RUN69-0007-1",
    part_id="RUN69-0007-1-1",
    created_at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
    execute_on=date(2026, 11, 25),
    initiator_name="กรมพัฒนาสังคมและสวัสดิการ",
    initiator_id="MSO0000123",
    debtor_name="ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดขอนแก่น",
    debtor_account="9800000001",
    debtor_bank="006",
)


def head(**changed: Any) -> MessageHead:
    return replace(HEAD, **changed)


def account_row(number: int = 1, **changed: Any) -> TransferRow:
    """Three thousand baht for Boonmee at Kasikornbank, or somebody else where told."""
    return _row(
        changed,
        reference=f"FG69-{number:08d}",
        bank_code="004",
        account=f"12345678{number:02d}",
        national_id="",
        name="นางบุญมี ศรีสุข",
        amount_satang=300_000,
    )


def promptpay_row(number: int = 1, **changed: Any) -> TransferRow:
    """The same money by national ID."""
    return _row(
        changed,
        reference=f"FG69-{number:08d}",
        bank_code="",
        account="",
        national_id=demo_national_id(number),
        name="นายสมชาย ใจดี",
        amount_satang=300_000,
    )


def _row(changed: dict[str, Any], **usual: Any) -> TransferRow:
    one = usual | changed
    return (
        one["reference"],
        one["bank_code"],
        one["account"],
        one["national_id"],
        one["name"],
        one["amount_satang"],
    )


def chance_rows(chance: random.Random, count: int, *, plain: bool = False) -> list[TransferRow]:
    """Rows nobody would think of; `plain` keeps to names that fit every encoding."""
    codes = [bank.code for bank in open_banks()]
    pieces = PIECES[:7] if plain else PIECES
    rows = []
    for number in range(1, count + 1):
        name = "".join(chance.choices(pieces, k=chance.randint(1, 50))).strip()
        amount = chance.randrange(1, 10 ** chance.randint(1, 13))
        reference = f"R{number:06d}/{chance.randrange(10**9)}"
        if chance.random() < 0.3:
            rows.append(promptpay_row(number, reference=reference, name=name, amount_satang=amount))
        else:
            account = str(chance.randrange(10**9, 10**10))
            code = chance.choice(codes)
            rows.append(
                account_row(
                    number, reference=reference, bank_code=code, account=account, name=name, amount_satang=amount
                )
            )
    return rows


def written(rows: list[TransferRow], order: MessageHead = HEAD, batch: int = 700) -> bytes:
    batches = (rows[at : at + batch] for at in range(0, len(rows), batch))
    return b"".join(write_message(order, batches, count=len(rows), total_satang=sum(row[5] for row in rows)))


def status_report(*transactions: str, group: str = "", parts: str = "", version: str = "12") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}">\n'
        "<CstmrPmtStsRpt><GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-25T10:00:00+07:00</CreDtTm></GrpHdr>\n"
        "<OrgnlGrpInfAndSts><OrgnlMsgId>RUN69-0007-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
        f"{group}</OrgnlGrpInfAndSts>\n"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>RUN69-0007-1-1</OrgnlPmtInfId>{parts}\n"
        + "\n".join(transactions)
        + "\n</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>\n"
    ).encode()


def transaction(
    reference: str, status: str, *, reason: str = "", words: str = "", amount: str = "3000.00", on: str = "2026-11-25"
) -> str:
    said = f"<AddtlInf>{words}</AddtlInf>" if words else ""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn>{said}</StsRsnInf>" if reason else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}"
        f"<AccptncDtTm>{on}T10:00:00+07:00</AccptncDtTm><AcctSvcrRef>BK-{reference}</AcctSvcrRef>"
        f'<OrgnlTxRef><Amt><InstdAmt Ccy="THB">{amount}</InstdAmt></Amt>'
        "<CdtrAcct><Id><Othr><Id>1234567801</Id></Othr></Id></CdtrAcct></OrgnlTxRef></TxInfAndSts>"
    )


def bank_statement(*entries: str, opening: str = "10000.00", closing: str = "7000.00", version: str = "08") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">\n'
        "<BkToCstmrStmt><GrpHdr><MsgId>ST-1</MsgId><CreDtTm>2026-11-26T06:00:00+07:00</CreDtTm></GrpHdr>\n"
        "<Stmt><Id>ST-1-1</Id><Acct><Id><Othr><Id>9800000001</Id></Othr></Id><Ccy>THB</Ccy></Acct>\n"
        f"{balance('OPBD', opening)}{balance('CLBD', closing)}\n"
        + "\n".join(entries)
        + "\n</Stmt></BkToCstmrStmt></Document>\n"
    ).encode()


def balance(code: str, amount: str, on: str = "2026-11-25") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="THB">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>'
    )


def entry(
    direction: str, amount: str, *details: str, status: str = "<Cd>BOOK</Cd>", on: str = "2026-11-25", batch: str = ""
) -> str:
    btch = f"<Btch><PmtInfId>{batch}</PmtInfId></Btch>" if batch else ""
    inside = f"<NtryDtls>{btch}{''.join(details)}</NtryDtls>" if details or batch else ""
    return (
        f'<Ntry><Amt Ccy="THB">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt><AcctSvcrRef>BK-E</AcctSvcrRef>"
        f"<BkTxCd><Prtry><Cd>TRF</Cd></Prtry></BkTxCd>{inside}</Ntry>"
    )


def detail(reference: str, amount: str, direction: str, *, reason: str = "") -> str:
    why = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>"
        f'<Amt Ccy="THB">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{why}</TxDtls>'
    )
