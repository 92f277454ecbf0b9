"""What do a scheme's rules say about this person, or about everyone in a register, on this day?

Both answers come from the same expressions: one person is a register of one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from typing import Any

import polars as pl

from phueng.schemes.conditions import Condition, Rules, Terms
from phueng.schemes.definition import Scheme
from phueng.schemes.facts import COLUMNS, Fact
from phueng.schemes.parameters import Parameters
from phueng.schemes.reasons import Decision, Reason, reason_for, unknown_amount

_TYPES: dict[str, Any] = {
    "boolean": pl.Boolean,
    "date": pl.Date,
    "money": pl.Int64,
    "count": pl.Int64,
    "text": pl.String,
}
_AMOUNT, _FIRST_MONTH = "amount_satang", "first_month"


def rules_of(scheme: Scheme) -> Rules:
    """The rules beside the scheme's data; loaded here so that naming a scheme never loads Polars."""
    rules: Rules = import_module(f"phueng.schemes.{scheme.folder.name}.rules").RULES
    return rules


def columns_used(scheme: Scheme) -> tuple[str, ...]:
    """Every fact that the scheme's rules look at."""
    return rules_of(scheme).columns()


def decide(scheme: Scheme, facts: Mapping[str, Fact], on: date, parameters: Parameters | None = None) -> Decision:
    """One person on one day, with a reason for every condition in force.

    A fact that is missing or None makes its conditions "not known". `parameters` replaces the scheme's
    numbers in a what-if. Raises NoParameter for a day on which the scheme had no rules.
    """
    rules = rules_of(scheme)
    terms = Terms(parameters or scheme.parameters, on)
    conditions = _in_force(rules, terms)
    shown = [_shown(condition, terms).alias(f"shown:{condition.code}") for condition in conditions]
    answers = _answer(_one_row(facts), scheme, rules, terms, also=shown).row(0, named=True)
    reasons = [
        reason_for(condition, answers[f"passes:{condition.code}"], answers[f"shown:{condition.code}"], facts, terms)
        for condition in conditions
    ]
    eligible = answers["eligible"]
    if _amount_is_missing(scheme, reasons, eligible):
        reasons.append(unknown_amount(rules.amount, facts))
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
    """Everyone in a register on one day: the frame's own columns, then eligible, amount_satang, failed,
    unknown.

    `eligible` is null where the answer is "cannot tell"; `failed` and `unknown` list condition codes.
    """
    rules = rules_of(scheme)
    answered = _answer(frame.lazy(), scheme, rules, Terms(parameters or scheme.parameters, on))
    own = [name for name in frame.lazy().collect_schema().names() if name not in rules.columns()]
    return answered.select(*own, "eligible", _AMOUNT, "failed", "unknown")


def amount_for_month(
    scheme: Scheme, facts: Mapping[str, Fact], month: date, parameters: Parameters | None = None
) -> int | None:
    """Satang due for the month that holds this day: 0 before the first month due, None when it cannot be
    told.

    Asks only how much and from when. Whether the person is still entitled is a fact of `entitlements`.
    """
    amount: int | None = amounts_for_month(scheme, _one_row(facts), month, parameters).item(0, _AMOUNT)
    return amount


def amounts_for_month(
    scheme: Scheme, frame: pl.DataFrame | pl.LazyFrame, month: date, parameters: Parameters | None = None
) -> pl.DataFrame:
    """`amount_for_month` for a whole register: the frame's own columns, then amount_satang."""
    rules = rules_of(scheme)
    first = month.replace(day=1)
    terms = Terms(parameters or scheme.parameters, first)
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
    unknown = _codes_where(conditions, lambda column: column.is_null())
    if scheme.benefit_kind == "monthly":
        # A monthly amount follows from the facts alone: if it cannot be told, neither can the whole answer.
        lacks_amount = met & pl.col("amount:wanted").is_null()
        unknown = [*unknown, pl.when(lacks_amount).then(pl.lit(rules.amount.code))]
        met = pl.when(lacks_amount).then(None).otherwise(met)
    failed = _codes_where(conditions, lambda column: ~column)
    answered = answered.with_columns(
        met.alias("eligible"),
        pl.concat_list(failed).list.drop_nulls().alias("failed"),
        pl.concat_list(unknown).list.drop_nulls().alias("unknown"),
    )
    return answered.with_columns(pl.when(pl.col("eligible")).then(pl.col("amount:wanted")).alias(_AMOUNT)).collect()


def _codes_where(conditions: list[Condition], holds: Callable[[pl.Expr], pl.Expr]) -> list[pl.Expr]:
    """For each condition its code where its answer `holds`, else null."""
    return [pl.when(holds(pl.col(f"passes:{condition.code}"))).then(pl.lit(condition.code)) for condition in conditions]


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


def _amount_is_missing(scheme: Scheme, reasons: list[Reason], eligible: bool | None) -> bool:
    return scheme.benefit_kind == "monthly" and eligible is None and all(reason.passed for reason in reasons)
