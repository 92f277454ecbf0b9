"""How do a million payments become the bank's lines, batch by batch, in seconds and in little memory?

The bytes are those of `writer.write_file`, which stays the reference: tests compare the two. Speed comes from asking
each question of a whole column at once. A column with anything doubtful in it is asked again row by row, so that the
refusal names its payee. References are unique within a batch; across batches the database's constraint sees to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import attrgetter, ne
from typing import Any, cast

from phueng.gateways.krungthai.contract import (
    DetailRow,
    FileHead,
    FileIntent,
    FileRefused,
    PaymentLine,
    RenderedDetails,
    Warned,
)
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.refusals import MOST_LINES, is_email, is_mobile, refusals_of, refusals_of_head
from phueng.gateways.krungthai.writer import Value, fitted, header_record, rendered, shared_values

# The columns of a row, as the layout calls them.
COLUMNS = ("reference", "bank_code", "branch", "account", "name", "amount_satang", "mobile", "email")
row_of: Callable[[PaymentLine], DetailRow] = attrgetter(*COLUMNS)

_REFERENCES = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9/._-]{0,17}\n)+", re.ASCII)
_LARGEST_AMOUNT = 10**17 - 1

Columns = dict[str, Sequence[Any]]


def render_header(layout: Layout, head: FileHead, count: int, total_satang: int) -> bytes:
    """The header record, once count and sum are known. Raises `FileRefused`."""
    _insist_on_head(layout, head, count)
    return header_record(layout, head, count, total_satang)


def render_details(
    layout: Layout, head: FileHead, rows: Iterable[DetailRow], *, first_running_no: int = 1
) -> RenderedDetails:
    """The lines of these payments, numbered on from `first_running_no`. Raises `FileRefused` with every reason.

    Several thousand rows at a time are quickest; a batch of them all would hold a whole file in memory.
    """
    batch = rows if isinstance(rows, Sequence) else list(rows)
    _insist_on_head(layout, head, max(first_running_no - 1 + len(batch), 1))
    if not batch:
        return RenderedDetails(b"", 0, 0, ())
    columns: Columns = dict(zip(COLUMNS, zip(*batch, strict=True), strict=True))
    if not _is_plain(layout, head, columns):
        _refuse_by_row(layout, head, batch)
    warnings: list[Warned] = []
    room = layout.detail_field("name")
    if room is not None and max(map(len, columns["name"])) > room.length:
        columns["name"] = [
            fitted(layout, "name", name, reference, warnings)
            for name, reference in zip(columns["name"], columns["reference"], strict=True)
        ]
    template, sources = _template(layout, shared_values(layout, head, warnings))
    numbers = range(first_running_no, first_running_no + len(batch))
    written = [numbers if one.source == "running_no" else _written(layout, one, columns) for one in sources]
    lines = zip(*written, strict=True) if written else repeat((), len(batch))
    content = b"".join(map(template.__mod__, lines))
    if len(content) != len(batch) * (layout.record_bytes + len(layout.line_end)):
        # Widths are least widths: only an overlong field can make this differ, and it would shift every later one.
        raise ValueError("a field does not fit into its place")
    return RenderedDetails(content, len(batch), sum(columns["amount_satang"]), tuple(warnings))


def _insist_on_head(layout: Layout, head: FileHead, count: int) -> None:
    refusals = tuple(refusals_of_head(layout, head, min(count, MOST_LINES + 1)))
    if refusals:
        raise FileRefused(refusals)


def _is_plain(layout: Layout, head: FileHead, columns: Columns) -> bool:
    """Does every row pass? One look at each column; False only means that rows must be asked one by one."""
    names = columns["name"]
    return (
        _are_references(columns["reference"])
        and all(_is_bank(layout, head, code) for code in set(columns["bank_code"]))
        and _are_digits(columns["branch"], 0, 4)
        and _are_digits(columns["account"], 1, 11)
        and all(map(int, columns["account"]))
        and set(map(type, columns["amount_satang"])) == {int}
        and min(columns["amount_satang"]) >= 1
        and max(columns["amount_satang"]) <= _LARGEST_AMOUNT
        and _are_names(names)
        and all(not one or is_mobile(one) for one in set(columns["mobile"]))
        and all(not one or is_email(one) for one in set(columns["email"]))
    )


def _are_references(column: Sequence[str]) -> bool:
    joined = "\n".join(column) + "\n"
    is_plain = joined.count("\n") == len(column) and _REFERENCES.fullmatch(joined) is not None
    return is_plain and len(set(column)) == len(column)


def _is_bank(layout: Layout, head: FileHead, code: str) -> bool:
    is_code = len(code) == 3 and code.isascii() and code.isdigit() and code != "000"
    return is_code and layout.products[head.product].takes_bank(code)


def _are_digits(column: Sequence[str], least: int, most: int) -> bool:
    lengths = set(map(len, column))
    joined = "".join(column)
    is_plain = joined == "" or (joined.isascii() and joined.isdigit())
    return is_plain and least <= min(lengths) and max(lengths) <= most


def _are_names(names: Sequence[str]) -> bool:
    joined = "".join(names)
    if not all(names) or any(map(ne, names, map(str.strip, names))) or not joined.isprintable():
        return False
    try:
        joined.encode("tis_620")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_by_row(layout: Layout, head: FileHead, batch: Sequence[DetailRow]) -> None:
    lines = tuple(PaymentLine(*row) for row in batch)
    intent = FileIntent(**{name: getattr(head, name) for name in FileHead.__slots__}, lines=lines)
    refusals = tuple(refusals_of(layout, intent))
    if refusals:
        raise FileRefused(refusals)


def _template(layout: Layout, shared: dict[str, Value]) -> tuple[bytes, list[Field]]:
    """A line with everything filled in that is alike for all, and the fields that are left, in their order."""
    pieces: list[bytes] = []
    left: list[Field] = []
    for one in layout.detail:
        if one.source == "running_no" or one.source == "amount_satang":
            pieces.append(b"%%0%dd" % one.length)
        elif one.source in COLUMNS:
            pieces.append((b"%%%db" if one.align == "right" else b"%%-%db") % one.length)
        else:
            value = one.constant if one.source is None else shared[one.source]
            pieces.append(rendered(one, value, layout.encoding).replace(b"%", b"%%"))
            continue
        left.append(one)
    return b"".join(pieces) + layout.line_end, left


def _written(layout: Layout, one: Field, columns: Columns) -> Sequence[Any]:
    """One column in the file's encoding; numbers in text are filled up with zeros."""
    column = columns[cast(str, one.source)]
    if one.source == "amount_satang":
        return column
    if one.kind == "number":
        column = list(map(str.zfill, column, repeat(one.length)))
    elif None in column:
        column = ["" if said is None else said for said in column]
    return "\n".join(column).encode(layout.encoding).split(b"\n")
