"""What did somebody paste or upload as allotments, row by row, and what is wrong with a row? No Django, no database.

A row is: office, amount; or office, scheme, amount; or office, scheme, source, amount. Tab (from a spreadsheet), semicolon
or comma separate; Thai digits and baht signs are read; a heading row is passed over.
"""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_text import clean_text
from phueng.ledger.accounts import Fund

MOST_ROWS = 20_000
HEADINGS = frozenset({"office", "office_code", "สำนักงาน", "รหัสสำนักงาน", "หน่วยงาน", "ศูนย์"})

UNKNOWN_OFFICE = Problem(
    "unknown_office",
    "ไม่รู้จักสำนักงานนี้",
    "No such office",
    "ใส่รหัส เช่น KKN-DPC หรือชื่อเต็ม",
    "Use the code, such as KKN-DPC, or the full name",
)
UNKNOWN_FUND = Problem(
    "unknown_fund", "โครงการหรือแหล่งเงินนี้ไม่ได้เลือกไว้ในขั้นแรก", "This scheme or source was not chosen in the first step",
    "แก้ชื่อ หรือกลับไปเลือกเพิ่ม", "Correct it, or go back and choose it",
)  # fmt: skip
TWICE = Problem(
    "twice", "สำนักงาน โครงการ และแหล่งเงินนี้มีแล้วในแถวก่อน", "This office, scheme and source stand in an earlier row",
    "รวมยอดเป็นแถวเดียว", "Put the sum into one row",
)  # fmt: skip
WRONG_COLUMNS = Problem(
    "wrong_columns", "จำนวนช่องไม่ถูกต้อง", "This row has a wrong number of columns",
    "ใส่ สำนักงาน, โครงการ, แหล่งเงิน, จำนวนเงิน ถ้ายอดมีจุลภาคให้ใส่ในเครื่องหมายคำพูด", "Office, scheme, source, amount; put an amount with commas into quotes",
)  # fmt: skip
NOTHING = Problem(
    "nothing",
    "จำนวนเงินต้องมากกว่า 0",
    "The amount must be more than 0",
    "ลบแถวนี้ถ้าไม่จัดสรร",
    "Remove the row if nothing is allotted",
)


@dataclass(frozen=True)
class Chosen:
    """A scheme and source that the plan is about, with the words that may name them in a row."""

    scheme_code: str
    source: str
    scheme_words: frozenset[str]
    source_words: frozenset[str]


@dataclass(frozen=True)
class ReadRow:
    """One row: what it allots, or the problem with it."""

    number: int
    raw: str
    fund: Fund | None = None
    satang: int = 0
    problem: Problem | None = None


def _plain(word: str) -> str:
    return clean_text(word, 200).casefold()


def read_rows(text: str, *, fiscal_year: int, chosen: Collection[Chosen], offices: Mapping[str, str]) -> list[ReadRow]:
    """Read every row; `offices` maps code and names (plain) to the code."""
    known = {_plain(name): code for name, code in offices.items()}
    found: list[ReadRow] = []
    seen: set[Fund] = set()
    for number, raw in enumerate(text.splitlines()[:MOST_ROWS], start=1):
        cells = _cells(raw)
        if not any(cells) or (not found and _plain(cells[0]) in HEADINGS):
            continue
        row = _read(number, raw, cells, fiscal_year, chosen, known)
        if row.fund is not None and row.fund in seen:
            row = ReadRow(number, raw, problem=TWICE)
        if row.fund is not None:
            seen.add(row.fund)
        found.append(row)
    return found


def _cells(raw: str) -> list[str]:
    separator = next((mark for mark in ("\t", ";") if mark in raw), ",")
    return [clean_text(cell, 200) for cell in next(csv.reader([raw], delimiter=separator), [""])] or [""]


def _read(
    number: int, raw: str, cells: list[str], fiscal_year: int, chosen: Collection[Chosen], offices: Mapping[str, str]
) -> ReadRow:
    def wrong(problem: Problem) -> ReadRow:
        return ReadRow(number, raw, problem=problem)

    if not 2 <= len(cells) <= 4:
        return wrong(WRONG_COLUMNS)
    office = offices.get(_plain(cells[0]))
    if office is None:
        return wrong(UNKNOWN_OFFICE)
    fitting = [one for one in chosen if _fits(one, cells[1:-1])]
    if len(fitting) != 1:
        return wrong(UNKNOWN_FUND)
    try:
        satang = parse_baht(cells[-1])
    except Refused as refusal:
        return wrong(refusal.problem)
    if satang == 0:
        return wrong(NOTHING)
    return ReadRow(number, raw, Fund(fiscal_year, fitting[0].scheme_code, office, fitting[0].source), satang)


def _fits(one: Chosen, named: list[str]) -> bool:
    names = [_plain(name) for name in named if name]
    if len(names) > 1 and names[1] not in one.source_words:
        return False
    return not names or names[0] in one.scheme_words
