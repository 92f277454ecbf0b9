"""Is a result read row by row, with every doubtful row told and none guessed?"""

from __future__ import annotations

from datetime import date

import pytest

from phueng.gateways.krungthai.result import COLUMNS, ResultLine, read_result, write_result

HEAD = ",".join(COLUMNS) + "\r\n"
GOOD = "FG69-00000001,01234567890,300000,paid,,,2026-11-25,KTB1\r\n"


def read(*rows: str) -> tuple[list[str], list[tuple[int, str]]]:
    found = read_result((HEAD + "".join(rows)).encode())
    return [one.line_reference for one in found.lines], [(one.line, one.field) for one in found.faults]


def test_what_we_write_is_what_we_read() -> None:
    lines = (
        ResultLine("FG69-1", "01234567890", 300_000, "paid", "", "", date(2026, 11, 25), "KTB1"),
        ResultLine("FG69-2", "01234567891", 50, "returned", "C01", "บัญชีปิด, แจ้งแล้ว", date(2026, 11, 25), "KTB2"),
        ResultLine("FG69-3", "01234567892", 50, "pending", "", "", None, ""),
    )
    found = read_result(write_result(lines))
    assert (found.lines, found.faults, found.is_whole) == (lines, (), True)


def test_a_spreadsheet_mark_and_short_accounts_are_no_faults() -> None:
    found = read_result(b"\xef\xbb\xbf" + (HEAD + GOOD.replace("01234567890", "1234567890")).encode())
    assert found.faults == ()
    assert found.lines[0].account == "01234567890"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("300000", "3000.00", "amount_satang"),
        ("300000", "๓๐๐๐๐๐", "amount_satang"),
        ("300000", "0", "amount_satang"),
        ("300000", "-5", "amount_satang"),
        ("300000", "3e5", "amount_satang"),
        ("paid", "PAID", "outcome"),
        ("paid", "", "outcome"),
        ("2026-11-25", "", "settled_on"),
        ("2026-11-25", "25/11/2569", "settled_on"),
        ("2026-11-25", "2569-11-25", "settled_on"),
        ("2026-11-25", "2026-11-31", "settled_on"),
        ("01234567890", "0123-456789", "account"),
        ("FG69-00000001", "", "line_reference"),
        ("FG69-00000001", "ก", "line_reference"),
        ("paid", "returned", "reason"),
        (",KTB1", "", "row"),
        ("KTB1", "K,B", "row"),
    ],
)
def test_a_doubtful_row_is_told_and_the_others_are_read(old: str, new: str, field: str) -> None:
    other = GOOD.replace("00000001", "00000002")
    references, faults = read(GOOD.replace(old, new), other)
    assert references == ["FG69-00000002"]
    assert faults == [(2, field)]


def test_a_second_row_for_one_payment_is_not_believed() -> None:
    references, faults = read(GOOD, GOOD.replace("paid,,", "returned,C01,บัญชีปิด"))
    assert references == ["FG69-00000001"]
    assert faults == [(3, "line_reference")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        (HEAD + GOOD).encode("utf-16"),
        (HEAD + GOOD).encode()[:-5],
        GOOD.encode(),
        b"\x00" * 50,
        HEAD.replace("account", "acct").encode() + GOOD.encode(),
        (HEAD + GOOD.replace("KTB1", "ไทย")).encode("tis_620"),
        (HEAD + '"unclosed\r\n').encode(),
    ],
    ids=lambda content: repr(content[:14]),
)
def test_a_file_that_is_no_result_gives_no_rows(content: bytes) -> None:
    found = read_result(content)
    assert found.lines == ()
    assert found.faults
    assert not found.is_whole


def test_a_result_without_rows_is_an_empty_result() -> None:
    found = read_result(HEAD.encode())
    assert (found.lines, found.faults, found.is_whole) == ((), (), True)
