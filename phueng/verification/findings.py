"""What did a check find, and from whom? The shape in which every answer is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from phueng.verification.wording import FACT_LABELS, sentence

Outcome = Literal["passed", "failed", "attention"]


@dataclass(frozen=True)
class Finding:
    """The outcome of one check, ready to be kept."""

    outcome: Outcome
    source: str
    answer: Mapping[str, Any]
    question: Mapping[str, Any] = field(default_factory=dict)


def found(
    outcome: Outcome,
    code: str,
    source: str,
    /,
    *,
    th: dict[str, str] | None = None,
    en: dict[str, str] | None = None,
    facts: Sequence[Mapping[str, Any]] = (),
    question: Mapping[str, Any] | None = None,
    stops_others: bool = False,
    **more: Any,
) -> Finding:
    """A finding in the words of `code`; `stops_others`: the later checks wait until an officer has settled this one."""
    words = sentence(code, th, en)
    answer = {
        "code": code, "th": words.th, "en": words.en, "stops_others": stops_others, "facts": list(facts), **more,
    }  # fmt: skip
    return Finding(outcome, source, storable(answer), storable(question or {}))


def fact(
    code: str, *, stated: Any = None, known: Any = None, verdict: str = "", source: str = "", as_of: Any = None
) -> dict[str, Any]:
    """One value as the applicant stated it and as the source knows it."""
    label = FACT_LABELS[code]
    return {
        "code": code, "label_th": label.th, "label_en": label.en, "stated": stated, "found": known, "verdict": verdict,
        "source": source, "as_of": as_of,
    }  # fmt: skip


def storable(value: Any) -> Any:
    """The same value in JSON: days and moments in ISO, ids as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): storable(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [storable(inner) for inner in value]
        case _:
            raise TypeError(f"{type(value).__name__} cannot be kept in a check")
