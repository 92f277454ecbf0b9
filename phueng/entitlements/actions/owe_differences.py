"""A dated rate was changed for months that are owed already: how does everybody get what is missing, once?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements import sql
from phueng.entitlements.actions.owe_months import FIRST, Batch
from phueng.entitlements.amounts import amounts_of, part_of_month
from phueng.entitlements.locks import may_make_dues
from phueng.entitlements.models import Due
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok

_BATCHES = UUID("1c0a3f52-90a6-5d0e-8d7b-25690000d1ff")


@dataclass(frozen=True, slots=True)
class OwedBefore:
    """A month as it fell due: all that was owed for it, and how often a difference was added."""

    entitlement_id: UUID
    person_id: UUID
    household_id: UUID
    office_code: str
    decided_satang: int
    starts_on: date
    month: date
    owed_satang: int
    differences: int


@action
def owe_differences(
    *, by: Actor, at: datetime, scheme_code: str, limit: int = 500, after: UUID = FIRST, since: date = date(2000, 1, 1)
) -> Batch:
    """Work out again the months since `since` of at most `limit` entitlements; where the rates of now give more than
    was owed, the difference falls due today. Repeating it finds nothing more.

    A rate that was lowered makes nobody owe anything here: what was paid too much is a case for people (recoveries).
    """
    today = in_bangkok(at).date()
    if not may_make_dues():
        return Batch(0, None)
    with connection.cursor() as cursor:
        cursor.execute(sql.OWED_BEFORE, {"scheme": scheme_code, "limit": limit, "after": after, "since": since})
        rows = [OwedBefore(*row) for row in cursor.fetchall()]
        cursor.execute(sql.HOLD_PEOPLE, {"people": [row.person_id for row in rows]})
    if not rows:
        return Batch(0, None)
    months: dict[date, list[OwedBefore]] = defaultdict(list)
    for row in rows:
        months[row.month].append(row)
    dues: list[Due] = []
    for month, owed in sorted(months.items()):
        basis = {
            row.entitlement_id: (row.person_id, row.decided_satang, row.starts_on - timedelta(days=1)) for row in owed
        }
        amounts = amounts_of(scheme_code, month, basis)
        for row in owed:
            # Where the register cannot tell, the sum decided holds: it was paid already, whatever the rates say.
            right = part_of_month(amounts[row.entitlement_id], month, row.starts_on)
            if right > row.owed_satang:
                dues.append(_difference(row, scheme_code, right - row.owed_satang, today, at))
    Due.objects.bulk_create(dues, ignore_conflicts=True, batch_size=1000)
    if dues:
        record(
            by=by, at=at, act="entitlements.owe_differences", subject=("dues", uuid5(_BATCHES, str(dues[0].pk))),
            after={
                "scheme": scheme_code, "dues": [due.pk for due in dues],
                "total_satang": sum(due.amount_satang for due in dues),
            },
        )  # fmt: skip
    return Batch(len(dues), max(row.entitlement_id for row in rows))


def _basis(row: OwedBefore) -> tuple[UUID, int, date]:
    return row.person_id, row.decided_satang, row.starts_on.replace(day=1) - timedelta(days=1)


def _difference(row: OwedBefore, scheme_code: str, satang: int, today: date, at: datetime) -> Due:
    return Due(
        entitlement_id=row.entitlement_id, scheme_code=scheme_code, office_code=row.office_code, person_id=row.person_id,
        household_id=row.household_id, month=row.month, nth_difference=row.differences + 1,
        fiscal_year=fiscal_year_be(row.month), amount_satang=satang, due_on=today, fell_due_at=at,
    )  # fmt: skip
