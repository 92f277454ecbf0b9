"""What can be done with access? One file for each act; all are audited."""

from phueng.access.actions.borrow_hand import borrow_hand, end_borrowed_hands
from phueng.access.actions.change_password import change_password
from phueng.access.actions.close_account import close_account, reopen_account
from phueng.access.actions.end_duty import end_duty
from phueng.access.actions.enrol_factor import confirm_factor, forget_factor
from phueng.access.actions.fetch_codes import CodeToSend, fetch_codes
from phueng.access.actions.give_delegation import give_delegation
from phueng.access.actions.give_duty import give_duty
from phueng.access.actions.give_password import give_password
from phueng.access.actions.issue_code import issue_code
from phueng.access.actions.lay_hand import lay_hand, lay_hands, lay_hands_on
from phueng.access.actions.open_account import open_account
from phueng.access.actions.redeem_code import redeem_code
from phueng.access.actions.reseal import SealedColumn, reseal_batch
from phueng.access.actions.set_baits import set_baits
from phueng.access.actions.sign_in import SignIn, note_sign_in, sign_in
from phueng.access.actions.step_up import step_up

__all__ = [
    "CodeToSend",
    "SealedColumn",
    "SignIn",
    "borrow_hand",
    "change_password",
    "close_account",
    "confirm_factor",
    "end_borrowed_hands",
    "end_duty",
    "fetch_codes",
    "forget_factor",
    "give_delegation",
    "give_duty",
    "give_password",
    "issue_code",
    "lay_hand",
    "lay_hands",
    "lay_hands_on",
    "note_sign_in",
    "open_account",
    "redeem_code",
    "reopen_account",
    "reseal_batch",
    "set_baits",
    "sign_in",
    "step_up",
]
