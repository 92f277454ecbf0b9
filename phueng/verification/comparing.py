"""Do a stated and a registered name, or birth date, mean the same person? Plain functions without Django."""

from collections.abc import Mapping
from typing import Literal

from rapidfuzz import fuzz

from phueng.kernel.thai_text import clean_text, without_spacing
from phueng.kernel.titles import strip_title

Verdict = Literal["same", "spelling", "different"]


def name_alone(first_name: str, last_name: str) -> str:
    """First and last name without title, in one spelling of marks and spaces."""
    _, first = strip_title(clean_text(first_name))
    return f"{without_spacing(first)} {without_spacing(clean_text(last_name))}".strip().casefold()


def compare_names(stated: Mapping[str, str], registered: Mapping[str, str], *, variant_from: float) -> Verdict:
    """Same letters, one name spelt differently (likeness from `variant_from` on), or another name."""
    one = name_alone(stated.get("first_name", ""), stated.get("last_name", ""))
    other = name_alone(registered.get("first_name", ""), registered.get("last_name", ""))
    if one == other:
        return "same"
    return "spelling" if fuzz.ratio(one, other) / 100 >= variant_from else "different"


def compare_births(stated_iso: str, registered_iso: str) -> Verdict:
    """Partial dates agree when neither contradicts the other: 1948 agrees with 1948-03-01."""
    if not stated_iso or not registered_iso:
        return "different"
    shorter, longer = sorted((stated_iso.split("-"), registered_iso.split("-")), key=len)
    return "same" if longer[: len(shorter)] == shorter else "different"
