"""What can be done with money: prepare, approve, release, abandon, take in the bank's answer, settle what is unclear."""

from phueng.payments.actions.abandon_run import abandon_run
from phueng.payments.actions.approve_run import approve_run
from phueng.payments.actions.choose_counter import choose_counter, confirm_counter, end_counter
from phueng.payments.actions.confirm_third_party import confirm_ruling, turn_down_ruling
from phueng.payments.actions.give_back_file import give_back_file
from phueng.payments.actions.import_result import hand_in_result, import_result, take_in_waiting
from phueng.payments.actions.mark_printed import (
    begin_printed,
    confirm_printed,
    drop_printed,
    hand_over_printed,
    mark_printed,
)
from phueng.payments.actions.prepare_run import prepare_run
from phueng.payments.actions.record_gfmis import record_gfmis
from phueng.payments.actions.release_run import release_run
from phueng.payments.actions.reverse_payment import confirm_reversal, note_reversal
from phueng.payments.actions.rule_on_account import rule_on_holder, rule_on_sharing
from phueng.payments.actions.settle_suspense import settle_suspense

__all__ = [
    "abandon_run",
    "approve_run",
    "begin_printed",
    "choose_counter",
    "confirm_counter",
    "confirm_printed",
    "confirm_reversal",
    "confirm_ruling",
    "drop_printed",
    "end_counter",
    "give_back_file",
    "hand_in_result",
    "hand_over_printed",
    "import_result",
    "mark_printed",
    "note_reversal",
    "prepare_run",
    "record_gfmis",
    "release_run",
    "rule_on_holder",
    "rule_on_sharing",
    "settle_suspense",
    "take_in_waiting",
    "turn_down_ruling",
]
