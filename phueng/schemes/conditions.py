"""How is a condition or an amount of a scheme written down, so that one text serves a person and a register
alike?

A condition is an expression that is true, false, or null. Null means "not known", and nothing here ever
turns null into true: a fact that is missing makes the answer "cannot tell", never "yes".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from phueng.schemes.facts import COLUMNS
from phueng.schemes.parameters import SATANG_IN_A_BAHT, Parameters
from phueng.schemes.words import Words

if TYPE_CHECKING:  # rules and evaluation load Polars; whoever only names a condition does not
    import polars as pl


@dataclass
class Terms:
    """The numbers of a scheme as they stand on one day. Remembers which were asked for, to be shown with a
    decision.
    """

    parameters: Parameters
    on: date
    used: dict[str, object] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return int(self._value(name))

    def satang(self, name: str) -> int:
        self._value(name)
        return self.parameters.satang(name, self.on)

    def is_on(self, name: str) -> bool:
        return self._value(name) is True

    def choices(self, name: str) -> list[str]:
        return list(self._value(name))

    def satang_by_age(self, name: str) -> list[tuple[int, int]]:
        """(from this age, satang), youngest first."""
        return sorted((int(age), int(baht) * SATANG_IN_A_BAHT) for age, baht in self._value(name))

    def _value(self, name: str):  # type: ignore[no-untyped-def]  # YAML decides the type; the callers above narrow it
        value = self.parameters.value(name, self.on)
        self.used[name] = value
        return value


Expression = Callable[[Terms], "pl.Expr"]


@dataclass(frozen=True)
class Condition:
    """One thing that must hold.

    `fails` is said to the applicant when it does not hold; it may name {value} (what we looked at, from
    `shows`) and {limit} (the parameter named `limit`). `switched_by` names a switch: while it is off the
    condition does not exist.
    """

    code: str
    label: Words
    law: str
    columns: tuple[str, ...]
    passes: Expression
    fails: Words
    shows: Expression | None = None
    limit: str | None = None
    switched_by: str | None = None

    def __post_init__(self) -> None:
        _refuse_unknown_columns(self.code, self.columns)

    def is_in_force(self, terms: Terms) -> bool:
        return self.switched_by is None or terms.is_on(self.switched_by)


@dataclass(frozen=True)
class Amount:
    """A sum in satang, or a day, as an expression; null when a fact it needs is not known."""

    code: str
    label: Words
    law: str
    columns: tuple[str, ...]
    expression: Expression

    def __post_init__(self) -> None:
        _refuse_unknown_columns(self.code, self.columns)


@dataclass(frozen=True)
class Rules:
    """Everything a scheme decides by: its conditions, its amount, and for monthly schemes the first month
    due.
    """

    conditions: tuple[Condition, ...]
    amount: Amount
    first_month: Amount | None = None

    def __post_init__(self) -> None:
        codes = [condition.code for condition in self.conditions]
        if len(set(codes)) != len(codes):
            raise ValueError(f"two conditions share a code: {codes}")

    def columns(self) -> tuple[str, ...]:
        """Every column these rules look at, in the order of first use."""
        parts = [*(condition.columns for condition in self.conditions), self.amount.columns]
        if self.first_month is not None:
            parts.append(self.first_month.columns)
        return tuple(dict.fromkeys(column for part in parts for column in part))


def _refuse_unknown_columns(code: str, columns: tuple[str, ...]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown or not columns:
        raise ValueError(f"{code}: names no column of facts.py: {unknown or 'none given'}")
