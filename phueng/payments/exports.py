"""How does a register become a spreadsheet that no program misreads, however many rows it has?

XLSX: identifiers are text, amounts are numbers with two decimals, totals are values. There is no formula anywhere: a cell
that would look like one is text. CSV: UTF-8 with the mark that Excel wants, and nothing that a spreadsheet would run.
Both show days in the Buddhist era with the ISO day beside, and say on top who made them, when and why. Rows stream from
the database to the file, so memory does not grow with them.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils import translation

from phueng.design.wording import say
from phueng.kernel.money import format_amount
from phueng.kernel.thai_dates import format_date, format_moment, in_bangkok
from phueng.payments.proof_wording import scheme_words, source_words
from phueng.payments.registers import Column, OpenRegister

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (ASVS 1.2.10).
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = {"text": 24, "id": 20, "outcome": 14, "count": 12, "baht": 16, "day": 16}
OUTCOME_WORDS = {"paid": ("เข้าบัญชี", "Paid"), "returned": ("คืน", "Returned"), "waiting": ("รอผล", "Waiting")}


@dataclass(frozen=True)
class Maker:
    """Who takes rows out, when and what for: printed on every export."""

    name: str
    at: datetime
    language: str
    purpose: str = ""
    approved_by: str = ""

    def watermark(self) -> str:
        """One line that travels with the file."""
        words = say(
            "พิมพ์โดย {name} เมื่อ {at}", "Made by {name} on {at}", name=self.name, at=format_moment(self.at, self.language)
        )
        why = say("วัตถุประสงค์: {why}", "Purpose: {why}", why=self.purpose) if self.purpose else ""
        other = say("อนุมัติโดย {name}", "Approved by {name}", name=self.approved_by) if self.approved_by else ""
        return " · ".join(part for part in (words, why, other) if part)


@dataclass(frozen=True)
class Written:
    """What went into a file."""

    rows: int
    totals: dict[str, int]


def headings(columns: Sequence[Column]) -> list[str]:
    """The words over the columns of a file: a day has two."""
    found: list[str] = []
    for column in columns:
        words = say(column.th, column.en)
        found += [words, f"{words} (ISO)"] if column.kind == "day" else [words]
    return found


def title_of(opened: OpenRegister) -> str:
    """The register and what it was narrowed to."""
    return f"{say(opened.register.th, opened.register.en)} · " + " · ".join(asked_words(opened))


def asked_words(opened: OpenRegister) -> list[str]:
    """What it was narrowed to, in words."""
    asked = opened.asked
    year = asked.year if translation.get_language() != "en" else asked.year - 543
    first = asked.first_of_month
    said = [say("ปีงบประมาณ {year}", "Fiscal year {year}", year=year)]
    said += [format_date(first, _language(), "short").split(" ", 1)[1]] if first else []
    said += [scheme_words(asked.scheme)] if asked.scheme else []
    said += [say(*OUTCOME_WORDS[asked.outcome])] if asked.outcome else []
    return said + [one for one in (asked.office, asked.run) if one]


def write_xlsx(to: IO[bytes], opened: OpenRegister, maker: Maker) -> Written:
    """One sheet: title, watermark, frozen heading, rows, totals."""
    with translation.override(maker.language):
        book = xlsxwriter.Workbook(
            to,
            {
                "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
            },
        )  # fmt: skip
        book.set_properties({"title": title_of(opened), "author": maker.name, "comments": maker.watermark()})
        sheet = book.add_worksheet(say(opened.register.th, opened.register.en)[:31])
        written = _Sheet(book, sheet).fill(opened, maker)
        book.close()
    return written


class _Sheet:
    """Where the next cell goes, and in which format."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet, self.line = sheet, 0
        self.plain = book.add_format({"num_format": "@"})
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self.baht = book.add_format({"num_format": "#,##0.00"})
        self.count = book.add_format({"num_format": "#,##0"})
        self.bold = book.add_format({"bold": True})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.bold_baht = book.add_format({"bold": True, "num_format": "#,##0.00", "top": 1})
        self.bold_count = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})

    def fill(self, opened: OpenRegister, maker: Maker) -> Written:
        columns = opened.register.columns
        self._widths(columns)
        self.sheet.write_string(0, 0, title_of(opened), self.bold)
        self.sheet.write_string(1, 0, maker.watermark())
        self.line = 3
        names = headings(columns)
        for at, words in enumerate(names):
            self.sheet.write_string(self.line, at, words, self.heading)
        self.sheet.freeze_panes(self.line + 1, 0)
        self.sheet.repeat_rows(self.line)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L{maker.watermark().replace('&', '&&')[:200]}&R&P / &N")
        written = _streamed(opened, self._row)
        if written.rows:
            self.sheet.autofilter(3, 0, self.line, len(names) - 1)
        self._totals(columns, written)
        return written

    def _widths(self, columns: Sequence[Column]) -> None:
        at = 0
        for column in columns:
            self.sheet.set_column(at, at, _WIDTHS[column.kind])
            if column.kind == "day":
                at += 1
                self.sheet.set_column(at, at, 12)
            at += 1

    def _row(self, cells: Iterator["Cell"]) -> None:
        self.line += 1
        for at, cell in enumerate(cells):
            if cell.number is not None:
                number = cell.number / 100 if cell.kind == "baht" else cell.number
                self.sheet.write_number(self.line, at, number, self.baht if cell.kind == "baht" else self.count)
            elif cell.text:
                self.sheet.write_string(
                    self.line, at, cell.text, self.quoted if cell.text.startswith(_RUNS) else self.plain
                )

    def _totals(self, columns: Sequence[Column], written: Written) -> None:
        self.line += 2
        self.sheet.write_string(self.line, 0, say("รวม {n} แถว", "{n} rows together", n=f"{written.rows:,}"), self.bold)
        at = 0
        for column in columns:
            if column.is_summed:
                total = written.totals[column.code]
                is_baht = column.kind == "baht"
                self.sheet.write_number(
                    self.line, at, total / 100 if is_baht else total, self.bold_baht if is_baht else self.bold_count
                )
            at += 2 if column.kind == "day" else 1


def write_csv(to: IO[bytes], opened: OpenRegister, maker: Maker) -> Written:
    """The same rows for another program: heading first, then rows; the watermark stands last."""
    text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=False)
    with translation.override(maker.language):
        text.write(BOM)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(headings(opened.register.columns))
        written = _streamed(opened, lambda cells: writer.writerow([cell.as_csv() for cell in cells]))
        writer.writerow([])
        writer.writerow([_unrunnable(f"{title_of(opened)} · {maker.watermark()}")])
    text.flush()
    text.detach()
    return written


WRITERS: dict[str, Callable[[IO[bytes], OpenRegister, Maker], Written]] = {"xlsx": write_xlsx, "csv": write_csv}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Either a number (satang or a count) or text."""

    kind: str
    text: str = ""
    number: int | None = None

    @property
    def on_paper(self) -> str:
        """As people read it."""
        if self.number is None:
            return self.text
        return format_amount(self.number) if self.kind == "baht" else f"{self.number:,}"

    def as_csv(self) -> str:
        """Plain digits for numbers; text that runs nowhere."""
        if self.number is None:
            return _unrunnable(self.text)
        return f"{Decimal(self.number) / 100:.2f}" if self.kind == "baht" else str(self.number)


def cells_of(columns: Sequence[Column], row: Sequence[Any], language: str) -> Iterator[Cell]:
    """The cells of a row (without its id) in words; a day becomes two."""
    for column, value in zip(columns, row, strict=True):
        if column.kind in ("baht", "count"):
            yield Cell(column.kind, number=int(value or 0))
        elif column.kind == "day":
            yield Cell("day", "" if value is None else format_date(value, language, "short"))
            yield Cell("iso", value.isoformat() if isinstance(value, date) else "")
        else:
            yield Cell(column.kind, words_of(column, value))


def words_of(column: Column, value: Any) -> str:
    """A code as a person reads it."""
    if not value:
        return ""
    if column.kind == "outcome":
        return say(*OUTCOME_WORDS[value])
    if column.code == "scheme":
        return scheme_words(value)
    if column.code == "source":
        return source_words(value)
    return str(value)


def name_of_file(opened: OpenRegister, layout: str, at: datetime) -> str:
    """register-control-2570-20261122-0930.xlsx"""
    return f"register-{opened.register.code}-{opened.asked.year}-{in_bangkok(at):%Y%m%d-%H%M}.{layout}"


def _streamed(opened: OpenRegister, put: Callable[[Iterator[Cell]], object]) -> Written:
    columns, language = opened.register.columns, _language()
    totals = {column.code: 0 for column in columns if column.is_summed}
    places = [(place, column.code) for place, column in enumerate(columns, start=1) if column.is_summed]
    rows = 0
    for row in opened.each():
        put(cells_of(columns, row[1:], language))
        rows += 1
        for place, code in places:
            totals[code] += row[place] or 0
    return Written(rows, totals)


def _unrunnable(text: str) -> str:
    return f"'{text}" if text.startswith(_RUNS) else text


def _language() -> str:
    return "en" if (translation.get_language() or "th").startswith("en") else "th"
