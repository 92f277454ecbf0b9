"""What can be done with messages."""

from phueng.notices.actions.claim_messages import claim_messages
from phueng.notices.actions.fetch_codes_to_send import fetch_codes_to_send
from phueng.notices.actions.keep_receipts import give_up_waiting, keep_receipts
from phueng.notices.actions.note_sending import note_failed, note_sent, postpone_message, release_messages
from phueng.notices.actions.queue_message import queue_message
from phueng.notices.actions.settle_unreached import settle_unreached

__all__ = [
    "claim_messages",
    "fetch_codes_to_send",
    "give_up_waiting",
    "keep_receipts",
    "note_failed",
    "note_sent",
    "postpone_message",
    "queue_message",
    "release_messages",
    "settle_unreached",
]
