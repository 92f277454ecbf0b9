"""Are pasted and uploaded allotments read as people write them, and is every fault named with its row?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.ledger.accounts import Fund
from phueng.payments.budget_lines import Chosen, read_rows

FAMILY = Chosen("family", "budget", frozenset({"family", "ครอบครัว"}), frozenset({"budget", "งบประมาณรายจ่าย"}))
GIFTS = Chosen("family", "donation", frozenset({"family", "ครอบครัว"}), frozenset({"donation", "เงินบริจาค"}))
OFFICES = {"KKN-DPC": "KKN-DPC", "ศูนย์ขอนแก่น": "KKN-DPC", "UDN-DPC": "UDN-DPC"}


def read(text: str, *chosen: Chosen) -> list[tuple[str, int, str]]:
    rows = read_rows(text, fiscal_year=2570, chosen=chosen or (FAMILY,), offices=OFFICES)
    return [(r.fund.office_code if r.fund else "", r.satang, r.problem.code if r.problem else "") for r in rows]


def test_as_people_write_it() -> None:
    text = 'office,amount\nKKN-DPC,๒,๕๐๐\n\nศูนย์ขอนแก่น;เงิน\nudn-dpc\t"1,000.50"\n'
    assert read('office,amount\nKKN-DPC,"๒,๕๐๐"\n\nudn-dpc\t1,000.50 บาท\n') == [
        ("KKN-DPC", 250_000, ""), ("UDN-DPC", 100_050, ""),
    ]  # fmt: skip
    assert [code for _, _, code in read(text)] == ["unknown_fund", "not_an_amount", ""]


def test_scheme_and_source_are_named_by_code_or_word() -> None:
    rows = read("KKN-DPC;ครอบครัว;เงินบริจาค;๕๐๐\nKKN-DPC;family;budget;100", FAMILY, GIFTS)
    assert [satang for _, satang, _ in rows] == [50_000, 10_000]
    assert read("KKN-DPC,100", FAMILY, GIFTS) == [("", 0, "unknown_fund")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("XXX,100", "unknown_office"), ("KKN-DPC,old_age,100", "unknown_fund"), ("KKN-DPC", "wrong_columns"),
        ("KKN-DPC,a,b,c,d", "wrong_columns"), ("KKN-DPC,-5", "negative"), ("KKN-DPC,0", "nothing"), ("KKN-DPC,", "empty"),
        ("KKN-DPC,1.005", "too_fine"), ("KKN-DPC,=1+1", "not_an_amount"), ("KKN-DPC,9999999999999", "too_large"),
    ],
)  # fmt: skip
def test_every_fault_is_named(row: str, code: str) -> None:
    assert read(row) == [("", 0, code)]


def test_the_same_fund_twice_is_a_fault_of_the_second_row() -> None:
    assert read("KKN-DPC,1\nศูนย์ขอนแก่น,2") == [("KKN-DPC", 100, ""), ("", 0, "twice")]


@given(st.text(max_size=200))
def test_nothing_breaks_the_reader(text: str) -> None:
    for row in read_rows(text, fiscal_year=2570, chosen=(FAMILY,), offices=OFFICES):
        assert (row.fund is None) == (row.problem is not None)
        assert row.fund is None or (row.satang > 0 and row.fund == Fund(2570, "family", row.fund.office_code))
