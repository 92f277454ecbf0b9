"""Is the certified list written, read back and answered exactly, in whatever layout is agreed?"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from phueng.gateways.comptroller.checks import check_channel
from phueng.gateways.comptroller.contract import FileRefused, ListLine, MonthlyList, refusal_name, result_name
from phueng.gateways.comptroller.layout import LAYOUTS, LayoutFault, layout_from, load_layout
from phueng.gateways.comptroller.live import DropFolder
from phueng.gateways.comptroller.reader import read_list, read_result
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.faults import FileUnreadable
from phueng.gateways.rehearsal import running, wait_until

LAYOUT = load_layout()
IDS = ["9400100000011", "9400100000020", "9400100000038"]


def entry(number: int = 0, **changed: Any) -> ListLine:
    return replace(ListLine(f"OA6912-{number:06d}", IDS[number], "นางบุญมี ศรีสุข", "promptpay", "", "", 70_000), **changed)


def monthly(*lines: ListLine, **changed: Any) -> MonthlyList:
    return replace(
        MonthlyList(
            "5400101",
            "เทศบาลนครขอนแก่น",
            "OLD-AGE",
            date(2026, 12, 1),
            "นายกเทศมนตรี",
            date(2026, 11, 20),
            lines
            or (
                entry(0),
                entry(1, route="account", bank_code="030", account="020123456789"),
                entry(2, amount_satang=100_050),
            ),
        ),
        **changed,
    )


def written_layout() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((LAYOUTS / "monthly-list-2566.yaml").read_text(encoding="utf-8"))
    return read


def test_the_list_line_by_line() -> None:
    lines = write_list(LAYOUT, monthly()).content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("รหัส อปท.,รหัสโครงการ,เดือนที่จ่าย,ลำดับที่,เลขอ้างอิง,เลขประจำตัวประชาชน,ชื่อ-สกุล")
    assert lines[1] == (
        "5400101,OLD-AGE,2569-12,1,OA6912-000000,9400100000011,นางบุญมี ศรีสุข,พร้อมเพย์,,,700.00,นายกเทศมนตรี,2026-11-20"
    )
    assert ",บัญชีธนาคาร,030,020123456789,700.00," in lines[2]
    assert ",1000.50," in lines[3]


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=3),
    st.sampled_from(["utf-8", "cp874"]),
    st.sampled_from(["baht", "satang"]),
    st.sampled_from(["be", "ce"]),
    st.sampled_from([",", "|"]),
)
def test_what_was_written_is_what_is_read(
    amounts: list[int], encoding: str, amount: str, month: str, delimiter: str
) -> None:
    layout = layout_from(
        written_layout()
        | {
            "encoding": encoding,
            "with_mark": False,
            "amount": amount,
            "month": month,
            "delimiter": delimiter,
        }
    )
    meant = monthly(*(entry(n, amount_satang=satang) for n, satang in enumerate(amounts)))
    written = write_list(layout, meant)
    parsed = read_list(layout, written.content)
    assert parsed.lines == meant.lines
    assert parsed.month == meant.month
    assert (parsed.total_satang, parsed.sha256) == (sum(amounts), written.sha256)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount_satang": 0}, "amount"),
        ({"amount_satang": 7.5}, "amount"),
        ({"national_id": "๙๔๐๐๑๐๐๐๐๐๐๑๑"}, "national_id"),
        ({"national_id": "1"}, "national_id"),
        ({"full_name": "=HYPERLINK(1)"}, "full_name"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "ก\nข"}, "full_name"),
        ({"reference": "ก"}, "reference"),
        ({"route": "cash"}, "route"),
        ({"route": "account"}, "account"),
        ({"account": "123456"}, "account"),
        ({"national_id": IDS[0]}, "national_id"),
        ({"reference": "OA6912-000000"}, "reference"),
    ],
)
def test_a_doubtful_entry_is_refused(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FileRefused) as caught:
        write_list(LAYOUT, monthly(entry(0), entry(1, **changed)))
    assert {one.field for one in caught.value.refusals} == {field}


SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda content: content[:-3],
    "amount": lambda content: content.replace(b"700.00", b"700,00", 1),
    "sequence": lambda content: content.replace(b"2569-12,2,", b"2569-12,3,"),
    "month": lambda content: content.replace(b"2569-12", b"2569-11", 1),
    "Christian month": lambda content: content.replace(b"2569-12", b"2026-12"),
    "heading": lambda content: content.replace("จำนวนเงิน".encode(), "ยอดเงิน".encode()),
    "id": lambda content: content.replace(b"9400100000011", b"940010000001"),
    "reference": lambda content: content.replace(b"OA6912-000001", b"OA6912-000000"),
}


@pytest.mark.parametrize("name", SPOILS)
def test_each_deviation_is_refused(name: str) -> None:
    content = write_list(LAYOUT, monthly()).content
    assert read_list(LAYOUT, content).count == 3
    with pytest.raises(FileUnreadable) as caught:
        read_list(LAYOUT, SPOILS[name](content))
    assert caught.value.faults[0].th


@pytest.mark.parametrize(
    "spoil",
    [
        lambda w: w["list"].pop("reference"),
        lambda w: w["list"].update(shoe="รองเท้า"),
        lambda w: w.update(encoding="utf-16"),
        lambda w: w["outcomes"].pop("จ่ายแล้ว"),
        lambda w: w["list"].update(reference="ชื่อ-สกุล"),
        lambda w: w.update(amount="dollars"),
    ],
)
def test_a_contradictory_layout_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    spoilt = copy.deepcopy(written_layout())
    spoil(spoilt)
    with pytest.raises(LayoutFault):
        layout_from(spoilt)


def test_result_rows_are_read_one_by_one() -> None:
    head = ",".join(LAYOUT.result_headings.values()) + "\r\n"
    good = "OA1,9400100000011,700.00,จ่ายแล้ว,,,2026-12-10,CGD1\r\n"
    bad = "OA2,9400100000020,700.00,อาจจะ,,,2026-12-10,CGD2\r\n"
    silent = "OA3,9400100000038,700.00,จ่ายไม่สำเร็จ,P01,,2026-12-10,CGD3\r\n"
    found = read_result(LAYOUT, (head + good + bad + silent + good).encode())
    assert [(one.line_reference, one.outcome, one.amount_satang) for one in found.lines] == [("OA1", "paid", 70_000)]
    assert [(one.line, one.field) for one in found.faults] == [
        (3, "outcome"),
        (4, "reason"),
        (5, "line_reference"),
    ]


def test_the_stand_in_answers_from_the_bytes(tmp_path: Path) -> None:
    outbox, inbox = tmp_path / "outbox", tmp_path / "inbox"
    with running("phueng.gateways.comptroller.fake", "--outbox", str(outbox), "--inbox", str(inbox)) as treasury:
        channel = DropFolder(outbox, inbox)
        check_channel(channel, LAYOUT, monthly(), "LIST-1.csv", b"signed")
        treasury.steer(return_ids={IDS[1]: "dead"}, pending_ids=[IDS[2]], unknown_lines=True)
        content = write_list(LAYOUT, monthly(month=date(2027, 1, 1))).content
        channel.send("LIST-2.csv", content, b"signed")
        body = wait_until(lambda: dict(channel.collect()).get(result_name("LIST-2.csv")))
        result = read_result(LAYOUT, body)
        assert [one.outcome for one in result.lines] == ["paid", "returned", "pending", "paid"]
        assert (result.lines[1].reason_code, result.lines[3].line_reference) == ("D01", "NOBODY-KNOWS-THIS")
        channel.send("LIST-3.csv", content.replace(b"700.00", b"7oo.00"), b"signed")
        refusal = wait_until(lambda: dict(channel.collect()).get(refusal_name("LIST-3.csv")))
        assert json.loads(refusal)["reasons"][0]["line"] == 2
        assert [one["state"] for one in treasury.look("/files")] == ["answered", "answered", "refused"]
        assert treasury.stop() == 0
