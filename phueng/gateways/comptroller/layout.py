"""Which column of the list means what? The answer is data: `layouts/<name>.yaml`, checked when it is
loaded."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from phueng.gateways.comptroller.contract import Outcome, Route

LAYOUTS = Path(__file__).parent / "layouts"
LIST_COLUMNS = frozenset(
    {
        "authority_code",
        "authority_name",
        "scheme_code",
        "month",
        "sequence",
        "reference",
        "national_id",
        "full_name",
        "route",
        "bank_code",
        "account",
        "amount",
        "certified_by",
        "certified_on",
    }
)
RESULT_COLUMNS = frozenset(
    {
        "line_reference",
        "national_id",
        "amount",
        "outcome",
        "reason_code",
        "reason",
        "settled_on",
        "transfer_reference",
    }
)
# Without these nobody could tell whom a row is about or match the result to it.
NEEDED_IN_LIST = {"reference", "national_id", "full_name", "amount", "month", "scheme_code"}
NEEDED_IN_RESULT = {"line_reference", "national_id", "amount", "outcome", "reason"}

_BAHT = re.compile(r"(0|[1-9][0-9]{0,14})\.([0-9]{2})", re.ASCII)
_SATANG = re.compile(r"[1-9][0-9]{0,16}", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


class LayoutFault(Exception):
    """The layout contradicts itself; no list may be written or read with it."""


@dataclass(frozen=True, slots=True)
class ListLayout:
    """A version of the list and of its result."""

    name: str
    encoding: str
    with_mark: bool
    delimiter: str
    line_end: str
    amount: str
    month: str
    list_headings: Mapping[str, str]
    result_headings: Mapping[str, str]
    outcomes: Mapping[str, Outcome]
    routes: Mapping[Route, str]

    def write_amount(self, satang: int) -> str:
        return str(satang) if self.amount == "satang" else f"{satang // 100}.{satang % 100:02d}"

    def read_amount(self, written: str) -> int | None:
        """Satang, or None when this is no amount above zero in the layout's own form."""
        if self.amount == "satang":
            return int(written) if _SATANG.fullmatch(written) else None
        found = _BAHT.fullmatch(written)
        return (int(found[1]) * 100 + int(found[2]) or None) if found else None

    def write_month(self, first: date) -> str:
        return f"{first.year + (543 if self.month == 'be' else 0):04d}-{first.month:02d}"

    def read_month(self, written: str) -> date | None:
        found = _MONTH.fullmatch(written)
        if not found:
            return None
        year = int(found[1]) - (543 if self.month == "be" else 0)
        return date(year, int(found[2]), 1) if 2000 <= year <= 2200 else None


@functools.cache
def load_layout(name: str = "monthly-list-2566") -> ListLayout:
    """The layout of this name. LayoutFault when there is none or it makes no sense."""
    path = LAYOUTS / f"{name}.yaml"
    if path.parent != LAYOUTS or not path.is_file():
        raise LayoutFault(f"no layout named {name!r}")
    return layout_from(yaml.safe_load(path.read_text(encoding="utf-8")))


def layout_from(written: Mapping[str, Any]) -> ListLayout:
    """The layout that a parsed YAML file describes."""
    _insist(written["encoding"] in ("utf-8", "cp874", "tis_620"), "encoding")
    _insist(not written["with_mark"] or written["encoding"] == "utf-8", "only UTF-8 has a mark")
    _insist(written["delimiter"] in (",", ";", "|", "\t"), "delimiter")
    _insist(written["line_end"] in ("\r\n", "\n"), "line_end")
    _insist(written["amount"] in ("baht", "satang") and written["month"] in ("be", "ce"), "amount or month")
    _check_headings("list", written["list"], LIST_COLUMNS, NEEDED_IN_LIST)
    _check_headings("result", written["result"], RESULT_COLUMNS, NEEDED_IN_RESULT)
    _insist(set(written["outcomes"].values()) == {"paid", "returned", "pending"}, "outcomes")
    _insist(set(written["routes"]) == {"promptpay", "account"}, "routes")
    return ListLayout(
        name=written["name"],
        encoding=written["encoding"],
        with_mark=written["with_mark"],
        delimiter=written["delimiter"],
        line_end=written["line_end"],
        amount=written["amount"],
        month=written["month"],
        list_headings=MappingProxyType(dict(written["list"])),
        result_headings=MappingProxyType(dict(written["result"])),
        outcomes=MappingProxyType(dict(written["outcomes"])),
        routes=MappingProxyType(dict(written["routes"])),
    )


def _check_headings(table: str, headings: Mapping[str, str], known: frozenset[str], needed: set[str]) -> None:
    _insist(set(headings) <= known, f"{table} has an unknown column")
    _insist(needed <= set(headings), f"{table} lacks {', '.join(sorted(needed - set(headings)))}")
    _insist(len(set(headings.values())) == len(headings), f"{table} has one heading twice")


def _insist(holds: object, sentence: str) -> None:
    if not holds:
        raise LayoutFault(sentence)
