"""What can be done with evidence and letters."""

from phueng.documents.actions.ask_for_letter import ask_for_letter
from phueng.documents.actions.examine_evidence import examine_evidence
from phueng.documents.actions.expire_evidence import expire_evidence
from phueng.documents.actions.keep_until import keep_until
from phueng.documents.actions.make_letter import make_letter, postpone_letter
from phueng.documents.actions.read_file import note_reading
from phueng.documents.actions.receive_evidence import receive_evidence
from phueng.documents.actions.wipe_letters import wipe_letters
from phueng.documents.actions.withdraw_evidence import withdraw_evidence

__all__ = [
    "ask_for_letter",
    "examine_evidence",
    "expire_evidence",
    "keep_until",
    "make_letter",
    "note_reading",
    "postpone_letter",
    "receive_evidence",
    "wipe_letters",
    "withdraw_evidence",
]
