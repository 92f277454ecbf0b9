"""How are many lists read in one query?

A case spans a dozen tables of the packages below, and each has its own query with its own order, joins and sealed
columns. Asked one after the other they cost a round trip each. Here PostgreSQL answers several of them in one statement,
each as a JSON list of its rows; every row then goes through the very same steps of the ORM as always (sealed values are
unsealed, joined rows become objects), so nothing about a table is written twice.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet

Row = list[Any]
Read = Callable[[Any], Any]

# How a column that JSON has no type for comes back. A day is a DateTimeField's parent, so moments stand first.
READERS: "tuple[tuple[type[models.Field[Any, Any]], Read], ...]" = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.UUIDField, UUID),
    (models.DecimalField, lambda number: Decimal(str(number))),
    (models.BinaryField, lambda hexed: bytes.fromhex(hexed.removeprefix("\\x"))),
    (models.JSONField, json.dumps),
)
AS_IT_IS = (models.CharField, models.TextField, models.BooleanField, models.IntegerField, models.FloatField)


def fetch_together(*asked: QuerySet[Any]) -> None:
    """Evaluate these lists in one query; each then iterates without asking again. Take slices and filters before."""
    waiting = []
    for one in asked:
        compiler = one.query.get_compiler(connection.alias)
        try:
            waiting.append((one, compiler, *compiler.as_sql(with_col_aliases=True)))
        except EmptyResultSet:
            _fill(one, compiler, [])
    if not waiting:
        return
    lists = ", ".join(f"(SELECT coalesce(json_agg(to_json(t)), '[]') FROM ({sql}) t)" for *_, sql, _ in waiting)  # noqa: S608
    with connection.cursor() as cursor:
        # The statements are Django's own; values travel as parameters.
        cursor.execute(
            f"SELECT json_build_array({lists})::text",  # nosec B608
            [value for *_, values in waiting for value in values],
        )
        found = json.loads(cursor.fetchone()[0])
    for (one, compiler, *_), rows in zip(waiting, found, strict=True):
        readers = [_reader(column.output_field) for column, *_ in compiler.select]
        _fill(one, compiler, [_read(row, readers) for row in rows])


def _fill(asked: QuerySet[Any], compiler: Any, rows: list[Row]) -> None:
    """Let the list build its objects from these rows as if it had fetched them itself."""
    if not rows:
        asked._result_cache = []
        return

    def answer(*_: Any, **__: Any) -> Iterator[list[Row]]:
        return iter([rows])

    compiler.execute_sql = answer
    asked.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
    try:
        len(asked)
    finally:
        # A list that is filtered further copies its query, and must then ask the database as usual.
        del asked.query.get_compiler


def _read(row: dict[str, Any], readers: list[Read | None]) -> Row:
    values = zip(row.values(), readers, strict=True)
    return [value if read is None or value is None else read(value) for value, read in values]


def _reader(field: "models.Field[Any, Any]") -> Read | None:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, ArrayField):
        return _reader_of_many(field)
    for kind, read in READERS:
        if isinstance(field, kind):
            return read
    if isinstance(field, AS_IT_IS):
        return None
    raise TypeError(f"no way to read {type(field).__name__} from JSON is known")


def _reader_of_many(field: "ArrayField[Any, Any]") -> Read | None:
    one = _reader(field.base_field)
    return None if one is None else lambda values: [value if value is None else one(value) for value in values]
