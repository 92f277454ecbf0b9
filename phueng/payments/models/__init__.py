"""Runs, their lines and approvals; the files they become; what was answered; how far the work has come."""

from phueng.payments.models.choices import CounterChoice
from phueng.payments.models.exports import Export
from phueng.payments.models.files import BankFile, FileChunk, FileTrouble
from phueng.payments.models.holders import HolderCheck, HolderRuling, SharedFlag
from phueng.payments.models.printed import PrintedMark, PrintedReport
from phueng.payments.models.progress import Exclusion, Progress, RegisterWord, Verification
from phueng.payments.models.results import ResultFile, ResultLine, Reversal, SuspenseItem
from phueng.payments.models.runs import Approval, Line, Run
from phueng.payments.models.seeds import SampleSeed

__all__ = [
    "Approval",
    "BankFile",
    "CounterChoice",
    "Exclusion",
    "Export",
    "FileChunk",
    "FileTrouble",
    "HolderCheck",
    "HolderRuling",
    "Line",
    "PrintedMark",
    "PrintedReport",
    "Progress",
    "RegisterWord",
    "ResultFile",
    "ResultLine",
    "Reversal",
    "Run",
    "SampleSeed",
    "SharedFlag",
    "SuspenseItem",
    "Verification",
]
