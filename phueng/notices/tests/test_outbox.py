"""Is news queued once, lost never, and handed to a person when no phone can carry it?"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from phueng.access.actions import issue_code
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.gateways.sms.contract import Receipt
from phueng.kernel.problems import Refused
from phueng.notices.actions import (
    claim_messages,
    fetch_codes_to_send,
    give_up_waiting,
    keep_receipts,
    note_failed,
    note_sent,
    postpone_message,
    queue_message,
    release_messages,
    settle_unreached,
)
from phueng.notices.models import Message, ProviderPart, UnreachedTask
from phueng.notices.queries import message_counts, unreached_for, unreached_open
from phueng.notices.tests.factories import AT, MessageFactory, UnreachedTaskFactory

PHONE = "081-234-5678"
WORKER = SYSTEM("tests")
OFFICER = Actor("staff", uuid4(), "สมชาย", "front_desk")


def queue(subject: UUID, phone: str = PHONE, code: str = "application_received", **more: Any) -> Message | None:
    return queue_message(
        by=WORKER, at=AT, template_code=code, subject=("application", subject), to_phone=phone,
        values={"reference": "7K3M-9QXT-4ZP"}, **more,
    )  # fmt: skip


def receipt(provider_id: str, status: Any = "delivered") -> Receipt:
    return Receipt(provider_id, status, AT)


def sent(message: Message, *provider_ids: str) -> Message:
    return note_sent(by=WORKER, at=AT, message_id=message.id, provider_ids=provider_ids)


def test_news_is_queued_once(db: Any) -> None:
    subject = uuid4()
    first = queue(subject)
    assert first is not None
    assert queue(subject) == first
    assert queue(subject, occasion="second") != first
    assert first.to_phone == "+66812345678"
    assert "7K3M-9QXT-4ZP" in first.text
    assert Entry.objects.filter(act="notices.queue_message").count() == 2
    connection.check_constraints()


@pytest.mark.parametrize("phone", ["", "02-123-4567", "ไม่มี", "+14155550100"])
def test_without_a_mobile_a_person_tells_the_news(db: Any, phone: str) -> None:
    subject = uuid4()
    assert queue(subject, phone) is None
    assert queue(subject, phone) is None
    assert not Message.objects.filter(subject_id=subject).exists()
    (task,) = unreached_for([subject])
    assert (task.reason_code, task.template_code) == ("no_phone", "application_received")
    assert queue(subject, phone, "application_approved") is None
    assert len(unreached_for([subject])) == 2
    connection.check_constraints()


def test_one_call_settles_all_older_news(db: Any) -> None:
    subject, other = uuid4(), uuid4()
    old = UnreachedTaskFactory(subject_id=subject, made_at=AT - timedelta(days=1))
    new = UnreachedTaskFactory(subject_id=subject, template_code="application_approved")
    later = UnreachedTaskFactory(subject_id=subject, template_code="payment_paid", made_at=AT + timedelta(days=1))
    elsewhere = UnreachedTaskFactory(subject_id=other)
    with pytest.raises(Refused):
        settle_unreached(by=OFFICER, at=AT, task_id=new.id, outcome="  ")
    settled = settle_unreached(by=OFFICER, at=AT, task_id=new.id, outcome="โทรหาผู้ใหญ่บ้าน แจ้งแล้ว")
    assert settled.settled_by_name == "สมชาย"
    again = settle_unreached(by=OFFICER, at=AT, task_id=new.id, outcome="อีกครั้ง")
    assert again.outcome == "โทรหาผู้ใหญ่บ้าน แจ้งแล้ว"
    old.refresh_from_db()
    assert old.settled_at == AT
    assert set(unreached_open()) == {later, elsewhere}


def test_a_claim_keeps_others_away_until_it_is_old(db: Any) -> None:
    MessageFactory()
    assert len(claim_messages(by=WORKER, at=AT, limit=10)) == 1
    assert claim_messages(by=WORKER, at=AT + timedelta(seconds=59), limit=10) == []
    (again,) = claim_messages(by=WORKER, at=AT + timedelta(seconds=61), limit=10)
    release_messages(by=WORKER, at=AT, message_ids=[again.id])
    assert len(claim_messages(by=WORKER, at=AT + timedelta(seconds=61), limit=10)) == 1


def test_one_time_codes_go_first(db: Any) -> None:
    MessageFactory(queued_at=AT - timedelta(hours=1))
    code = MessageFactory(template_code="tracking_code", give_up_at=AT + timedelta(minutes=10))
    assert claim_messages(by=WORKER, at=AT, limit=1) == [code]


def test_a_message_is_delivered_when_all_its_parts_are(db: Any) -> None:
    message = MessageFactory()
    sent(message, "a", "b")
    assert keep_receipts(by=WORKER, at=AT, receipts=[receipt("a")]) == 1
    message.refresh_from_db()
    assert message.delivered_at is None
    assert keep_receipts(by=WORKER, at=AT, receipts=[receipt("a"), receipt("b")]) == 1
    message.refresh_from_db()
    assert message.delivered_at == AT
    assert keep_receipts(by=WORKER, at=AT, receipts=[receipt("a", "undeliverable"), receipt("b")]) == 0
    assert Entry.objects.filter(act="notices.deliver_message").count() == 1


def test_a_receipt_that_is_faster_than_our_note_counts(db: Any) -> None:
    message = MessageFactory()
    assert keep_receipts(by=WORKER, at=AT, receipts=[receipt("fast")]) == 1
    sent(message, "fast")
    message.refresh_from_db()
    assert message.delivered_at == AT


def test_parts_of_a_broken_try_do_not_count(db: Any) -> None:
    message = MessageFactory()
    postpone_message(by=WORKER, at=AT, message_id=message.id, failure="broken", provider_ids=["old"])
    sent(message, "new-1", "new-2")
    keep_receipts(by=WORKER, at=AT, receipts=[receipt("old", "expired"), receipt("new-1"), receipt("new-2")])
    message.refresh_from_db()
    assert (message.delivered_at, message.failed_at, message.tries) == (AT, None, 2)
    assert ProviderPart.objects.filter(message=message).count() == 3


@pytest.mark.parametrize("status", ["undeliverable", "expired", "rejected", "deleted"])
def test_what_did_not_arrive_becomes_a_task(db: Any, status: str) -> None:
    message = MessageFactory()
    sent(message, "x")
    keep_receipts(by=WORKER, at=AT, receipts=[receipt("x", status)])
    keep_receipts(by=WORKER, at=AT, receipts=[receipt("x", status)])
    task = UnreachedTask.objects.get(message=message)
    assert task.reason_code == ("expired" if status == "expired" else "undeliverable")
    counts = message_counts(AT - timedelta(days=1))
    assert (counts.failed, counts.unreached, counts.waiting) == (1, 1, 0)
    connection.check_constraints()


def test_an_operator_that_stays_away_ends_with_a_person(db: Any) -> None:
    message = MessageFactory(give_up_at=AT + timedelta(hours=24))
    at, pauses = AT, []
    while message.failed_at is None:
        message = postpone_message(by=WORKER, at=at, message_id=message.id, failure="timeout")
        pauses.append((message.next_try_at - at).total_seconds())
        at = message.next_try_at
    assert message.tries == 12
    assert pauses == sorted(pauses)
    assert UnreachedTask.objects.get(message=message).reason_code == "operator_away"


def test_a_line_that_is_down_uses_up_no_tries_but_time(db: Any) -> None:
    message = MessageFactory(give_up_at=AT + timedelta(hours=1))
    message = postpone_message(by=WORKER, at=AT, message_id=message.id, failure="refused", is_a_try=False)
    assert (message.tries, message.failed_at) == (0, None)
    late = AT + timedelta(minutes=59, seconds=58)
    message = postpone_message(by=WORKER, at=late, message_id=message.id, failure="refused", is_a_try=False)
    assert message.failure_code == "operator_away"


def test_silence_for_a_day_is_asked_about(db: Any) -> None:
    message = MessageFactory()
    sent(message, "silent")
    assert give_up_waiting(by=WORKER, at=AT + timedelta(hours=23)) == 0
    assert give_up_waiting(by=WORKER, at=AT + timedelta(hours=25)) == 1
    assert UnreachedTask.objects.get(message=message).reason_code == "no_receipt"


def test_a_settled_sending_is_not_changed_by_a_slow_worker(db: Any) -> None:
    message = MessageFactory()
    sent(message, "first")
    note_failed(by=WORKER, at=AT, message_id=message.id, failure_code="refused_0000000B")
    postpone_message(by=WORKER, at=AT, message_id=message.id, failure="timeout")
    message.refresh_from_db()
    assert (message.sent_at, message.failed_at, message.tries) == (AT, None, 1)


def test_a_code_is_kept_nowhere_once_it_is_sent(db: Any) -> None:
    issue_code(
        purpose="tracking", subject_id=uuid4(), phone="+66812345678", by=Actor("citizen", None, "", "citizen"), at=AT
    )
    assert fetch_codes_to_send(by=WORKER, at=AT, limit=10) == 1
    assert fetch_codes_to_send(by=WORKER, at=AT, limit=10) == 0
    message = Message.objects.get()
    code = "".join(letter for letter in message.text if letter.isdigit())[:6]
    assert len(code) == 6
    for entry in Entry.objects.all():
        assert code not in f"{entry.before}{entry.after}{entry.why}"
    sent(message, "code")
    message.refresh_from_db()
    assert not any(letter.isdigit() for letter in message.text)
    keep_receipts(by=WORKER, at=AT, receipts=[receipt("code", "undeliverable")])
    assert not UnreachedTask.objects.exists()
