"""How does a released part become a pain.001.001.09, batch by batch, exact to the satang?

A transfer is one line of the file, so that "line 12,345" means one payee. Questions are asked of whole columns and rows
are filled into a template; `reference.py` builds the same bytes element by element, and tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import ne

from phueng.gateways.iso20022.contract import (
    CURRENCY,
    FileRefused,
    MessageChoices,
    MessageHead,
    RenderedTransfers,
    TotalsDiffer,
    TransferRow,
    Warned,
)
from phueng.gateways.iso20022.refusals import LARGEST_SATANG, is_bank, refusals_of_head, refusals_of_rows
from phueng.kernel.bank_accounts import banks
from phueng.kernel.national_id import is_valid_national_id
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import truncate_graphemes

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
CLOSING = b"</PmtInf></CstmrCdtTrfInitn></Document>\n"
NAME_ROOM = 140
NO_ACCOUNT = "NOTPROVIDED"  # what the standard puts where an account is required and a proxy says who is meant

_TRANSFER = (
    b"<CdtTrfTxInf><PmtId><EndToEndId>%b</EndToEndId></PmtId>"
    b'<Amt><InstdAmt Ccy="THB">%b</InstdAmt></Amt>%b<Cdtr><Nm>%b</Nm></Cdtr>'
    b"<CdtrAcct>%b</CdtrAcct></CdtTrfTxInf>\n"
)
_REFERENCES = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9/._-]{0,17}\n)+", re.ASCII)


def baht(satang: int) -> str:
    """`3000.00`: two decimals, no float on the way."""
    whole, rest = divmod(satang, 100)
    return f"{whole}.{rest:02d}"


def moment(at: datetime) -> str:
    """`2026-11-22T10:00:00+07:00`, whole seconds, Bangkok."""
    return in_bangkok(at).replace(microsecond=0).isoformat()


def write_message(
    head: MessageHead, batches: Iterable[Iterable[TransferRow]], *, count: int, total_satang: int
) -> Iterator[bytes]:
    """The file in pieces. Raises `FileRefused`, or `TotalsDiffer` instead of the closing piece."""
    yield render_opening(head, count, total_satang)
    written = summed = 0
    for rows in batches:
        rendered = render_transfers(head, rows)
        written, summed = written + rendered.count, summed + rendered.total_satang
        yield rendered.content
    if (written, summed) != (count, total_satang):
        raise TotalsDiffer(f"{written} transfers of {summed} satang, promised {count} of {total_satang}")
    yield CLOSING


def render_opening(head: MessageHead, count: int, total_satang: int) -> bytes:
    """Everything before the first transfer. Raises `FileRefused`."""
    refusals = tuple(refusals_of_head(head, count))
    if refusals:
        raise FileRefused(refusals)
    totals = f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{baht(total_satang)}</CtrlSum>"
    group = (
        f"<GrpHdr><MsgId>{head.message_id}</MsgId><CreDtTm>{moment(head.created_at)}</CreDtTm>{totals}"
        f"<InitgPty><Nm>{_name(head.initiator_name)}</Nm>{_organisation(head.initiator_id)}</InitgPty></GrpHdr>"
    )
    chosen = head.choices
    part = (
        f"<PmtInf><PmtInfId>{head.part_id}</PmtInfId><PmtMtd>TRF</PmtMtd>"
        f"<BtchBookg>{'true' if chosen.batch_booking else 'false'}</BtchBookg>{totals}{_kind_of_payment(chosen)}"
        f"<ReqdExctnDt><Dt>{head.execute_on.isoformat()}</Dt></ReqdExctnDt>"
        f"<Dbtr><Nm>{_name(head.debtor_name)}</Nm></Dbtr>"
        f"<DbtrAcct><Id><Othr><Id>{head.debtor_account}</Id></Othr></Id><Ccy>{CURRENCY}</Ccy></DbtrAcct>"
        f"<DbtrAgt>{agent(chosen, head.debtor_bank)}</DbtrAgt>"
        + (f"<ChrgBr>{chosen.charge_bearer}</ChrgBr>" if chosen.charge_bearer else "")
    )
    written = f'<Document xmlns="{NAMESPACE}"><CstmrCdtTrfInitn>{group}\n{part}\n'
    return DECLARATION + written.encode()


def render_transfers(head: MessageHead, rows: Iterable[TransferRow]) -> RenderedTransfers:
    """The lines of these transfers. Raises `FileRefused` with every reason of this batch.

    References are unique within a batch; across batches the database's constraint sees to it.
    """
    batch = rows if isinstance(rows, Sequence) else list(rows)
    if not batch:
        return RenderedTransfers(b"", 0, 0, ())
    if not _is_plain(batch):
        refusals = tuple(refusals_of_rows(batch))
        if refusals:
            raise FileRefused(refusals)
    references, bank_codes, accounts, national_ids, names, amounts = zip(*batch, strict=True)
    warnings: list[Warned] = []
    if max(map(len, names)) > NAME_ROOM:
        names = tuple(fitted(name, reference, warnings) for name, reference in zip(names, references, strict=True))
    content = b"".join(
        map(
            _TRANSFER.__mod__,
            zip(
                _encoded(references),
                map(str.encode, map(baht, amounts)),
                _agents(head.choices, bank_codes),
                _encoded(names),
                _destinations(head.choices, accounts, national_ids),
                strict=True,
            ),
        )
    )
    return RenderedTransfers(content, len(batch), sum(amounts), tuple(warnings))


def agent(chosen: MessageChoices, bank_code: str) -> str:
    """The bank, as this connection names banks."""
    bic = banks()[bank_code].bic
    if chosen.bank_by == "bic" and bic:
        return f"<FinInstnId><BICFI>{bic}</BICFI></FinInstnId>"
    system = f"<ClrSysId><Cd>{chosen.clearing_system}</Cd></ClrSysId>"
    return f"<FinInstnId><ClrSysMmbId>{system}<MmbId>{bank_code}</MmbId></ClrSysMmbId></FinInstnId>"


def fitted(name: str, reference: str, warnings: list[Warned]) -> str:
    """A name as far as it fits, cut between characters; a cut is told."""
    if len(name) <= NAME_ROOM:
        return name
    shorter = truncate_graphemes(name, NAME_ROOM).rstrip()
    problem = Problem(
        "iso20022.name_shortened",
        f"ชื่อยาวเกิน {NAME_ROOM} ตัวอักษร จึงตัดเหลือ “{shorter}”",
        f"The name is longer than {NAME_ROOM} characters and was cut to “{shorter}”.",
        "ตรวจว่าธนาคารยังรู้ว่าเป็นใคร",
        "Check that the bank will still know who is meant.",
    )
    warnings.append(Warned(reference, "name", problem))
    return shorter


def _is_plain(batch: Sequence[TransferRow]) -> bool:
    """Does every row pass? False only means that rows must be asked one by one."""
    references, bank_codes, accounts, national_ids, names, amounts = zip(*batch, strict=True)
    joined = "\n".join(references) + "\n"
    paired = set(zip(map(bool, bank_codes), map(bool, accounts), map(bool, national_ids), strict=True))
    numbers = [one for one in national_ids if one]
    return (
        joined.count("\n") == len(batch)
        and _REFERENCES.fullmatch(joined) is not None
        and len(set(references)) == len(batch)
        and paired <= {(True, True, False), (False, False, True)}
        and all(is_bank(code) for code in set(bank_codes) if code)
        and _are_digits([one for one in accounts if one], 5, 20)
        and _are_digits(numbers, 13, 13)
        and all(map(is_valid_national_id, numbers))
        and set(map(type, amounts)) == {int}
        and min(amounts) >= 1
        and max(amounts) <= LARGEST_SATANG
        and all(names)
        and not any(map(ne, names, map(str.strip, names)))
        and "".join(names).isprintable()
    )


def _are_digits(column: Sequence[str], least: int, most: int) -> bool:
    if not column:
        return True
    joined, lengths = "".join(column), set(map(len, column))
    return (
        joined.isascii()
        and joined.isdigit()
        and least <= min(lengths) <= max(lengths) <= most
        and all(map(int, column))
    )


def _agents(chosen: MessageChoices, bank_codes: Sequence[str]) -> Iterator[bytes]:
    known = {code: f"<CdtrAgt>{agent(chosen, code)}</CdtrAgt>".encode() if code else b"" for code in set(bank_codes)}
    return map(known.__getitem__, bank_codes)


def _destinations(chosen: MessageChoices, accounts: Sequence[str], national_ids: Sequence[str]) -> Iterable[bytes]:
    account = b"<Id><Othr><Id>%b</Id></Othr></Id>"
    if not any(national_ids):
        return map(account.__mod__, map(str.encode, accounts))
    tag = "Cd" if chosen.proxy_type_is == "code" else "Prtry"
    proxy = account % NO_ACCOUNT.encode() + f"<Prxy><Tp><{tag}>{chosen.proxy_type}</{tag}></Tp><Id>".encode()
    return [
        proxy + number.encode() + b"</Id></Prxy>" if number else account % said.encode()
        for said, number in zip(accounts, national_ids, strict=True)
    ]


def _encoded(column: Sequence[str]) -> list[bytes]:
    """A column in UTF-8, with the three characters escaped that XML reads as its own."""
    joined = "\n".join(column)
    if "&" in joined or "<" in joined or ">" in joined:
        joined = escape(joined)
    return joined.encode().split(b"\n")


def escape(text: str) -> str:
    """The three characters that XML reads as its own, as text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _name(name: str) -> str:
    return escape(fitted(name, "", []))


def _organisation(said: str) -> str:
    return f"<Id><OrgId><Othr><Id>{said}</Id></Othr></OrgId></Id>" if said else ""


def _kind_of_payment(chosen: MessageChoices) -> str:
    said = ""
    if chosen.service_level:
        said += f"<SvcLvl><Cd>{chosen.service_level}</Cd></SvcLvl>"
    if chosen.local_instrument:
        said += f"<LclInstrm><Prtry>{chosen.local_instrument}</Prtry></LclInstrm>"
    if chosen.category_purpose:
        said += f"<CtgyPurp><Cd>{chosen.category_purpose}</Cd></CtgyPurp>"
    return f"<PmtTpInf>{said}</PmtTpInf>" if said else ""
