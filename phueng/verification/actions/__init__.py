"""What can be done to verify a request? Checks are asked, answered, settled, asked again; a home is visited."""

from phueng.verification.actions.add_visit_photo import add_visit_photo
from phueng.verification.actions.answer_check import answer_check
from phueng.verification.actions.ask_again import ask_again
from phueng.verification.actions.ask_register import RegisterQuestion, ask_register
from phueng.verification.actions.finish_visit import finish_visit
from phueng.verification.actions.note_visit_place import note_visit_place
from phueng.verification.actions.postpone_check import postpone_check
from phueng.verification.actions.save_visit_answers import save_visit_answers
from phueng.verification.actions.settle_check import settle_check
from phueng.verification.actions.start_checks import start_checks
from phueng.verification.actions.start_visit import start_visit

__all__ = [
    "RegisterQuestion", "add_visit_photo", "answer_check", "ask_again", "ask_register", "finish_visit",
    "note_visit_place", "postpone_check", "save_visit_answers", "settle_check", "start_checks", "start_visit",
]  # fmt: skip
