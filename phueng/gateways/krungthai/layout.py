"""Which byte of the bank's file means what? The answer is data: `layouts/<name>.yaml`, checked when it is
loaded."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

import yaml

from phueng.gateways.krungthai.contract import Product

LAYOUTS = Path(__file__).parent / "layouts"
ENCODINGS = ("tis_620", "cp874")
Kind = Literal["number", "date", "text", "blank"]
Align = Literal["left", "right"]

HEADER_SOURCES = {"batch_no", "count", "total_satang", "effective_on", "company_id"}
DETAIL_SOURCES = {
    "batch_no",
    "bank_code",
    "branch",
    "account",
    "sending_branch",
    "sending_account",
    "effective_on",
    "service_type",
    "amount_satang",
    "name",
    "sender_name",
    "reference",
    "running_no",
    "email",
    "mobile",
}
# Without these a line could not be traced back to a payment; a layout that lacks one is wrong, not different.
NEEDED_IN_HEADER = {"count", "total_satang", "effective_on"}
NEEDED_IN_DETAIL = {"bank_code", "account", "amount_satang", "name", "reference", "running_no"}


class LayoutFault(Exception):
    """The layout contradicts itself; no file may be written or read with it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record; `start` counts from 1 as the bank's papers do."""

    name: str
    start: int
    length: int
    kind: Kind
    align: Align
    source: str | None
    constant: str | None
    th: str
    en: str

    @property
    def place(self) -> slice:
        return slice(self.start - 1, self.start - 1 + self.length)

    @property
    def end(self) -> int:
        return self.start + self.length - 1


@dataclass(frozen=True, slots=True)
class ProductRule:
    """Who may be paid with a product, and for what."""

    service_types: frozenset[str]
    banks: frozenset[str] | None
    banks_but: frozenset[str]

    def takes_bank(self, code: str) -> bool:
        return (code in self.banks) if self.banks is not None else code not in self.banks_but


@dataclass(frozen=True, slots=True)
class Layout:
    """A version of the bank's file, with the doubtful places decided."""

    name: str
    record_bytes: int
    line_end: bytes
    encoding: str
    header: tuple[Field, ...]
    detail: tuple[Field, ...]
    products: Mapping[Product, ProductRule]
    options: Mapping[str, str]

    def detail_field(self, source: str) -> Field | None:
        """The first field that carries this value, or None when the layout leaves it out."""
        return next((field for field in self.detail if field.source == source), None)


def load_layout(
    name: str = "ipay-2024", options: Mapping[str, str] | None = None, encoding: str | None = None
) -> Layout:
    """The layout with the choices of this office. LayoutFault when layout or choices make no sense."""
    return _load(name, tuple(sorted((options or {}).items())), encoding)


@functools.cache
def _load(name: str, wished: tuple[tuple[str, str], ...], encoding: str | None) -> Layout:
    path = LAYOUTS / f"{name}.yaml"
    if path.parent != LAYOUTS or not path.is_file():
        raise LayoutFault(f"no layout named {name!r}")
    return layout_from(yaml.safe_load(path.read_text(encoding="utf-8")), dict(wished), encoding)


def layout_from(written: Mapping[str, Any], wished: Mapping[str, str], encoding: str | None = None) -> Layout:
    """The layout that a parsed YAML file describes."""
    options = _decided(written["options"], wished)
    layout = Layout(
        name=written["name"],
        record_bytes=written["record_bytes"],
        line_end=written["line_end"].encode("ascii"),
        encoding=encoding or written["encoding"],
        header=tuple(_field(one, written["options"], options) for one in written["header"]),
        detail=tuple(_field(one, written["options"], options) for one in written["detail"]),
        products=MappingProxyType(
            {cast(Product, product): _rule(rule) for product, rule in written["products"].items()}
        ),
        options=MappingProxyType(options),
    )
    _insist(layout.encoding in ENCODINGS, f"encoding {layout.encoding!r} is not a one-byte Thai encoding")
    _insist(layout.line_end in (b"\r\n", b"\n"), "line_end must be CRLF or LF")
    _check_record("header", layout.header, layout.record_bytes, HEADER_SOURCES, NEEDED_IN_HEADER)
    _check_record("detail", layout.detail, layout.record_bytes, DETAIL_SOURCES, NEEDED_IN_DETAIL)
    _insist(set(layout.products) == {"direct", "standard"}, "both products must be described")
    return layout


def _decided(options: Mapping[str, Any], wished: Mapping[str, str]) -> dict[str, str]:
    unknown = set(wished) - set(options)
    _insist(not unknown, f"no such option: {', '.join(sorted(unknown))}")
    decided = {name: wished.get(name, option["chosen"]) for name, option in options.items()}
    for name, choice in decided.items():
        _insist(choice in options[name]["choices"], f"option {name} has no choice {choice!r}")
    return decided


def _field(written: Mapping[str, Any], options: Mapping[str, Any], decided: Mapping[str, str]) -> Field:
    one = dict(written)
    option = one.pop("option", None)
    if option is not None:
        _insist(option in options, f"no such option: {option}")
        one |= options[option]["choices"][decided[option]]
    field = Field(
        name=one["field"],
        start=one["start"],
        length=one["length"],
        kind=one["kind"],
        align=one.get("align", "left"),
        source=one.get("source"),
        constant=one.get("constant"),
        th=one["th"],
        en=one["en"],
    )
    _check_field(field)
    return field


def _check_field(field: Field) -> None:
    _insist(field.kind in ("number", "date", "text", "blank"), f"{field.name}: kind {field.kind!r}")
    _insist(field.align in ("left", "right"), f"{field.name}: align {field.align!r}")
    _insist(field.length > 0, f"{field.name}: no length")
    _insist(field.kind != "date" or field.length == 8, f"{field.name}: a date has eight digits")
    given = (field.source is not None) + (field.constant is not None)
    _insist(given == (0 if field.kind == "blank" else 1), f"{field.name}: exactly one of source and constant")
    if field.constant is not None:
        _insist(
            field.constant.isascii() and len(field.constant) == field.length,
            f"{field.name}: constant too short",
        )


def _check_record(record: str, fields: Iterable[Field], size: int, sources: set[str], needed: set[str]) -> None:
    """Fields follow each other without gap or overlap, and fill the record exactly."""
    expected = 1
    names: set[str] = set()
    used: set[str] = set()
    for field in fields:
        _insist(field.start == expected, f"{record}.{field.name} begins at {field.start}, expected {expected}")
        _insist(field.name not in names, f"{record}.{field.name} stands twice")
        _insist(field.source is None or field.source in sources, f"{record}.{field.name}: unknown source")
        expected += field.length
        names.add(field.name)
        used |= {field.source} if field.source else set()
    _insist(expected - 1 == size, f"{record} fills {expected - 1} bytes of {size}")
    _insist(needed <= used, f"{record} lacks {', '.join(sorted(needed - used))}")


def _rule(written: Mapping[str, Any]) -> ProductRule:
    banks = written.get("banks")
    return ProductRule(
        frozenset(written["service_types"]),
        None if banks is None else frozenset(banks),
        frozenset(written.get("banks_but", ())),
    )


def _insist(holds: object, sentence: str) -> None:
    if not holds:
        raise LayoutFault(sentence)
