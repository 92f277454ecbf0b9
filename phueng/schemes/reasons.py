"""Why: what was looked at, who said so, which law asks for it, in a sentence for the person?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from phueng.kernel.money import format_baht
from phueng.kernel.thai_dates import format_date
from phueng.schemes.conditions import Amount, Condition, Terms
from phueng.schemes.facts import COLUMNS, Fact
from phueng.schemes.laws import Law, law
from phueng.schemes.words import Words

Outcome = Literal["eligible", "not_eligible", "cannot_tell"]


@dataclass(frozen=True)
class Reason:
    """One condition's answer: what was looked at, who said so, and the sentence for the person.

    `passed` is None when a fact is not known. `sentence` is the label while the condition holds.
    """

    code: str
    label: Words
    law: Law
    passed: bool | None
    value: Any
    source: str
    as_of: date | datetime | None
    sentence_th: str
    sentence_en: str


@dataclass(frozen=True)
class Decision:
    """What the rules say. A machine's reading for a person who decides, never the decision itself."""

    scheme: str
    on: date
    outcome: Outcome
    reasons: tuple[Reason, ...]
    amount_satang: int | None
    parameters_used: Mapping[str, Any]

    def failed(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.passed is False)

    def unknown(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.passed is None)


def reason_for(
    condition: Condition, passed: bool | None, value: Any, facts: Mapping[str, Fact], terms: Terms
) -> Reason:
    fact = facts.get(condition.columns[0], Fact(None))
    sentence = condition.label
    if passed is None:
        sentence = _not_known(condition.columns, facts)
    elif not passed:
        sentence = _failing(condition, value, terms)
    return Reason(
        code=condition.code,
        label=condition.label,
        law=law(condition.law),
        passed=passed,
        value=value,
        source=fact.source,
        as_of=fact.as_of,
        sentence_th=sentence.th,
        sentence_en=sentence.en,
    )


def _failing(condition: Condition, value: Any, terms: Terms) -> Words:
    kind = COLUMNS[condition.columns[0]].kind
    limit: Any = None
    if condition.limit is not None:
        limit = terms.satang(condition.limit) if kind == "money" else terms.number(condition.limit)
    return condition.fails.filled(
        th={"value": _said(value, kind, "th"), "limit": _said(limit, kind, "th")},
        en={"value": _said(value, kind, "en"), "limit": _said(limit, kind, "en")},
    )


def _said(value: Any, kind: str, language: str) -> str:
    """A value inside a sentence: money without its unit, days in the reader's calendar."""
    if kind == "money" and isinstance(value, int):
        return format_baht(value, language).split(" ", 1)[0]
    if isinstance(value, date):
        return format_date(value, language)
    return str(value)


def _not_known(columns: tuple[str, ...], facts: Mapping[str, Fact]) -> Words:
    missing = [
        COLUMNS[code].label
        for code in columns
        if code != "born_on_precision" and (code not in facts or facts[code].value is None)
    ]
    th = " และ ".join(label.th for label in missing)
    en = " and ".join(label.en[0].lower() + label.en[1:] for label in missing)
    return Words(f"ยังไม่มีข้อมูลเรื่อง {th} จึงยังบอกไม่ได้", f"We do not know yet: {en}. So we cannot tell.")


def unknown_amount(amount: Amount, facts: Mapping[str, Fact]) -> Reason:
    sentence = _not_known(amount.columns, facts)
    return Reason(
        code=amount.code,
        label=amount.label,
        law=law(amount.law),
        passed=None,
        value=None,
        source="",
        as_of=None,
        sentence_th=sentence.th,
        sentence_en=sentence.en,
    )
