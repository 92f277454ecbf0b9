"""Is every deviation from our own order found, with its place?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from phueng.gateways.faults import FileUnreadable
from phueng.gateways.iso20022.reader import inspect_message, read_message
from phueng.gateways.iso20022.schema import schema_faults
from phueng.gateways.iso20022.tests.orders import HEAD, account_row, promptpay_row, written
from phueng.gateways.iso20022.verify import verify_against_intent

ROWS = [account_row(1), account_row(2, account="9998887776", amount_satang=250_050), promptpay_row(3)]
CLEAN = written(ROWS)
FIRST, SECOND, THIRD = CLEAN.split(b"\n")[3:6]

DEVIATIONS: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "empty": (lambda: b"", "", 0),
    "cut off": (lambda: CLEAN[:-60], "form", 6),
    "cut within a transfer": (lambda: CLEAN[: CLEAN.index(SECOND) + 30], "form", 5),
    "CRLF": (lambda: CLEAN.replace(b"\n", b"\r\n"), "form", 1),
    "TIS-620": (lambda: CLEAN.decode().encode("tis_620"), "encoding", 2),
    "says it is TIS-620": (lambda: CLEAN.replace(b'"UTF-8"', b'"TIS-620"'), "encoding", 1),
    "UTF-8 mark": (lambda: b"\xef\xbb\xbf" + CLEAN, "form", 1),
    "document type": (lambda: CLEAN.replace(b"<Document", b"<!DOCTYPE a><Document", 1), "DOCTYPE", 2),
    "entity": (lambda: CLEAN.replace(b"3000.00", b"&amount;", 1), "form", 4),
    "comment": (lambda: CLEAN.replace(b"<PmtInf>", b"<!--x--><PmtInf>"), "form", 3),
    "instruction": (lambda: CLEAN.replace(b"<PmtInf>", b"<?x y?><PmtInf>"), "instruction", 3),
    "other version": (lambda: CLEAN.replace(b"pain.001.001.09", b"pain.001.001.03"), "Document", 2),
    "Buddhist era": (lambda: CLEAN.replace(b"2026-11-25", b"2569-11-25"), "Dt", 3),
    "no such day": (lambda: CLEAN.replace(b"2026-11-25", b"2026-02-30"), "Dt", 3),
    "Buddhist creation": (lambda: CLEAN.replace(b"2026-11-22T", b"2569-11-22T"), "CreDtTm", 2),
    "dollars": (lambda: CLEAN.replace(b'Ccy="THB">2500', b'Ccy="USD">2500'), "Ccy", 5),
    "three decimals": (lambda: CLEAN.replace(b"2500.50", b"2500.500"), "InstdAmt", 5),
    "Thai digits": (lambda: CLEAN.replace(b"2500.50", "๒๕๐๐.๕๐".encode()), "InstdAmt", 5),
    "negative": (lambda: CLEAN.replace(b"2500.50", b"-500.50"), "InstdAmt", 5),
    "zero": (lambda: CLEAN.replace(b"2500.50", b"0.00"), "InstdAmt", 5),
    "more money": (lambda: CLEAN.replace(b"2500.50", b"9500.50"), "GrpHdr/CtrlSum", 2),
    "one line less": (lambda: CLEAN.replace(SECOND + b"\n", b""), "GrpHdr/NbOfTxs", 2),
    "one line twice": (lambda: CLEAN.replace(SECOND, SECOND + b"\n" + SECOND), "EndToEndId", 6),
    "closed bank": (lambda: CLEAN.replace(b"<MmbId>004", b"<MmbId>065", 1), "FinInstnId", 4),
    "no bank": (lambda: CLEAN.replace(FIRST, FIRST.replace(_agent(FIRST), b"")), "CdtTrfTxInf", 4),
    "national ID": (lambda: CLEAN.replace(ROWS[2][3].encode(), b"9999999999999"), "Id", 6),
    "an element more": (lambda: CLEAN.replace(b"</CdtTrfTxInf>", b"<RltdRmtInf/></CdtTrfTxInf>", 1), "RltdRmtInf", 4),
    "an element less": (
        lambda: CLEAN.replace(b"<Cdtr><Nm>" + ROWS[0][4].encode() + b"</Nm></Cdtr>", b"", 1),
        "CdtTrfTxInf",
        4,
    ),
    "blanks in a name": (
        lambda: CLEAN.replace(b"<Nm>" + ROWS[0][4].encode(), b"<Nm> " + ROWS[0][4].encode(), 1),
        "Nm",
        4,
    ),
    "blanks between": (lambda: CLEAN.replace(b"<PmtId>", b" <PmtId>", 1), "form", 4),
    "leading zero": (lambda: CLEAN.replace(b"<NbOfTxs>3", b"<NbOfTxs>03", 1), "GrpHdr/NbOfTxs", 2),
    "two parts": (
        lambda: CLEAN.replace(b"</PmtInf>", b"</PmtInf><PmtInf><PmtInfId>2</PmtInfId></PmtInf>"),
        "PmtInf",
        7,
    ),
    "behind the end": (lambda: CLEAN + b"\n", "form", 8),
    "nested a thousand times": (lambda: b"<a>" * 1000, "a", 1),
}


def _agent(line: bytes) -> bytes:
    start, end = line.index(b"<CdtrAgt>"), line.index(b"</CdtrAgt>") + len(b"</CdtrAgt>")
    return line[start:end]


def test_a_clean_order_has_no_fault() -> None:
    assert inspect_message(CLEAN) == ()
    assert verify_against_intent(CLEAN, HEAD, ROWS, read_message(CLEAN).sha256) == ()


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviations_are_found_with_their_place(name: str) -> None:
    spoil, field, line = DEVIATIONS[name]
    assert spoil() != CLEAN
    faults = inspect_message(spoil())
    assert faults, name
    assert (faults[0].field, faults[0].line) == (field, line), faults[0]
    assert faults[0].th
    assert faults[0].en
    with pytest.raises(FileUnreadable):
        read_message(spoil())


def test_a_fault_points_at_the_very_columns() -> None:
    (fault,) = inspect_message(CLEAN.replace(b"2026-11-25", b"2569-11-25"))
    said = CLEAN.replace(b"2026-11-25", b"2569-11-25").decode().split("\n")[fault.line - 1]
    assert said[fault.column_from - 1 : fault.column_to] == fault.found == "2569-11-25"
    assert "2026" in fault.th


def test_edits_that_keep_every_total_need_the_intent() -> None:
    """Nothing in the file can show them: the reader accepts, the comparison does not."""
    swapped = CLEAN.replace(b"1234567801", b"#").replace(b"9998887776", b"1234567801").replace(b"#", b"9998887776")
    compensated = CLEAN.replace(b"2500.50", b"2400.50").replace(b"3000.00", b"3100.00", 1)
    sha256 = read_message(CLEAN).sha256
    for edited in (swapped, compensated):
        assert inspect_message(edited) == ()
        faults = verify_against_intent(edited, HEAD, ROWS, sha256)
        assert {fault.field for fault in faults} == {"sha256", "CdtTrfTxInf"}
        assert [fault.line for fault in faults if fault.line] == [4, 5]


def test_the_schema_itself_speaks_and_knows_a_file_that_breaks_off() -> None:
    assert schema_faults(CLEAN) == ()
    assert schema_faults(CLEAN[:-50])
    (fault,) = schema_faults(CLEAN.replace(b"<PmtMtd>TRF</PmtMtd>", b""))
    assert (fault.line, fault.field) == (3, "BtchBookg")


def test_a_file_wrong_everywhere_is_told_within_limits() -> None:
    many = written([account_row(n, reference=f"R{n}") for n in range(1, 1001)])
    assert len(inspect_message(many.replace(b'"THB"', b'"USD"'))) == 200
