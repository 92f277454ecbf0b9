"""How does a value come under the newest key, without anybody seeing it or changing it?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from phueng.access.sealed import key_mark, seal, unseal
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column whose values are sealed. `guards`: triggers that refuse every change of a row, this one too."""

    table: str
    key: str
    column: str
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """How many values were sealed again, and after which row to go on; None when nothing is left."""

    done: int
    last: Any


@action
def reseal_batch(*, column: SealedColumn, after: Any, most: int, run_id: UUID, by: Actor, at: datetime) -> Batch:
    """Seal up to `most` values again with the newest key, in the order of their rows; one transaction.

    What was done stays done when it is stopped: asking again goes on with what older keys still hold. Runs as the
    owner of the tables, because a frozen payment line refuses the application every change: its guard is lifted for
    this transaction only, and each value is opened again and compared before it is written. Raises KeyError when a
    value was sealed by a key that is no longer given.
    """
    names = {"table": Identifier(column.table), "key": Identifier(column.key), "column": Identifier(column.column)}
    mark = key_mark()
    with connection.cursor() as cursor:
        # The guard goes before anything is read: lifting it waits for whoever is writing, holding rows meanwhile would
        # make both wait for each other.
        _switch(cursor, column, "DISABLE")
        cursor.execute(
            SQL(
                "SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND substring({column} from 1 for %s) <> %s"
                " AND (%s::text IS NULL OR {key} > %s) ORDER BY {key} LIMIT %s FOR UPDATE"
            ).format(**names),
            [len(mark), mark, None if after is None else "on", after, most],
        )
        rows = cursor.fetchall()
        cursor.executemany(
            SQL("UPDATE {table} SET {column} = %s WHERE {key} = %s").format(**names),
            [(_again(bytes(sealed)), number) for number, sealed in rows],
        )
        _switch(cursor, column, "ENABLE")
    if rows:
        record(
            by=by,
            at=at,
            act="access.reseal",
            subject=("keys", run_id),
            after={"table": column.table, "column": column.column, "values": len(rows), "key": mark[1:].decode()},
        )
    return Batch(len(rows), rows[-1][0] if len(rows) == most else None)


def _again(sealed: bytes) -> bytes:
    plain = unseal(sealed)
    fresh = seal(plain)
    if unseal(fresh) != plain:
        raise ValueError("a value would not open again")
    return fresh


def _switch(cursor: Any, column: SealedColumn, how: str) -> None:
    for guard in column.guards:
        cursor.execute(SQL("ALTER TABLE {} " + how + " TRIGGER {}").format(Identifier(column.table), Identifier(guard)))
