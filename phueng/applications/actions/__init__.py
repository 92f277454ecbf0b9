"""What can be done with an application: one file an act."""

from phueng.applications.actions.answer_missing_thing import answer_missing_thing
from phueng.applications.actions.ask_for_missing_thing import ask_for_missing_thing
from phueng.applications.actions.claim import claim_case, release_case, take_over_case
from phueng.applications.actions.close import close_application
from phueng.applications.actions.forward import forward_application
from phueng.applications.actions.link_person import link_person
from phueng.applications.actions.photos import add_photo, remove_photo
from phueng.applications.actions.reopen import reopen_application
from phueng.applications.actions.save import save_application_answers
from phueng.applications.actions.start import start_application
from phueng.applications.actions.submit import submit_application
from phueng.applications.actions.transfer import transfer_application
from phueng.applications.actions.triage import triage_application
from phueng.applications.actions.withdraw import withdraw_application

__all__ = [
    "add_photo",
    "answer_missing_thing",
    "ask_for_missing_thing",
    "claim_case",
    "close_application",
    "forward_application",
    "link_person",
    "release_case",
    "remove_photo",
    "reopen_application",
    "save_application_answers",
    "start_application",
    "submit_application",
    "take_over_case",
    "transfer_application",
    "triage_application",
    "withdraw_application",
]
