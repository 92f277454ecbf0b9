"""Are the bytes exactly the bank's, and is everything doubtful refused before there are any?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from phueng.gateways.krungthai.contract import FileRefused
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.tests.runs import intent, line
from phueng.gateways.krungthai.writer import write_file

LAYOUT = load_layout()


def test_the_file_byte_by_byte() -> None:
    """Written out by hand from the field table, not by the code under test."""
    content = write_file(LAYOUT, intent(line(1), batch_no=7)).content
    header = "1010000070060000001000000000000030000025112026C00000000MSO0000123      " + " " * 20 + " " * 407
    detail = (
        "10"
        "2"
        "000007"
        "006"
        "0040"
        "02345678901"
        "006"
        "0401"
        "04011234567"
        "25112026"
        "14"
        "00"
        "00000000000300000"
        + " " * 8
        + "0000000000"
        + "นางบุญมี ศรีสุข".ljust(100)
        + "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดขอนแก่น".ljust(100)
        + " " * 40
        + " " * 18
        + " " * 2
        + "FG69-00000001".ljust(18)
        + " " * 2
        + " " * 20
        + "000001"
        "09" + " " * 40 + "0812345678".rjust(20) + "0000" + " " * 34
    )
    assert content == f"{header}\r\n{detail}\r\n".encode("tis_620")
    assert [len(record) for record in content.split(b"\r\n")] == [498, 498, 0]


def test_the_options_change_their_bytes_only() -> None:
    one = intent(line(1, branch="7"), batch_no=7)
    usual = write_file(LAYOUT, one).content.split(b"\r\n")[1]
    other_layout = load_layout(
        options={"detail_batch_no": "running", "receiving_branch": "spaces_right", "mobile": "left"}
    )
    other = write_file(other_layout, one).content.split(b"\r\n")[1]
    assert (usual[3:9], other[3:9]) == (b"000007", b"000001")
    assert (usual[12:16], other[12:16]) == (b"0007", b"7   ")
    assert (usual[440:460], other[440:460]) == (b"          0812345678", b"0812345678          ")
    changed = [n for n in range(498) if usual[n] != other[n]]
    assert all(3 <= n < 9 or 12 <= n < 16 or 440 <= n < 460 for n in changed)


def test_the_same_run_gives_the_same_bytes() -> None:
    first, second = write_file(LAYOUT, intent()), write_file(LAYOUT, intent())
    assert first == second
    assert (first.count, first.total_satang) == (3, 850_050)


def test_a_long_name_is_cut_between_characters_with_a_warning() -> None:
    written = write_file(LAYOUT, intent(line(1, name="ก" * 98 + "น้ำใจ")))
    assert written.content[500 + 92 : 500 + 192].decode("tis_620") == "ก" * 98 + "  "
    assert [(one.reference, one.field) for one in written.warnings] == [("FG69-00000001", "name")]
    assert "ก" * 98 in written.warnings[0].problem.th


def test_a_sender_name_of_any_length_never_shifts_a_field() -> None:
    written = write_file(LAYOUT, intent(sender_name="ศูนย์" * 50))
    assert {len(record) for record in written.content.split(b"\r\n")[:-1]} == {498}
    assert written.warnings[0].field == "sender_name"


def test_one_account_twice_is_a_warning() -> None:
    written = write_file(LAYOUT, intent(line(1, account="1112223334"), line(2, account="01112223334"), line(3)))
    assert [one.reference for one in written.warnings] == ["FG69-00000001", "FG69-00000002"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount_satang": 0}, "amount"),
        ({"amount_satang": -1}, "amount"),
        ({"amount_satang": 3000.0}, "amount"),
        ({"amount_satang": True}, "amount"),
        ({"amount_satang": 10**17}, "amount"),
        ({"account": "๑๒๓๔๕๖๗๘๙๐"}, "account"),
        ({"account": "123-4-56789-0"}, "account"),
        ({"account": ""}, "account"),
        ({"account": "000"}, "account"),
        ({"account": "123456789012"}, "account"),
        ({"account": "1234567890\n"}, "account"),
        ({"bank_code": "004"}, "wrong_product"),
        ({"bank_code": "6"}, "bank_code"),
        ({"bank_code": "๐๐๖"}, "bank_code"),
        ({"reference": ""}, "reference"),
        ({"reference": "A" * 19}, "reference"),
        ({"reference": "ก1"}, "reference"),
        ({"reference": "A B"}, "reference"),
        ({"branch": "00401"}, "branch"),
        ({"name": ""}, "name_blank"),
        ({"name": " ก"}, "name_blank"),
        ({"name": "René"}, "name_characters"),
        ({"name": "ก\r\nข"}, "name_characters"),
        ({"name": "ก\u200bข"}, "name_characters"),
        ({"name": "ก“ข”"}, "name_characters"),
        ({"mobile": "+66812345678"}, "mobile"),
        ({"email": "x"}, "email"),
        ({"email": "ก@ข.ไทย"}, "email"),
    ],
)
def test_a_doubtful_payment_is_refused(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        write_file(LAYOUT, intent(line(1), line(2, **changed)))
    assert [one.problem.code for one in caught.value.refusals] == [f"krungthai.{code}"]
    assert caught.value.refusals[0].reference == changed.get("reference", "FG69-00000002")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"company_id": ""}, "company_id"),
        ({"company_id": "A" * 17}, "company_id"),
        ({"sending_account": "x"}, "sending_account"),
        ({"effective_on": date(2569, 11, 25)}, "effective_on"),
        ({"batch_no": 0}, "batch_no"),
        ({"batch_no": 10**6}, "batch_no"),
        ({"service_type": "99"}, "service_type"),
        ({"sender_name": "日本"}, "sender_name_characters"),
        ({"lines": ()}, "count"),
        ({"sending_branch": "x"}, "sending_branch"),
        ({"product": "cash"}, "product"),
    ],
)
def test_a_doubtful_run_is_refused(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        write_file(LAYOUT, intent(**changed))
    assert f"krungthai.{code}" in [one.problem.code for one in caught.value.refusals]


def test_a_refused_name_is_shown_with_the_character() -> None:
    with pytest.raises(FileRefused) as caught:
        write_file(LAYOUT, intent(line(1, name="นายเรอเน่ René")))
    problem = caught.value.refusals[0].problem
    assert "นายเรอเน่ René" in problem.th
    assert "é (U+00E9)" in problem.th
    assert problem.next_th


def test_a_reference_may_stand_once_only() -> None:
    with pytest.raises(FileRefused) as caught:
        write_file(LAYOUT, intent(line(1), line(2, reference="FG69-00000001")))
    assert {one.problem.code for one in caught.value.refusals} == {"krungthai.reference_repeated"}


def test_standard_pays_other_banks_only() -> None:
    elsewhere = intent(line(1, bank_code="030"), line(2, bank_code="004"), product="standard", service_type="04")
    assert write_file(LAYOUT, elsewhere).count == 2
    with pytest.raises(FileRefused):
        write_file(LAYOUT, intent(line(1), product="standard", service_type="04"))
