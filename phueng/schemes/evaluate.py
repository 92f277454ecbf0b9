"""What do a scheme's rules say about this person, or about everyone in a register, on this day?

Both answers come from the same expressions: one person is a register of one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any, Literal

import polars as pl

from phueng.kernel.money import format_baht
from phueng.kernel.thai_dates import format_date
from phueng.schemes.conditions import Amount, Condition, Rules, Terms, gaps
from phueng.schemes.definition import Scheme
from phueng.schemes.facts import COLUMNS, Fact
from phueng.schemes.laws import Law, law
from phueng.schemes.parameters import Parameters
from phueng.schemes.words import Words

Outcome = Literal["eligible", "not_eligible", "cannot_tell"]

_TYPES: dict[str, Any] = {
    "boolean": pl.Boolean,
    "date": pl.Date,
    "money": pl.Int64,
    "count": pl.Int64,
    "text": pl.String,
}
_AMOUNT, _FIRST_MONTH = "amount_satang", "first_month"


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


def rules_of(scheme: Scheme) -> Rules:
    """The rules beside the scheme's data; loaded here so that naming a scheme never loads Polars."""
    rules: Rules = import_module(f"phueng.schemes.{scheme.folder.name}.rules").RULES
    return rules


def columns_used(scheme: Scheme) -> tuple[str, ...]:
    """Every fact that the scheme's rules look at."""
    return rules_of(scheme).columns()


def decide(scheme: Scheme, facts: Mapping[str, Fact], on: date, parameters: Parameters | None = None) -> Decision:
    """One person on one day, with a reason for every condition in force.

    A fact that is missing or None makes its conditions "not known". `parameters` replaces the scheme's numbers in a
    what-if. Raises NoParameter for a day on which the scheme had no rules.
    """
    rules = rules_of(scheme)
    terms = Terms(parameters or scheme.parameters, on)
    conditions = _in_force(rules, terms)
    shown = [_shown(condition, terms).alias(f"shown:{condition.code}") for condition in conditions]
    answers = _answer(_one_row(facts), scheme, rules, terms, also=shown).row(0, named=True)
    reasons = [
        _reason(condition, answers[f"passes:{condition.code}"], answers[f"shown:{condition.code}"], facts, terms)
        for condition in conditions
    ]
    eligible = answers["eligible"]
    if _amount_is_missing(scheme, reasons, eligible):
        reasons.append(_unknown_amount(rules.amount, facts))
    return Decision(
        scheme=scheme.code,
        on=on,
        outcome="cannot_tell" if eligible is None else "eligible" if eligible else "not_eligible",
        reasons=tuple(reasons),
        amount_satang=answers[_AMOUNT],
        parameters_used=dict(terms.used),
    )


def decide_register(
    scheme: Scheme, frame: pl.DataFrame | pl.LazyFrame, on: date, parameters: Parameters | None = None
) -> pl.DataFrame:
    """Everyone in a register on one day: the frame's own columns, then eligible, amount_satang, failed, unknown.

    `eligible` is null where the answer is "cannot tell"; `failed` and `unknown` list condition codes.
    """
    rules = rules_of(scheme)
    answered = _answer(frame.lazy(), scheme, rules, Terms(parameters or scheme.parameters, on))
    own = [name for name in frame.lazy().collect_schema().names() if name not in rules.columns()]
    return answered.select(*own, "eligible", _AMOUNT, "failed", "unknown")


def amount_for_month(scheme: Scheme, facts: Mapping[str, Fact], month: date) -> int | None:
    """Satang due for the month that holds this day: 0 before the first month due, None when it cannot be told.

    Asks only how much and from when. Whether the person is still entitled is a fact of `entitlements`.
    """
    amount: int | None = amounts_for_month(scheme, _one_row(facts), month).item(0, _AMOUNT)
    return amount


def amounts_for_month(scheme: Scheme, frame: pl.DataFrame | pl.LazyFrame, month: date) -> pl.DataFrame:
    """`amount_for_month` for a whole register: the frame's own columns, then amount_satang."""
    rules = rules_of(scheme)
    first = month.replace(day=1)
    terms = Terms(scheme.parameters, first)
    due_from = _first_month(rules, terms)
    amount = (
        pl.when(due_from <= first)
        .then(rules.amount.expression(terms).cast(pl.Int64))
        .when(due_from > first)
        .then(pl.lit(0, dtype=pl.Int64))
    )
    own = [name for name in frame.lazy().collect_schema().names() if name not in rules.columns()]
    return _with_every_column(frame.lazy(), rules).select(*own, amount.alias(_AMOUNT)).collect()


def first_month_due(scheme: Scheme, facts: Mapping[str, Fact], on: date | None = None) -> date | None:
    """The first day of the first month paid, or None when a fact is missing. Needs the fact `registered_on`.

    `on` chooses the rules' day; left out, the rules of the day of registration hold.
    """
    registered = facts.get("registered_on")
    if registered is None or registered.value is None:
        return None
    rules = rules_of(scheme)
    terms = Terms(scheme.parameters, on or registered.value)
    frame = _with_every_column(_one_row(facts), rules)
    due_from: date | None = frame.select(_first_month(rules, terms).alias(_FIRST_MONTH)).collect().item()
    return due_from


def _first_month(rules: Rules, terms: Terms) -> pl.Expr:
    if rules.first_month is None:
        raise ValueError("a lump sum has no months")
    expression: pl.Expr = rules.first_month.expression(terms)
    return expression


def _in_force(rules: Rules, terms: Terms) -> list[Condition]:
    return [condition for condition in rules.conditions if condition.is_in_force(terms)]


def _answer(
    frame: pl.LazyFrame, scheme: Scheme, rules: Rules, terms: Terms, also: list[pl.Expr] | None = None
) -> pl.DataFrame:
    """The frame with passes:<code>, eligible, amount_satang, failed and unknown."""
    conditions = _in_force(rules, terms)
    passes = [f"passes:{condition.code}" for condition in conditions]
    answered = _with_every_column(frame, rules).with_columns(
        *(condition.passes(terms).alias(f"passes:{condition.code}") for condition in conditions),
        rules.amount.expression(terms).cast(pl.Int64).alias("amount:wanted"),
        *(also or []),
    )
    met = pl.all_horizontal(passes)  # false beats unknown, unknown beats true
    if scheme.benefit_kind == "monthly":
        # A monthly amount follows from the facts alone: if it cannot be told, neither can the whole answer.
        met = pl.when(met & pl.col("amount:wanted").is_null()).then(None).otherwise(met)
    answered = answered.with_columns(
        met.alias("eligible"),
        _codes_where(conditions, lambda column: ~column).alias("failed"),
        _codes_where(conditions, lambda column: column.is_null()).alias("unknown"),
    )
    return answered.with_columns(
        pl.when(pl.col("eligible")).then(pl.col("amount:wanted")).alias(_AMOUNT)
    ).collect()


def _codes_where(conditions: list[Condition], holds: Any) -> pl.Expr:
    """A list of the codes of those conditions whose answer `holds`."""
    codes = [
        pl.when(holds(pl.col(f"passes:{condition.code}"))).then(pl.lit(condition.code)) for condition in conditions
    ]
    return pl.concat_list(codes).list.drop_nulls()


def _with_every_column(frame: pl.LazyFrame, rules: Rules) -> pl.LazyFrame:
    """The frame with each fact in its own type; a fact that nobody supplied is unknown for everyone."""
    given = set(frame.collect_schema().names())
    return frame.with_columns(
        (pl.col(code) if code in given else pl.lit(None)).cast(_TYPES[COLUMNS[code].kind]).alias(code)
        for code in rules.columns()
    )


def _one_row(facts: Mapping[str, Fact]) -> pl.LazyFrame:
    """One person as a register of one row; raises LookupError for a fact that no column is made for."""
    unknown = [code for code in facts if code not in COLUMNS]
    if unknown:
        raise LookupError(f"facts.py has no columns {unknown}")
    # A row without any column is no row at all, hence one column that is always there.
    columns: dict[str, list[Any]] = {"is_this_person": [True]}
    schema: dict[str, Any] = {"is_this_person": pl.Boolean}
    for code, fact in facts.items():
        columns[code] = [fact.value]
        schema[code] = _TYPES[COLUMNS[code].kind]
    return pl.DataFrame(columns, schema=schema).lazy()


def _shown(condition: Condition, terms: Terms) -> pl.Expr:
    if condition.shows is not None:
        return condition.shows(terms)
    return pl.col(condition.columns[0])


def _reason(
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
        gaps(_said(value, kind, "th"), _said(limit, kind, "th")),
        gaps(_said(value, kind, "en"), _said(limit, kind, "en")),
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


def _amount_is_missing(scheme: Scheme, reasons: list[Reason], eligible: bool | None) -> bool:
    return scheme.benefit_kind == "monthly" and eligible is None and all(reason.passed for reason in reasons)


def _unknown_amount(amount: Amount, facts: Mapping[str, Fact]) -> Reason:
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
