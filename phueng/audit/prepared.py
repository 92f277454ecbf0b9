"""How is a statement asked that costs more to plan than to run? It is prepared once for each connection, then executed.

Django binds values on the client, where psycopg cannot prepare for us: without this the facts of the tracking page cost
3 ms, with it 0.5 ms. It stands this low because every storey above may have a page that is asked for all day long.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import connection, models

M = TypeVar("M", bound=models.Model)

# A new connection begins without any; a closed one takes its entry along.
_prepared_on: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()


def row_of(name: str, statement: str, *values: UUID | str) -> tuple[Any, ...] | None:
    """The one row for these values ($1, $2 … in the statement), or None. `name` is the statement's own everywhere."""
    connection.ensure_connection()
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        prepared = _prepared_on.setdefault(connection.connection, set())
        if name not in prepared:
            cursor.execute(f"PREPARE {name} AS {statement}")  # nosec B608  # our own words
            prepared.add(name)
        cursor.execute(f"EXECUTE {name} ({marks})", values)  # nosec B608  # our own words
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


@cache
def names_in(model: type[models.Model]) -> tuple[str, ...]:
    """The attributes that a row of this model fills. TypeError when a column needs its field to be read (sealed ones)."""
    fields = model._meta.concrete_fields
    if unread := [field.name for field in fields if hasattr(field, "from_db_value")]:
        raise TypeError(f"{model.__name__} must be read through its fields: {unread}")
    return tuple(field.attname for field in fields)


def columns_in(model: type[models.Model], alias: str) -> str:
    """Every column of the model, for SELECT, in the order in which `instance_from` expects them."""
    names_in(model)
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def instance_from(model: type[M], row: Sequence[Any]) -> M:
    """The row as an instance of its model, as a query set would give it."""
    return model.from_db("default", names_in(model), row)
