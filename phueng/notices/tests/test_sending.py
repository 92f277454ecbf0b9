"""Does the worker's way of sending survive an operator on its bad days, and two workers at once?"""

import contextlib
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction

from phueng.audit.clock import now
from phueng.gateways.rehearsal import RunningStandIn, running, wait_until
from phueng.gateways.sms.contract import Submitted
from phueng.gateways.sms.live import SmppSession
from phueng.notices import line, work
from phueng.notices.models import Message, UnreachedTask
from phueng.notices.tests.factories import MessageFactory
from phueng.notices.work import collect_receipts, send_messages

FAKE = "phueng.gateways.sms.fake"


@pytest.fixture
def operator(tmp_path: Path, settings: Any) -> Iterator[RunningStandIn]:
    with running(FAKE, "--store", str(tmp_path / "messages.jsonl")) as standing:
        settings.PHUENG_SMSC_PORT = int(standing.addresses[0].split(":")[1])
        standing.steer(mode="ok", receipt_delay=0)
        line.hang_up()
        yield standing
        line.hang_up()


def waiting(**more: Any) -> Message:
    at = now()
    return MessageFactory(queued_at=at, next_try_at=at, give_up_at=at + timedelta(hours=24), **more)


def fresh(message: Message) -> Message:
    message.refresh_from_db()
    return message


def due_again(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_try_at=now())


def test_a_message_travels_and_its_receipt_comes_back(db: Any, operator: RunningStandIn) -> None:
    text = "ที่พึ่ง: คำขอ 7K3M-9QXT-4ZP ได้รับอนุมัติแล้ว ขั้นต่อไปเราจะดำเนินการให้ ดูรายละเอียดที่หน้าติดตามคำขอ หรือโทร 1300"
    message = waiting(text=text)
    assert send_messages() == 1
    assert send_messages() == 0
    wait_until(lambda: collect_receipts() and fresh(message).delivered_at)
    (arrived,) = operator.look("/messages")
    assert arrived["text"] == text
    assert message.parts.count() == 2
    assert collect_receipts() == 0


def test_an_operator_that_hangs_up_gets_it_again(db: Any, operator: RunningStandIn) -> None:
    message = waiting()
    operator.steer(mode="hang_up")
    assert send_messages() == 0
    assert (fresh(message).sent_at, message.tries, message.claimed_at) == (None, 1, None)
    assert send_messages() == 0  # not yet: it waits five seconds
    operator.steer(mode="ok")
    due_again(message)
    assert send_messages() == 1
    assert len(operator.look("/messages")) == 1


def test_a_rejected_number_goes_to_a_person_and_blocks_nobody(db: Any, operator: RunningStandIn) -> None:
    rejected, fine = waiting(to_phone="+66899999999"), waiting()
    operator.steer(mode="reject", for_phone="+66899999999")
    assert send_messages() == 1
    assert fresh(rejected).failure_code == "refused_0000000B"
    assert fresh(fine).sent_at is not None
    assert UnreachedTask.objects.get().message == rejected


@pytest.mark.parametrize(("mode", "reason"), [("undeliverable", "undeliverable"), ("expired", "expired")])
def test_a_phone_that_cannot_be_reached(db: Any, operator: RunningStandIn, mode: str, reason: str) -> None:
    message = waiting()
    operator.steer(mode=mode)
    assert send_messages() == 1
    wait_until(lambda: collect_receipts() and fresh(message).failed_at)
    assert UnreachedTask.objects.get().reason_code == reason


def test_no_receipt_leaves_it_sent_until_a_day_is_over(db: Any, operator: RunningStandIn) -> None:
    message = waiting()
    operator.steer(mode="no_receipt")
    assert send_messages() == 1
    assert collect_receipts() == 0
    assert fresh(message).sent_at is not None
    Message.objects.filter(pk=message.pk).update(sent_at=now() - timedelta(hours=25))
    assert collect_receipts() == 1
    assert UnreachedTask.objects.get().reason_code == "no_receipt"


def test_a_slow_operator_is_waited_for(db: Any, operator: RunningStandIn) -> None:
    operator.steer(mode="slow", delay=0.5)
    waiting()
    assert send_messages() == 1
    assert len(operator.look("/messages")) == 1


def test_a_line_that_is_down_keeps_everything_waiting(db: Any, settings: Any) -> None:
    settings.PHUENG_SMSC_PORT = 1
    line.hang_up()
    messages = [waiting() for _ in range(4)]
    assert send_messages() == 0
    assert all(
        (fresh(one).sent_at, one.tries, one.claimed_at, one.failed_at) == (None, 0, None, None) for one in messages
    )
    assert collect_receipts() == 0
    line.hang_up()


def test_what_is_out_of_date_is_not_sent(db: Any, operator: RunningStandIn) -> None:
    code = waiting(template_code="tracking_code", text="รหัสที่พึ่ง 123456")
    Message.objects.filter(pk=code.pk).update(give_up_at=now() - timedelta(seconds=1))
    assert send_messages() == 0
    assert (fresh(code).failure_code, "123456" in code.text) == ("too_late", False)
    assert operator.look("/messages") == []


def test_a_worker_killed_after_sending_sends_again_but_loses_nothing(
    db: Any, operator: RunningStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(**_: Any) -> None:
        raise Killed

    message = waiting()
    with monkeypatch.context() as broken:
        broken.setattr(work.actions, "note_sent", die)
        with pytest.raises(Killed):
            send_messages()
    assert fresh(message).sent_at is None
    assert send_messages() == 0  # the claim of the dead worker still holds
    Message.objects.filter(pk=message.pk).update(claimed_at=now() - timedelta(seconds=61))
    assert send_messages() == 1
    assert len(operator.look("/messages")) == 2  # at least once: the price of never losing one
    wait_until(lambda: collect_receipts() and fresh(message).delivered_at)


def test_receipts_are_confirmed_only_after_they_are_kept(
    db: Any, operator: RunningStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = waiting()
    send_messages()

    def break_down(**_: Any) -> int:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(work.actions, "keep_receipts", break_down)

        def is_broken() -> bool:
            try:
                collect_receipts()
            except RuntimeError:
                return True
            return False

        wait_until(is_broken)
    line.hang_up()  # the worker dies; the operator still owes the receipt
    wait_until(lambda: collect_receipts() and fresh(message).delivered_at)


class CountingLine:
    """A line that remembers what it sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, message_id: str, phone_e164: str, text: str) -> Submitted:
        self.sent.append(message_id)
        return Submitted(message_id, (f"op-{message_id}-{uuid4().hex[:6]}",))


def two_workers(monkeypatch: pytest.MonkeyPatch, count: int) -> list[str]:
    """Two threads, each with a line of its own as two processes would have."""
    gate, lines = threading.Barrier(2), threading.local()
    everything: list[CountingLine] = []

    class OwnLine:
        def __init__(self, **_: Any) -> None:
            pass

        def __enter__(self) -> CountingLine:
            if not hasattr(lines, "one"):
                lines.one = CountingLine()
                everything.append(lines.one)
            return lines.one

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(work, "the_line", OwnLine)
    errors: list[BaseException] = []

    def run() -> None:
        try:
            gate.wait(10)
            while send_messages(limit=3):
                pass
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert Message.objects.filter(sent_at__isnull=False).count() == count
    return [one for each in everything for one in each.sent]


def test_two_workers_send_each_message_once(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(40):
        with_trace()
    sent = two_workers(monkeypatch, 40)
    assert len(sent) == len(set(sent)) == 40


def test_without_the_claim_two_workers_would_send_twice(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same race with a claim that looks but does not lock."""
    for _ in range(40):
        with_trace()
    meet = threading.Barrier(2)

    def looks_only(*, limit: int, **_: Any) -> list[Message]:
        found = list(Message.objects.filter(sent_at=None).order_by("id")[:limit])
        with contextlib.suppress(threading.BrokenBarrierError):
            meet.wait(2)
        return found

    monkeypatch.setattr(work.actions, "claim_messages", looks_only)
    sent = two_workers(monkeypatch, 40)
    assert len(sent) > len(set(sent))


def with_trace() -> Message:
    with transaction.atomic():
        return waiting()


def test_the_session_is_the_real_one() -> None:
    with line.the_line(waits=True) as opened:
        assert isinstance(opened, SmppSession)
        with line.the_line(waits=False) as second:
            assert second is None
    line.hang_up()
