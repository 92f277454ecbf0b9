"""How do rows of several tables come into the database in one statement?

The rows are made as models, unsaved; they travel as one JSON document, and the statement takes them apart again. Which
columns a table has is read from its model, here and nowhere else: a column that is added later is written as well.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """Every column that the application fills, as `save` would; the database fills the others.

    Raises TypeError for bytes: sealed columns are sealed by their field, and this way does not go through it.
    """
    filled = [field for field in model._meta.concrete_fields if not _is_left_to_the_database(field)]
    if sealed := [field.name for field in filled if isinstance(field, models.BinaryField)]:
        raise TypeError(f"{model.__name__} has bytes: {sealed}")
    return tuple(str(field.column) for field in filled)


def _is_left_to_the_database(field: "models.Field[Any, Any]") -> bool:
    filled_by_trigger = field.has_db_default() and not field.editable
    return isinstance(field, models.AutoField | models.GeneratedField) or filled_by_trigger


def insert_into(model: type[models.Model], source: str, given: Mapping[str, str] | None = None) -> str:
    """INSERT of every column from the rows `r` of `source`; `given` names columns that the statement computes."""
    names = columns_of(model)
    values = ", ".join((given or {}).get(name, f"r.{name}") for name in names)
    # Names of our own models and words of our own code, never anything typed.
    return f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {values} FROM {source}"  # noqa: S608  # nosec B608


def rows_in(model: type[models.Model], name: str) -> str:
    """The list `name` of the document ($1) as rows `r` of the model's table."""
    return f"jsonb_populate_recordset(NULL::{model._meta.db_table}, $1->'{name}') r"


def as_rows(instances: Iterable[models.Model]) -> list[dict[str, Any]]:
    """The columns of unsaved rows, ready for `as_document`; what is not in the document is NULL."""
    return [
        {column: value for column, name in _filled(type(one)) if (value := getattr(one, name)) is not None}
        for one in instances
    ]


@cache
def _filled(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    wanted = columns_of(model)
    return tuple((field.column, field.attname) for field in model._meta.concrete_fields if field.column in wanted)


def as_document(content: Mapping[str, Any]) -> str:
    """JSON text; moments and ids as the database reads them. TypeError for anything it could misread."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_written)


def _written(value: Any) -> str:
    match value:
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} does not travel in a document")
