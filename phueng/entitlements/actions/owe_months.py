"""How do months fall due, for thousands of people in a few statements, and for nobody twice?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements import sql
from phueng.entitlements.amounts import amounts_of, paid_in_part, part_of_month
from phueng.entitlements.locks import may_make_dues
from phueng.entitlements.models import Due
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok

_BATCHES = UUID("7d1b9bd8-7e05-5a5b-8f46-5b3f1a2f2569")
FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class OwedMonth:
    """One month that an entitlement owes and that has not fallen due."""

    entitlement_id: UUID
    person_id: UUID
    household_id: UUID
    scheme_code: str
    office_code: str
    decided_satang: int
    starts_on: date
    month: date


@dataclass(frozen=True, slots=True)
class Batch:
    """How many dues were made, and behind which entitlement the next batch begins (None: none is left)."""

    made: int
    last_id: UUID | None


@action
def owe_months(*, by: Actor, at: datetime, limit: int = 500, after: UUID = FIRST) -> Batch:
    """Make every month that is owed by now fall due, for at most `limit` entitlements in the order of their ids.

    Repeating it finds the months gone. The order matters: hold the people first, so that no merge is said meanwhile,
    and only then look at what is missing.
    """
    today = in_bangkok(at).date()
    if not may_make_dues():
        return Batch(0, None)
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"today": today} | paid_in_part()
        cursor.execute(sql.CANDIDATES, asked | {"limit": limit, "after": after})
        candidates = cursor.fetchall()
        cursor.execute(sql.HOLD_PEOPLE, {"people": [person_id for _, person_id in candidates]})
    if not candidates:
        return Batch(0, None)
    owed = _missing_months([entitlement_id for entitlement_id, _ in candidates], today)
    dues: list[Due] = []
    for (scheme_code, month), rows in sorted(_grouped(owed).items()):
        amounts = amounts_of(scheme_code, month, {row.entitlement_id: _basis(row) for row in rows})
        parts = {row.entitlement_id: part_of_month(amounts[row.entitlement_id], month, row.starts_on) for row in rows}
        falling = [_due(row, parts[row.entitlement_id], at) for row in rows if parts[row.entitlement_id] > 0]
        dues += falling
        if falling:
            record(
                by=by, at=at, act="entitlements.fall_due",
                subject=("dues", uuid5(_BATCHES, f"{scheme_code}:{month}:{falling[0].pk}")),
                after={
                    "scheme": scheme_code, "month": month, "dues": [due.pk for due in falling],
                    "total_satang": sum(due.amount_satang for due in falling),
                },
            )  # fmt: skip
    # Nothing should conflict by now; if something does, the unique constraint decides and the rest falls due.
    Due.objects.bulk_create(dues, ignore_conflicts=True, batch_size=1000)
    return Batch(len(dues), candidates[-1][0])


def _missing_months(candidates: list[UUID], today: date) -> list[OwedMonth]:
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"candidates": candidates, "today": today} | paid_in_part()
        cursor.execute(sql.MISSING_MONTHS, asked)
        rows = [OwedMonth(*row) for row in cursor.fetchall()]
    # One person under two entitlements of a scheme owes each month once; the older row of the batch stands for both.
    first: dict[tuple[UUID, str, date], OwedMonth] = {}
    for row in rows:
        first.setdefault((row.person_id, row.scheme_code, row.month), row)
    return list(first.values())


def _grouped(owed: Iterable[OwedMonth]) -> dict[tuple[str, date], list[OwedMonth]]:
    groups: dict[tuple[str, date], list[OwedMonth]] = defaultdict(list)
    for row in owed:
        groups[(row.scheme_code, row.month)].append(row)
    return groups


def _basis(row: OwedMonth) -> tuple[UUID, int, date]:
    # The rules count from the day of registration; the decision already turned that into the first month.
    return row.person_id, row.decided_satang, row.starts_on.replace(day=1) - timedelta(days=1)


def _due(row: OwedMonth, amount_satang: int, at: datetime) -> Due:
    return Due(
        entitlement_id=row.entitlement_id, scheme_code=row.scheme_code, office_code=row.office_code,
        person_id=row.person_id, household_id=row.household_id, month=row.month,
        fiscal_year=fiscal_year_be(row.month), amount_satang=amount_satang, due_on=row.month, fell_due_at=at,
    )  # fmt: skip
