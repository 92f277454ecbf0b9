"""What does notices do on its own clock? It fetches codes, sends what is due, and follows what was sent."""

import logging
from datetime import timedelta

from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.gateways.sms.contract import MessageRefused, SmsGateway, SmsRefused, SmsUnavailable
from phueng.notices import actions
from phueng.notices.line import the_line
from phueng.notices.models import Message
from phueng.notices.texts import CODE_TEMPLATE

log = logging.getLogger("phueng.notices")

# After two troubles in one batch the line is taken to be down, and the others wait instead of running into it one by one.
MOST_TROUBLES = 2
RECEIPT_PATIENCE = 0.2  # seconds; the step comes again every two seconds
RECEIPTS_FOLLOWED_FOR = timedelta(hours=48)


def send_codes(*, limit: int = 50) -> int:
    """Take one-time codes from access into the outbox; they are the first that `send_messages` takes."""
    return actions.fetch_codes_to_send(by=SYSTEM("notices.send_codes"), at=now(), limit=limit)


def send_messages(*, limit: int = 20) -> int:
    """Send what is due; returns how many the operator took.

    The claim is committed before a message leaves and the sending noted after, so a kill in between can send a message
    twice, and never loses one. The message's id travels along as reference: both tries join to one text on the phone.
    """
    by = SYSTEM("notices.send_messages")
    claimed = actions.claim_messages(by=by, at=now(), limit=limit)
    sent = troubles = 0
    with the_line(waits=True) as line:
        for place, message in enumerate(claimed):
            if line is None or troubles >= MOST_TROUBLES:
                actions.release_messages(by=by, at=now(), message_ids=[one.pk for one in claimed[place:]])
                break
            is_sent, is_trouble = _send(message, line, by)
            sent += is_sent
            troubles += is_trouble
    return sent


def _send(message: Message, line: SmsGateway, by: Actor) -> tuple[bool, bool]:
    """Send one message and note the answer: (was it sent, is the line in trouble)."""
    at = now()
    if at >= message.give_up_at:
        code = "too_late" if message.template_code == CODE_TEMPLATE else "operator_away"
        actions.note_failed(by=by, at=at, message_id=message.pk, failure_code=code)
        return False, False
    try:
        submitted = line.send(str(message.pk), message.to_phone, message.text)
    except SmsUnavailable as trouble:
        log.warning("message %s waits: operator %s", message.pk, trouble.kind)
        actions.postpone_message(
            by=by, at=now(), message_id=message.pk, failure=trouble.kind, provider_ids=trouble.provider_ids,
            is_a_try=trouble.kind not in ("refused", "bind"),
        )  # fmt: skip
        return False, True
    except SmsRefused as refused:
        code = f"refused_{refused.code:08X}"
        actions.note_failed(
            by=by, at=now(), message_id=message.pk, failure_code=code, provider_ids=refused.provider_ids
        )
        return False, False
    except MessageRefused:
        actions.note_failed(by=by, at=now(), message_id=message.pk, failure_code="cannot_be_said")
        return False, False
    except ValueError:
        actions.note_failed(by=by, at=now(), message_id=message.pk, failure_code="bad_number")
        return False, False
    actions.note_sent(by=by, at=now(), message_id=message.pk, provider_ids=submitted.provider_ids)
    return True, False


def collect_receipts(*, limit: int = 200) -> int:
    """Take in receipts, commit, and only then confirm them: what was not kept is sent to us again."""
    by, at = SYSTEM("notices.collect_receipts"), now()
    given_up = actions.give_up_waiting(by=by, at=at, limit=limit)
    if not Message.objects.filter(sent_at__gte=at - RECEIPTS_FOLLOWED_FOR, delivered_at__isnull=True).exists():
        return given_up  # nothing to hear, so no connection is opened for it
    with the_line(waits=False) as line:
        if line is None:
            return given_up  # busy sending; receipts wait at the operator
        try:
            receipts = line.poll_receipts(RECEIPT_PATIENCE)
            kept = actions.keep_receipts(by=by, at=now(), receipts=receipts) if receipts else 0
            line.confirm_receipts()
        except SmsUnavailable as trouble:
            log.warning("no receipts: operator %s", trouble.kind)
            return given_up
    return given_up + kept
