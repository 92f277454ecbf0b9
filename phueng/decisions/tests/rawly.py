"""What happens to somebody who goes round the service, with the application's own rights in the database?"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from psycopg import sql

from phueng.kernel.problems import Refused


def insert(model: type[Model], **values: Any) -> None:
    """A plain INSERT; columns not named take what an empty form would give."""
    row: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        column = str(field.column)
        if column in values:
            row[column] = field.get_db_prep_save(values.pop(column), connection)
        elif field.primary_key:
            row[column] = uuid4()
        elif field.has_default() or field.empty_strings_allowed:
            row[column] = field.get_db_prep_save(field.get_default(), connection)
        else:
            row[column] = None
    if values:
        raise ValueError(f"no such columns: {sorted(values)}")
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(row.values()))  # type: ignore[arg-type]


def run(statement: str, *values: Any) -> int:
    """A plain statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def guard_that_refuses(attempt: Callable[[], object]) -> str:
    """The name of the constraint or guard that refuses the attempt, or the SQL state when it has no name."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        attempt()
    cause: Any = refusal.value.__cause__
    return str(cause.diag.constraint_name or cause.sqlstate)


def refused_with(attempt: Callable[[], object]) -> str:
    """The code of the problem with which the service refuses the attempt; nothing of it stays behind."""
    with pytest.raises(Refused) as refusal, transaction.atomic():
        attempt()
    return refusal.value.problem.code
