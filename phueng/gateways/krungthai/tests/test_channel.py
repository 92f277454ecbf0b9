"""Does a file reach the bank once, and does the answer come from its bytes? (The bank is a separate
process.)"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from phueng.gateways.krungthai.checks import check_channel
from phueng.gateways.krungthai.contract import FileIntent, NameTaken, refusal_name, result_name
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.live import DropFolder
from phueng.gateways.krungthai.result import ResultFile, read_result
from phueng.gateways.krungthai.tests.runs import intent, line
from phueng.gateways.krungthai.writer import write_file
from phueng.gateways.rehearsal import RunningStandIn, start, wait_until
from phueng.gateways.signatures import signed_bytes

FAKE = "phueng.gateways.krungthai.fake"
LAYOUT = load_layout()
KEY = Ed25519PrivateKey.generate()


@dataclass
class Station:
    """The bank and the folders before it."""

    bank: RunningStandIn
    channel: DropFolder
    arguments: list[str]

    def send(self, name: str, content: bytes) -> None:
        self.channel.send(name, content, KEY.sign(signed_bytes(content)))

    def answer(self, name: str) -> bytes:
        return wait_until(lambda: dict(self.channel.collect()).get(name))  # type: ignore[no-any-return]

    def result(self, name: str, meant: FileIntent) -> ResultFile:
        self.send(name, write_file(LAYOUT, meant).content)
        return read_result(self.answer(result_name(name)))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    (tmp_path / "key.pem").write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "rules.json").write_text(json.dumps({"return_accounts": {"9990001112": "name_mismatch"}}))
    arguments = [
        "--outbox",
        str(tmp_path / "outbox"),
        "--inbox",
        str(tmp_path / "inbox"),
        "--rules",
        str(tmp_path / "rules.json"),
        "--public-key",
        str(tmp_path / "key.pem"),
    ]
    one = Station(start(FAKE, *arguments), DropFolder(tmp_path / "outbox", tmp_path / "inbox"), arguments)
    yield one
    assert one.bank.stop() == 0


def test_the_stand_in_keeps_the_contract(station: Station) -> None:
    content = write_file(LAYOUT, intent()).content
    check_channel(station.channel, LAYOUT, intent(), "RUN-1.txt", KEY.sign(signed_bytes(content)))


def test_the_result_is_made_from_the_bytes(station: Station) -> None:
    station.bank.steer(
        return_accounts={"1112223334": "closed", "9990001112": "name_mismatch"},
        pending_accounts=["5556667778"],
    )
    lines = (
        line(1),
        line(2, account="1112223334"),
        line(3, account="9990001112"),
        line(4, account="5556667778"),
    )
    result = station.result("RUN-2.txt", intent(*lines))
    assert [(one.outcome, one.reason) for one in result.lines] == [
        ("paid", ""),
        ("returned", "บัญชีปิด"),
        ("returned", "ชื่อบัญชีไม่ตรงกับผู้รับเงิน"),
        ("pending", ""),
    ]
    assert [one.line_reference for one in result.lines] == [one.reference for one in lines]
    (seen,) = station.bank.look("/files")
    assert (seen["count"], seen["total_satang"], seen["paid"], seen["returned"]) == (4, 1_200_000, 1, 2)


def test_rows_that_nobody_sent_come_when_asked_for(station: Station) -> None:
    station.bank.steer(unknown_lines=True, duplicate_lines=True, wrong_amounts=True)
    result = station.result("RUN-3.txt", intent(line(1)))
    assert [one.line_reference for one in result.lines] == ["FG69-00000001", "NOBODY-KNOWS-THIS"]
    assert result.lines[0].amount_satang == 300_100
    assert [one.field for one in result.faults] == ["line_reference"]


@pytest.mark.parametrize("spoil", ["byte", "signature", "lf"])
def test_a_tampered_file_is_turned_away_with_reasons(station: Station, spoil: str) -> None:
    content = write_file(LAYOUT, intent()).content
    signature = KEY.sign(signed_bytes(content))
    if spoil == "byte":
        content = content.replace(b"300000", b"900000", 1)
        signature = KEY.sign(signed_bytes(content))
    elif spoil == "signature":
        signature = Ed25519PrivateKey.generate().sign(signed_bytes(content))
    else:
        content = content.replace(b"\r\n", b"\n")
        signature = KEY.sign(signed_bytes(content))
    station.channel.send("RUN-4.txt", content, signature)
    said = json.loads(station.answer(refusal_name("RUN-4.txt")))
    assert said["reasons"][0]["th"]
    assert said["reasons"][0]["en"]
    assert result_name("RUN-4.txt") not in dict(station.channel.collect())


def test_the_same_file_under_another_name_is_turned_away(station: Station) -> None:
    content = write_file(LAYOUT, intent()).content
    station.send("RUN-5.txt", content)
    station.answer(result_name("RUN-5.txt"))
    station.send("RUN-6.txt", content)
    assert "RUN-5.txt" in json.loads(station.answer(refusal_name("RUN-6.txt")))["reasons"][0]["en"]


def test_held_files_wait_and_are_answered_later(station: Station) -> None:
    station.bank.steer(hold=True)
    station.send("RUN-7.txt", write_file(LAYOUT, intent()).content)
    assert wait_until(lambda: station.bank.look("/files"))[0]["state"] == "waiting"
    assert station.channel.collect() == []
    station.bank.steer(hold=False)
    assert read_result(station.answer(result_name("RUN-7.txt"))).lines


def test_a_killed_bank_neither_forgets_nor_answers_twice(station: Station) -> None:
    station.result("RUN-8.txt", intent(line(1)))
    station.channel.acknowledge(result_name("RUN-8.txt"))
    station.bank.steer(hold=True)
    station.send("RUN-9.txt", write_file(LAYOUT, intent(line(2))).content)
    station.bank.kill()
    station.bank = start(FAKE, *station.arguments)
    assert read_result(station.answer(result_name("RUN-9.txt"))).lines
    assert [name for name, _ in station.channel.collect()] == [result_name("RUN-9.txt")]


def test_a_used_name_cannot_carry_another_file(station: Station) -> None:
    station.bank.steer(hold=True)
    station.send("RUN-10.txt", b"one")
    with pytest.raises(NameTaken):
        station.channel.send("RUN-10.txt", b"two", KEY.sign(signed_bytes(b"one")))
    assert (station.channel.outbox / "RUN-10.txt").read_bytes() == b"one"


def test_unknown_orders_are_refused(station: Station) -> None:
    for orders in (
        {"return_accounts": {"1": "eaten"}},
        {"hold": "yes"},
        {"delay": -1},
        {"return_accounts": 5},
    ):
        with pytest.raises(ValueError, match=r"must be|is one of"):
            station.bank.steer(**orders)
