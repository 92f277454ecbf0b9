"""Which situations did a welfare officer write down with their outcomes, as facts the rules can be asked
about?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from phueng.schemes.definition import Scheme
from phueng.schemes.facts import COLUMNS, Fact
from phueng.schemes.parameters import SATANG_IN_A_BAHT

_KEYS = {
    "situation", "result", "asked_on", "facts", "what_if", "outcome", "amount", "fails", "unknown",
    "first_month", "months",
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """One signed situation. Sums are satang here, though baht in the file; `months` maps a month to what is
    due.
    """

    situation: str
    result: str
    on: date
    facts: Mapping[str, Fact]
    what_if: Mapping[str, Any]
    outcome: str
    states_amount: bool
    amount_satang: int | None
    fails: tuple[str, ...]
    unknown: tuple[str, ...]
    first_month: date | None
    months: Mapping[date, int]


def examples(scheme: Scheme) -> tuple[Example, ...]:
    """The scheme's examples.yaml; raises ValueError for a key that says nothing."""
    written = yaml.safe_load((scheme.folder / "examples.yaml").read_text(encoding="utf-8"))
    return tuple(_example(one, written["usual"]) for one in written["examples"])


def _example(written: Mapping[str, Any], usual: Mapping[str, Any]) -> Example:
    if stray := set(written) - _KEYS:
        raise ValueError(f"{written['situation']}: unknown {sorted(stray)}")
    facts = {**usual, **written.get("facts", {})}
    amount = written.get("amount")
    return Example(
        situation=written["situation"],
        result=written["result"],
        on=written["asked_on"],
        facts={code: Fact(_in_satang(code, value), source="ตัวอย่าง") for code, value in facts.items()},
        what_if=written.get("what_if", {}),
        outcome=written["outcome"],
        states_amount="amount" in written,
        amount_satang=None if amount is None else amount * SATANG_IN_A_BAHT,
        fails=tuple(written.get("fails", ())),
        unknown=tuple(written.get("unknown", ())),
        first_month=written.get("first_month"),
        months={month: baht * SATANG_IN_A_BAHT for month, baht in written.get("months", {}).items()},
    )


def _in_satang(code: str, value: Any) -> Any:
    if COLUMNS[code].kind == "money" and value is not None:
        return value * SATANG_IN_A_BAHT
    return value
