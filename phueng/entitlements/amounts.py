"""How much is one month worth to each of these people? The scheme's own expressions say, for all of them at once."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl

from phueng.registry.queries import StatedFact, facts_of_many
from phueng.schemes.catalogue import scheme, schemes
from phueng.schemes.definition import Scheme
from phueng.schemes.evaluate import amounts_for_month, columns_used
from phueng.schemes.facts import COLUMNS
from phueng.schemes.parameters import DatedValue, NoParameter

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "boolean": (bool,), "date": (date,), "money": (int,), "count": (int,), "text": (str,),
}  # fmt: skip


def amounts_of(scheme_code: str, month: date, people: Mapping[UUID, tuple[UUID, int, date]]) -> dict[UUID, int]:
    """Satang for that month by entitlement; `people` gives (person, satang decided, day registered) for each.

    Ages and cards change after the decision, so the rules are asked again. Where the register cannot tell (no birth
    date, no word about a card) the amount decided holds; 0 means not yet due.
    """
    known = scheme(scheme_code)
    facts = facts_of_many({person_id for person_id, _, _ in people.values()}, month)
    columns = [code for code in columns_used(known) if code != "registered_on"]
    rows: dict[str, list[Any]] = {code: [] for code in ("entitlement", "decided", "registered_on", *columns)}
    for entitlement_id, (person_id, decided, registered_on) in people.items():
        rows["entitlement"].append(str(entitlement_id))
        rows["decided"].append(decided)
        rows["registered_on"].append(registered_on)
        for code in columns:
            rows[code].append(fitting(code, facts[person_id].get(code)))
    schema = {
        "entitlement": pl.String,
        "decided": pl.Int64,
        **{c: _POLARS[COLUMNS[c].kind] for c in [*columns, "registered_on"]},
    }
    answered = amounts_for_month(known, pl.DataFrame(rows, schema=schema), month)
    return {
        UUID(row["entitlement"]): row["decided"] if row["amount_satang"] is None else row["amount_satang"]
        for row in answered.iter_rows(named=True)
    }


def paid_in_part() -> dict[str, list[Any]]:
    """Which schemes pay the month in which an entitlement begins by its days, and for beginnings from when until when."""
    found: dict[str, list[Any]] = {"part_schemes": [], "part_from": [], "part_until": []}
    for known in schemes():
        for dated in _switches(known):
            if dated.value:
                found["part_schemes"].append(known.code)
                found["part_from"].append(dated.starts_on)
                found["part_until"].append(dated.ends_before or date(9999, 1, 1))
    return found


def _switches(known: Scheme) -> tuple[DatedValue, ...]:
    try:
        return known.parameters.history("part_of_first_month") if known.benefit_kind == "monthly" else ()
    except NoParameter:
        return ()


def part_of_month(satang: int, month: date, starts_on: date) -> int:
    """What is owed of a month's sum: all of it, or by days when the entitlement begins within the month.

    The first day counts. Half a satang is rounded up: the office does not keep it.
    """
    if (starts_on.year, starts_on.month) != (month.year, month.month) or starts_on.day == 1:
        return satang
    days = monthrange(month.year, month.month)[1]
    owed = days - starts_on.day + 1
    return (2 * satang * owed + days) // (2 * days)


_POLARS: dict[str, Any] = {
    "boolean": pl.Boolean, "date": pl.Date, "money": pl.Int64, "count": pl.Int64, "text": pl.String,
}  # fmt: skip


def fitting(code: str, fact: StatedFact | None) -> Any:
    """The value, when it is of the column's type; a register that says "yes" to a yes-or-no column says nothing."""
    if fact is None or code not in COLUMNS:
        return None
    kind = COLUMNS[code].kind
    value = fact.value
    if kind == "date" and isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, bool) and kind != "boolean":
        return None
    return value if isinstance(value, _PYTHON_TYPES[kind]) else None
