"""What can be done with money: prepare, check, release, abandon, take in the bank's answer, settle what is unclear."""

from phueng.payments.actions.abandon_run import abandon_run
from phueng.payments.actions.check_run import check_run
from phueng.payments.actions.give_back_file import give_back_file
from phueng.payments.actions.import_result import import_result
from phueng.payments.actions.prepare_run import prepare_run
from phueng.payments.actions.release_run import release_run
from phueng.payments.actions.settle_suspense import settle_suspense

__all__ = [
    "abandon_run",
    "check_run",
    "give_back_file",
    "import_result",
    "prepare_run",
    "release_run",
    "settle_suspense",
]
