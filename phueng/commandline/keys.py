"""Which keys hold the sealed values, and how do they all come under the newest one?

Put the new key first in PHUENG_ENCRYPTION_KEYS, restart, `phueng keys rotate`, and withdraw the old one when
`phueng keys status` says that nothing is sealed with it. Backups keep the old key's values: keep that key with them.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from phueng.commandline.installation import Installation
from phueng.commandline.words import refuse, tell

if TYPE_CHECKING:  # models are there only after Django is set up
    from phueng.access.actions import SealedColumn

# Guards that refuse every change of a row; lifted inside the transaction of one batch (see access/actions/reseal.py).
GUARDS = {"payments_line": ("payments_lines_stay",)}
# Sealed by hand, in a column that is no sealed field.
BY_HAND = (("access_parkedform", "id", "sealed"),)


def main(installation: Installation, arguments: Sequence[str]) -> int:
    """`status` or `rotate [--batch N] [--most N]`; exit code 3: some values are still under an older key."""
    parser = argparse.ArgumentParser(prog="phueng keys", description="The keys of sealed columns")
    parser.add_argument("what", choices=("status", "rotate"))
    parser.add_argument("--batch", type=int, default=500, help="values in one transaction")
    parser.add_argument("--most", type=int, default=0, help="stop after about so many; 0: go on to the end")
    asked = parser.parse_args(arguments)
    if asked.what == "rotate":
        if not installation.owner_url:
            refuse(
                "ต้องระบุ DATABASE_OWNER_URL: รายการจ่ายที่ปิดแล้วไม่ยอมให้โปรแกรมแก้",
                "DATABASE_OWNER_URL must be given: frozen payment lines refuse the application every change.",
            )
        os.environ["DATABASE_URL"] = installation.owner_url
    import django

    django.setup()
    if asked.what == "rotate":
        done = rotate(batch=max(1, asked.batch), most=asked.most)
        tell(f"ผนึกใหม่แล้ว {done:,} ค่า", f"Sealed again: {done:,} values.")
    return status()


def sealed_columns() -> "Iterator[SealedColumn]":
    """Every sealed column of the installation, found in the models themselves."""
    from django.apps import apps

    from phueng.access.actions import SealedColumn
    from phueng.access.sealed import SealedTextField

    found = [
        (model._meta.db_table, str(model._meta.pk.column), str(field.column))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.pk is not None
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField)
    ]
    for table, key, column in sorted({*found, *BY_HAND}):
        yield SealedColumn(table, key, column, GUARDS.get(table, ()))


def rotate(*, batch: int, most: int = 0) -> int:
    """Seal everything again that an older key holds; returns how many values. Stopping it loses nothing."""
    from phueng.access.actions import reseal_batch
    from phueng.audit.actors import SYSTEM
    from phueng.audit.clock import now

    run_id, done = uuid4(), 0
    for column in sealed_columns():
        after: object | None = None
        while not most or done < most:
            size = min(batch, most - done) if most else batch
            result = reseal_batch(column=column, after=after, most=size, run_id=run_id, by=SYSTEM("keys"), at=now())
            done, after = done + result.done, result.last
            if after is None:
                break
    return done


def status() -> int:
    """Say how many values each key holds, by column; 3 when an older key still holds some, 4 when its key is missing."""
    from django.conf import settings

    given = list(settings.PHUENG_ENCRYPTION_KEYS)
    tell(
        f"กุญแจที่ผนึกตอนนี้: {given[0]}  อ่านได้: {', '.join(given)}", f"Sealing now: {given[0]}; reading: {', '.join(given)}"
    )
    totals: dict[str, int] = {}
    for column in sealed_columns():
        for name, many in held_by(column):
            totals[name] = totals.get(name, 0) + many
            print(f"  {column.table}.{column.column}  {name}  {many:,}")
    lost = sorted(set(totals) - set(given))
    if lost:
        tell(f"ไม่มีกุญแจ: {', '.join(lost)}", f"These keys are missing: {', '.join(lost)}")
        return 4
    older = sum(many for name, many in totals.items() if name != given[0])
    if older:
        tell(f"ยังอยู่กับกุญแจเก่า {older:,} ค่า", f"{older:,} values are still under an older key: phueng keys rotate")
        return 3
    tell("ทุกค่าอยู่กับกุญแจใหม่สุด", "Every value is under the newest key.")
    return 0


def held_by(column: "SealedColumn") -> list[tuple[str, int]]:
    """(key name, number of values) of one column; the name is the beginning of each value."""
    from django.db import connection
    from psycopg.sql import SQL, Identifier

    with connection.cursor() as cursor:
        cursor.execute(
            SQL(
                "SELECT convert_from(substring({c} from 2 for get_byte({c}, 0)), 'SQL_ASCII'), count(*)"
                " FROM {t} WHERE {c} IS NOT NULL GROUP BY 1 ORDER BY 1"
            ).format(c=Identifier(column.column), t=Identifier(column.table))
        )
        return [(str(name), int(many)) for name, many in cursor.fetchall()]
