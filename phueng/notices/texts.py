"""What exactly does a message say, and may it be said on a phone that others read?"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from phueng.kernel.languages import is_english
from phueng.kernel.references import format_reference, is_valid_reference, normalise_reference
from phueng.kernel.thai_text import clean_text

_FILE = Path(__file__).with_name("messages.yaml")
# One-time codes are written by access and only carried by us.
CODE_TEMPLATE = "tracking_code"
_LINK = re.compile(r"https?:|www\.|//|[a-z0-9-]+\.(?:th|com|net|org|go|me|ly|page)\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"[0-9]{5,}")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Template code → language → text."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def compose(template_code: str, language: str, values: Mapping[str, Any]) -> str:
    """The finished text. LookupError for an unknown template or a missing value: a fault of ours, found in tests.

    A reference is written 4-4-3 however it is given. Values are cleaned, so that nothing invisible reaches a phone.
    """
    template = texts()[template_code]["en" if is_english(language) else "th"]
    wanted = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    if missing := wanted - values.keys():
        raise LookupError(f"{template_code} needs {sorted(missing)}")
    said = {name: _written(name, values[name]) for name in wanted}
    text = template.format(**said)
    if forbidden := problem_with(text):
        raise ValueError(f"{template_code}: {forbidden}")
    return text


def problem_with(text: str) -> str:
    """Why a text may not be sent, or "": links (scams look like that) and long numbers (an ID, an account)."""
    if _LINK.search(text):
        return "holds a link"
    return "holds a long number" if _LONG_NUMBER.search(text) else ""


def _written(name: str, value: Any) -> str:
    text = clean_text(str(value), 40)
    if name == "reference" and is_valid_reference(text):
        return format_reference(normalise_reference(text) or text)
    return text
