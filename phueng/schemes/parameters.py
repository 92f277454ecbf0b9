"""What did a number of a scheme stand at on a given day, and which law says so?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from phueng.schemes.laws import Law, law
from phueng.schemes.words import Words, words_from

SATANG_IN_A_BAHT = 100
UNITS = frozenset(
    {
        "baht",
        "baht_by_age",
        "baht_by_level",
        "percent",
        "years",
        "days",
        "times",
        "months",
        "fiscal_years",
        "switch",
        "choice",
    }
)
CONFIDENCES = frozenset({"high", "medium", "general"})


class NoParameter(LookupError):
    """Nobody wrote down this number for this day; the message says which name and which day."""


class ParameterMistake(ValueError):
    """A parameters.yaml that cannot be trusted: overlapping days, an unknown unit, a missing law."""


@dataclass(frozen=True)
class DatedValue:
    """One value from `starts_on` until before `ends_before` (None: still in force)."""

    name: str
    value: Any
    unit: str
    starts_on: date
    ends_before: date | None
    law: Law
    confidence: str
    label: Words

    def holds_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_before is None or on < self.ends_before)


class Parameters:
    """The dated numbers of one scheme. Immutable; `replaced` gives a copy for a what-if."""

    def __init__(self, values: Iterable[DatedValue]) -> None:
        self._values: dict[str, tuple[DatedValue, ...]] = {}
        for dated in values:
            self._values[dated.name] = (*self._values.get(dated.name, ()), dated)
        for name, dated_values in self._values.items():
            self._refuse_overlap(name, dated_values)

    @staticmethod
    def _refuse_overlap(name: str, dated_values: tuple[DatedValue, ...]) -> None:
        for earlier, later in pairwise(dated_values):
            if earlier.ends_before is None or earlier.ends_before > later.starts_on:
                raise ParameterMistake(f"{name}: two values hold on {later.starts_on.isoformat()}")

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def history(self, name: str) -> tuple[DatedValue, ...]:
        """Every value this number has had, oldest first; raises NoParameter."""
        try:
            return self._values[name]
        except KeyError:
            raise NoParameter(f"There is no parameter {name!r}; there are: {', '.join(self._values)}") from None

    def dated(self, name: str, on: date) -> DatedValue:
        """The value in force on this day, with its law; raises NoParameter."""
        for dated in self.history(name):
            if dated.holds_on(on):
                return dated
        raise NoParameter(f"{name!r} has no value on {on.isoformat()}")

    def value(self, name: str, on: date) -> Any:
        """The bare value as written in YAML, in its own unit."""
        return self.dated(name, on).value

    def satang(self, name: str, on: date) -> int:
        """A sum of money in satang; raises ParameterMistake when the number is not money."""
        dated = self.dated(name, on)
        if dated.unit != "baht":
            raise ParameterMistake(f"{name} is counted in {dated.unit}, not in baht")
        return int(dated.value) * SATANG_IN_A_BAHT

    def replaced(self, values: Mapping[str, Any]) -> Parameters:
        """A copy in which these numbers hold on every day: "what if the ceiling were 3,500?"."""
        kept: list[DatedValue] = []
        for name in self._values:
            history = self.history(name)
            if name not in values:
                kept.extend(history)
                continue
            last = history[-1]
            kept.append(
                DatedValue(
                    name,
                    values[name],
                    last.unit,
                    date.min,
                    None,
                    law("office_default"),
                    "general",
                    last.label,
                )
            )
        for name in values:
            self.history(name)  # a what-if about a number that does not exist is a mistake, not a no-op
        return Parameters(kept)


def load_parameters(path: Path) -> Parameters:
    """Read and check a scheme's parameters.yaml; raises ParameterMistake naming the place."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    values: list[DatedValue] = []
    for name, entry in written.items():
        where = f"{path.parent.name}/{path.name}: {name}"
        if entry.get("unit") not in UNITS:
            raise ParameterMistake(f"{where}: unknown unit {entry.get('unit')!r}")
        label = words_from(entry["label"], where)
        dated = [_dated_value(name, entry["unit"], label, one, where) for one in entry["values"]]
        values.extend(_closed(dated))
    return Parameters(values)


def _dated_value(name: str, unit: str, label: Words, written: Mapping[str, Any], where: str) -> DatedValue:
    if (
        unit in {"baht", "percent", "years", "days", "times", "months", "fiscal_years"}
        and type(written["value"]) is not int
    ):
        raise ParameterMistake(f"{where}: {written['value']!r} is not a whole number")
    if unit == "switch" and type(written["value"]) is not bool:
        raise ParameterMistake(f"{where}: a switch is true or false")
    if written.get("confidence") not in CONFIDENCES:
        raise ParameterMistake(f"{where}: confidence must be one of {', '.join(sorted(CONFIDENCES))}")
    return DatedValue(
        name=name,
        value=written["value"],
        unit=unit,
        starts_on=written["starts_on"],
        ends_before=written.get("ends_before"),
        law=law(written["law"]),
        confidence=written["confidence"],
        label=label,
    )


def _closed(dated: list[DatedValue]) -> list[DatedValue]:
    """A newer value ends the one before it, so that a new rate is one new entry and nothing else changes."""
    ordered = sorted(dated, key=lambda one: one.starts_on)
    closed: list[DatedValue] = []
    for index, one in enumerate(ordered):
        following = ordered[index + 1].starts_on if index + 1 < len(ordered) else None
        ends_before = one.ends_before if one.ends_before is not None else following
        closed.append(
            DatedValue(one.name, one.value, one.unit, one.starts_on, ends_before, one.law, one.confidence, one.label)
        )
    return closed
