"""What do a bank's status and reason codes mean, in words for people?"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from phueng.gateways.answers import Outcome, Reason


@functools.cache
def _codes() -> Mapping[str, Any]:
    read: dict[str, Any] = yaml.safe_load(files("phueng.gateways.iso20022").joinpath("codes.yaml").read_text("utf-8"))
    return read


def outcome_of(status: str) -> Outcome | None:
    """paid, returned or pending; None for a status nobody has decided about."""
    found: Outcome | None = _codes()["statuses"].get(status)
    return found


def is_reason(code: str) -> bool:
    """Is this one of the standard's codes that we know?"""
    return code in _codes()["reasons"]


def reason_of(code: str, words: str = "") -> Reason | None:
    """The reason in both languages, with the bank's own words behind it; None when there is neither."""
    if not code and not words:
        return None
    known = _codes()["reasons"].get(code)
    if known is None:
        said = words or code
        return Reason(code, f"ธนาคารแจ้งว่า “{said}”", f"The bank says “{said}”", "office")
    following, th, en = known
    return Reason(code, f"{th} ({words})" if words else th, f"{en} ({words})" if words else en, following)
