"""How do we read a CSV from outside without believing more of it than it says, and write one nobody
misreads?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from phueng.gateways.dropfolders import LARGEST_ANSWER
from phueng.gateways.faults import MOST_FAULTS, FileFault, whole_file_fault

# A cell that begins like this is run as a formula by a spreadsheet when an officer opens the file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line in the file; `cells` by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What could be read, and what could not. `is_whole` is False when the file as such cannot be trusted."""

    rows: tuple[Row, ...]
    faults: tuple[FileFault, ...]
    is_whole: bool


def read_table(content: bytes, headings: Mapping[str, str], *, encoding: str = "utf-8", delimiter: str = ",") -> Table:
    """Rows of a CSV whose first line holds exactly these headings (column name → heading), in this order.

    A row of the wrong width is a fault and left out; a file in another encoding, with other headings or cut
    off in mid-line gives no rows at all.
    """
    text, fault = _decoded(content, encoding)
    if fault is not None:
        return Table((), (fault,), is_whole=False)
    rows: list[Row] = []
    faults: list[FileFault] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        first = next(reader, [])
        if first != list(headings.values()):
            return Table((), (_wrong_headings(first, headings),), is_whole=False)
        for cells in reader:
            if len(cells) != len(headings):
                faults.append(
                    cell_fault(
                        reader.line_num,
                        1,
                        "row",
                        delimiter.join(cells),
                        f"{len(headings)} columns",
                        f"มี {len(cells)} ช่อง แทนที่จะเป็น {len(headings)}",
                        f"has {len(cells)} cells instead of {len(headings)}.",
                    )
                )
            else:
                rows.append(Row(reader.line_num, dict(zip(headings, cells, strict=True))))
            if len(faults) >= MOST_FAULTS:
                break
    except csv.Error as wrong:
        faults.append(
            whole_file_fault(
                f"อ่าน CSV ต่อไม่ได้ที่บรรทัด {reader.line_num}",
                f"The CSV cannot be read beyond line {reader.line_num}: {wrong}.",
            )
        )
        return Table((), tuple(faults), is_whole=False)
    return Table(tuple(rows), tuple(faults), is_whole=True)


def write_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    with_mark: bool = False,
    line_end: str = "\r\n",
) -> bytes:
    """The CSV with these headings; `with_mark` puts the Unicode mark in front, which Excel wants for Thai."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(headings)
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if with_mark else b"") + text.getvalue().encode(encoding)


def cell_fault(line: int, column: int, field: str, found: str, expected: str, th: str, en: str) -> FileFault:
    """A fault in one cell; columns are counted in cells here."""
    return FileFault(line, column, column, field, found[:200], expected, f"บรรทัดที่ {line} {th}", f"Line {line} {en}")


def starts_a_formula(cell: str) -> bool:
    return cell.startswith(FORMULA_STARTS)


def _decoded(content: bytes, encoding: str) -> tuple[str, FileFault | None]:
    if len(content) > LARGEST_ANSWER:
        return "", whole_file_fault("แฟ้มใหญ่เกินไป", "The file is too large.")
    if not content.strip():
        return "", whole_file_fault("แฟ้มว่างเปล่า", "The file is empty.")
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except UnicodeDecodeError:
        return "", whole_file_fault(f"แฟ้มไม่ใช่ {encoding}", f"The file is not {encoding}.", field="encoding")
    if "\x00" in text:
        return "", whole_file_fault("แฟ้มไม่ใช่ข้อความ", "The file is not text.")
    if not text.endswith("\n"):
        return "", whole_file_fault(
            "บรรทัดสุดท้ายไม่จบ แฟ้มอาจขาดท้าย", "The last line does not end; the file may be cut off."
        )
    return text, None


def _wrong_headings(found: list[str], headings: Mapping[str, str]) -> FileFault:
    return FileFault(
        1,
        1,
        max(len(found), 1),
        "headings",
        ",".join(found)[:300],
        ",".join(headings.values()),
        "หัวตารางไม่ตรงกับที่ตกลงกันไว้",
        "The headings are not those agreed upon.",
    )
