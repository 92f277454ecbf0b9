"""How much is one month worth to each of these people? The scheme's own expressions say, for all of them at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import polars as pl

from phueng.registry.queries import StatedFact, facts_of_many
from phueng.schemes.catalogue import scheme
from phueng.schemes.evaluate import amounts_for_month, columns_used
from phueng.schemes.facts import COLUMNS

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
