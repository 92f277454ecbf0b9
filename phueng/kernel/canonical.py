"""Which bytes stand for these facts, always the same, so that they can be hashed and the hash checked years later?

JSON in UTF-8, keys sorted by code point, no spaces. What could be written in two ways is refused: floats (money and
counts are integers), moments without a zone, sets. Text is kept as it is: two texts that differ must differ here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID


def _plain(fact: Any) -> Any:
    if isinstance(fact, Enum):
        return _plain(fact.value)
    if fact is None or isinstance(fact, (bool, str)):
        return fact
    if isinstance(fact, int):
        return int(fact)
    if isinstance(fact, datetime):
        return _moment(fact)
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, UUID):
        return str(fact)
    if isinstance(fact, Decimal):
        return _decimal(fact)
    if isinstance(fact, (bytes, bytearray, memoryview)):
        return bytes(fact).hex()
    if isinstance(fact, Mapping):
        return _sorted_by_key(fact)
    if isinstance(fact, (list, tuple)):
        return [_plain(part) for part in fact]
    raise TypeError(f"{type(fact).__name__} has no canonical form")


def _moment(moment: datetime) -> str:
    """UTC with six decimals: the same moment seen from two zones is one text."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone to have a canonical form")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _decimal(number: Decimal) -> str:
    """Plain digits without an exponent and without trailing zeros: 1.50 and 1.5 are one text, and so are 0 and -0."""
    if not number.is_finite():
        raise ValueError("only finite numbers have a canonical form")
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _sorted_by_key(facts: Mapping[Any, Any]) -> dict[str, Any]:
    for key in facts:
        if type(key) is not str:
            raise TypeError(f"keys are plain text, not {type(key).__name__}")
    return {key: _plain(facts[key]) for key in sorted(facts)}


def canonical_json(obj: Any) -> bytes:
    """The bytes. TypeError for floats and other types without one form; ValueError for naive moments and broken text.

    Dates are ISO, moments UTC, UUIDs lower case, decimals and bytes (hex) are text. A date and the text of that date
    give the same bytes: the reader knows each column's type.
    """
    written = json.dumps(_plain(obj), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.encode("utf-8")
