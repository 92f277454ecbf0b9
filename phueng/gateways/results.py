"""Which kind of answer is this file, and what does it say? One reader for all of them.

The neutral CSV is also how the bank's printed reports (paid items, returned items) are taken in: an officer types or
exports the rows, and the report itself is attached elsewhere.
"""

from __future__ import annotations

import hashlib
import re

from phueng.gateways.answers import (
    Answer,
    AnsweredLine,
    AnswerKind,
    NextStep,
    Outcome,
    Reason,
    Statement,
    StatementEntry,
    WholeAnswer,
)
from phueng.gateways.comptroller.layout import ListLayout
from phueng.gateways.comptroller.reader import read_result as read_certified
from phueng.gateways.faults import whole_file_fault
from phueng.gateways.iso20022.statement import read_statement
from phueng.gateways.iso20022.status import read_status
from phueng.gateways.krungthai.result import COLUMNS, read_result

__all__ = [
    "Answer",
    "AnswerKind",
    "AnsweredLine",
    "NextStep",
    "Outcome",
    "Reason",
    "Statement",
    "StatementEntry",
    "WholeAnswer",
    "kind_of_answer",
    "read_answer",
]

_START = 4_096
_XML_KIND = re.compile(rb"urn:iso:std:iso:20022:tech:xsd:(pain\.002|camt\.053)\.")

# What the reasons of the neutral CSV ask for; the stand-in of the bank uses these codes.
_NEXT: dict[str, NextStep] = {"C01": "new_account", "C02": "ask_person", "C03": "new_account"}


def kind_of_answer(content: bytes, list_layout: ListLayout | None = None) -> AnswerKind:
    """By its first lines only; reading decides whether it really is one."""
    start = content[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        found = _XML_KIND.search(start)
        if found is None:
            return "unknown"
        return "pain.002" if found[1] == b"pain.002" else "camt.053"
    first = start.splitlines()[0] if start else b""
    if first.startswith(COLUMNS[0].encode("ascii")):
        return "neutral"
    if list_layout is not None:
        headings = list_layout.delimiter.join(list_layout.result_headings.values())
        if first == headings.encode(list_layout.encoding):
            return "certified"
    return "unknown"


def read_answer(content: bytes, list_layout: ListLayout | None = None) -> Answer:
    """Never raises; what is no answer at all has kind `unknown`, no lines and one fault.

    `list_layout` lets the result of a certified list be recognised as well.
    """
    kind = kind_of_answer(content, list_layout)
    if kind == "pain.002":
        return read_status(content)
    if kind == "camt.053":
        return read_statement(content)
    if kind == "neutral":
        return _neutral(content)
    if kind == "certified" and list_layout is not None:
        return _certified(list_layout, content)
    fault = whole_file_fault(
        "ไม่ใช่ผลการจ่ายแบบที่รู้จัก (CSV กลาง, pain.002, camt.053)",
        "This is no result of a kind we know (neutral CSV, pain.002, camt.053).",
    )
    return Answer("unknown", hashlib.sha256(content).hexdigest(), "", (), (), (), (fault,), is_whole=False)


def _neutral(content: bytes) -> Answer:
    read = read_result(content)
    lines = tuple(
        AnsweredLine(
            line=one.line,
            column=1,
            reference=one.line_reference,
            amount_satang=one.amount_satang,
            outcome=one.outcome,
            status=one.outcome,
            reason=_reason(one.reason_code, one.reason),
            settled_on=one.settled_on,
            bank_reference=one.bank_reference,
            account=one.account,
        )
        for one in read.lines
    )
    return Answer("neutral", read.sha256, "", lines, (), (), read.faults, read.is_whole)


def _certified(layout: ListLayout, content: bytes) -> Answer:
    read = read_certified(layout, content)
    lines = tuple(
        AnsweredLine(
            line=one.line,
            column=1,
            reference=one.line_reference,
            amount_satang=one.amount_satang,
            outcome=one.outcome,
            status=one.outcome,
            reason=_reason(one.reason_code, one.reason),
            settled_on=one.settled_on,
            bank_reference=one.transfer_reference,
            national_id=one.national_id,
        )
        for one in read.lines
    )
    return Answer("certified", read.sha256, "", lines, (), (), read.faults, read.is_whole)


def _reason(code: str, words: str) -> Reason | None:
    """The other side's own words; they come in one language only."""
    return Reason(code, words, words, _NEXT.get(code, "office")) if words or code else None
