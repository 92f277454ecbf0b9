"""Do messages leave, arrive and fail as promised? (The operator is a separate process on a real
connection.)"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phueng.gateways.rehearsal import RunningStandIn, running, start, wait_until
from phueng.gateways.sms.checks import LONG, check_operator
from phueng.gateways.sms.contract import Receipt, SmsRefused, SmsUnavailable, Submitted
from phueng.gateways.sms.live import SmppSession

FAKE = "phueng.gateways.sms.fake"
PHONE = "+66812345678"


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStandIn]:
    with running(FAKE, "--store", str(tmp_path_factory.mktemp("sms") / "messages.jsonl")) as one:
        yield one


@pytest.fixture
def session(operator: RunningStandIn) -> Iterator[SmppSession]:
    with connect(operator) as one:
        yield one
        operator.steer(mode="ok", delay=0, receipt_delay=0.05, code=0x0B)


def connect(operator: RunningStandIn, **changed: object) -> SmppSession:
    host, port = operator.addresses[0].split(":")
    given = {"system_id": "phueng", "password": "demo", "source_addr": "PHUENG", "timeout": 1.0} | changed
    return SmppSession(host, int(port), **given)  # type: ignore[arg-type]


def receipts_for(session: SmppSession, wanted: tuple[str, ...], patience: float = 5.0) -> dict[str, Receipt]:
    found: dict[str, Receipt] = {}
    ends = time.monotonic() + patience
    while set(wanted) - found.keys() and time.monotonic() < ends:
        found |= {receipt.provider_id: receipt for receipt in session.poll_receipts(0.2)}
    session.confirm_receipts()
    return found


def names_it(receipts: list[Receipt], sent: Submitted) -> bool:
    return sent.provider_ids[0] in {receipt.provider_id for receipt in receipts}


def test_the_stand_in_keeps_the_contract(session: SmppSession) -> None:
    check_operator(session, PHONE, patience=10)


def test_a_long_thai_message_arrives_whole(session: SmppSession, operator: RunningStandIn) -> None:
    sent = session.send("m-1", PHONE, LONG)
    message = operator.look("/messages")[-1]
    assert message["text"] == LONG
    assert (message["phone"], message["sender"], message["data_coding"]) == (PHONE, "PHUENG", 8)
    assert len(message["parts"]) == 2
    assert tuple(message["provider_ids"]) == sent.provider_ids
    found = receipts_for(session, sent.provider_ids)
    assert {found[one].status for one in sent.provider_ids} == {"delivered"}
    moment = found[sent.provider_ids[0]].at
    assert moment is not None
    assert moment.utcoffset() is not None
    wait_until(lambda: len(operator.look("/messages")[-1]["receipts"]) == 2)


def test_undeliverable_is_told(session: SmppSession, operator: RunningStandIn) -> None:
    operator.steer(mode="undeliverable")
    sent = session.send("m-2", PHONE, "ทดสอบ")
    assert receipts_for(session, sent.provider_ids)[sent.provider_ids[0]].status == "undeliverable"


def test_no_receipt_is_silence_and_not_success(session: SmppSession, operator: RunningStandIn) -> None:
    operator.steer(mode="no_receipt")
    sent = session.send("m-3", PHONE, "ทดสอบ")
    assert sent.provider_ids
    assert session.poll_receipts(0.4) == []


def test_a_refusal_names_its_code(session: SmppSession, operator: RunningStandIn) -> None:
    operator.steer(mode="reject", code=0x0B)
    with pytest.raises(SmsRefused) as caught:
        session.send("m-4", PHONE, "ทดสอบ")
    assert caught.value.code == 0x0B
    assert PHONE not in str(caught.value)


def test_too_busy_means_try_again(session: SmppSession, operator: RunningStandIn) -> None:
    operator.steer(mode="reject", code=0x58)
    with pytest.raises(SmsUnavailable) as caught:
        session.send("m-5", PHONE, "ทดสอบ")
    assert (caught.value.kind, caught.value.maybe_sent) == ("busy", False)


@pytest.mark.parametrize("mode", ["hang_up", "silent", "garbage", "slow", "lost_answer"])
def test_after_every_broken_line_the_same_session_sends_again(
    session: SmppSession, operator: RunningStandIn, mode: str
) -> None:
    operator.steer(mode=mode, delay=3)
    begun = time.monotonic()
    with pytest.raises(SmsUnavailable) as caught:
        session.send("m-6", PHONE, "ทดสอบ")
    assert caught.value.maybe_sent
    assert time.monotonic() - begun < 2.5
    operator.steer(mode="ok")
    assert session.send("m-6", PHONE, "ทดสอบ").provider_ids


def test_only_one_number_can_be_in_trouble(session: SmppSession, operator: RunningStandIn) -> None:
    operator.steer(mode="reject", for_phone=PHONE)
    with pytest.raises(SmsRefused):
        session.send("m-7", PHONE, "ทดสอบ")
    assert session.send("m-8", "+66898765432", "ทดสอบ").provider_ids


def test_a_receipt_comes_again_until_it_is_confirmed(operator: RunningStandIn) -> None:
    operator.steer(mode="ok", receipt_delay=0)
    first = connect(operator)
    sent = first.send("m-9", PHONE, "ทดสอบ")
    wait_until(lambda: names_it(first.poll_receipts(0.5), sent))
    first.close()  # the worker dies before it could keep the receipt
    with connect(operator) as second:
        wait_until(lambda: names_it(second.poll_receipts(0.5), sent))
        second.confirm_receipts()
    wait_until(lambda: operator.look("/messages")[-1]["receipts"])
    with connect(operator) as third:
        assert third.poll_receipts(0.4) == []


def test_a_dead_line_is_noticed_before_a_message_is_lost(tmp_path: Path) -> None:
    operator = start(FAKE, "--store", str(tmp_path / "messages.jsonl"))
    port = operator.addresses[0].split(":")[1]
    session = connect(operator, quiet_seconds=0.0)
    session.send("m-10", PHONE, "ก่อน")
    operator.stop()
    again = start(FAKE, "--store", str(tmp_path / "messages.jsonl"), "--port", port)
    try:
        session.send("m-11", PHONE, "หลัง")
        assert [message["text"] for message in again.look("/messages")] == ["ก่อน", "หลัง"]
        session.close()
    finally:
        assert again.stop() == 0


def test_a_wrong_password_is_a_trouble_of_ours(operator: RunningStandIn) -> None:
    with connect(operator, password="guess") as stranger, pytest.raises(SmsUnavailable) as caught:
        stranger.send("m-12", PHONE, "ทดสอบ")
    assert (caught.value.kind, caught.value.maybe_sent) == ("bind", False)


def test_nobody_listening(operator: RunningStandIn) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with (
        SmppSession("127.0.0.1", port, "a", "b", "PHUENG", timeout=1.0) as session,
        pytest.raises(SmsUnavailable) as caught,
    ):
        session.poll_receipts(0.1)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize("phone", ["0812345678", "66812345678", "+6681234567a", "+๖๖812345678", ""])
def test_only_international_thai_numbers(session: SmppSession, phone: str) -> None:
    with pytest.raises(ValueError, match="international"):
        session.send("m-13", phone, "ทดสอบ")
