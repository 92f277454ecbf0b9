"""Which sums of a scheme and office have fallen due without a live instruction, in a fixed order, a batch at a time?

The order (day, id) never changes, so a batch that was cut off by a crash begins again exactly where it began.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

Place = tuple[date, UUID]
FIRST: Place = (date(1900, 1, 1), UUID(int=0))


@dataclass(frozen=True, slots=True)
class OwedSum:
    """One due as payments see it. `rests`: suspended, death, move, expiry, decision or ""; `case_id`: its application."""

    pk: UUID
    due_on: date
    person_id: UUID
    amount_satang: int
    fiscal_year: int
    month: date | None
    nth_difference: int
    entitlement_id: UUID
    rests: str
    case_id: UUID | None


# What was due before the entitlement ended stays due; a single sum that ended before it was paid is not paid any more.
_RESTS = """
CASE
    WHEN z.reason_code IS NOT NULL AND ((d.month IS NOT NULL AND d.month >= z.ends_before)
                                        OR (d.month IS NULL AND z.ends_before <= %(on)s))
        THEN z.reason_code
    WHEN EXISTS (SELECT 1 FROM entitlements_hold h WHERE h.entitlement_id = d.entitlement_id AND h.starts_on <= %(on)s
                 AND (h.ends_before IS NULL OR h.ends_before > %(on)s))
        THEN 'suspended'
    ELSE ''
END"""
_NO_LINE = """NOT EXISTS (SELECT 1 FROM payments_line l
                WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)"""
# The same, asked for one due after the other through the index: a join is planned with what the statistics say of the
# lines, and while a first large run comes together they still say that there are none.
_NO_LINE_OF_IT = """(SELECT l.id FROM payments_line l
     WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL LIMIT 1) IS NULL"""
_WANTED = """
d.scheme_code = %(scheme)s AND d.office_code = %(office)s AND d.due_on <= %(on)s
AND (d.due_on, d.id) > (%(after_on)s, %(after_id)s)
AND {unpaid}
AND (%(in_hand)s::boolean IS NULL OR %(in_hand)s = EXISTS (
    SELECT 1 FROM payments_counterchoice k
    WHERE k.person_id = d.person_id AND k.confirmed_at IS NOT NULL AND k.ended_at IS NULL))"""
_FREE = _WANTED.replace("{unpaid}", _NO_LINE)
_FREE_ONE_BY_ONE = _WANTED.replace("{unpaid}", _NO_LINE_OF_IT)

_BATCH = f"""
SELECT d.id, d.due_on, d.person_id, d.amount_satang, d.fiscal_year, d.month, d.nth_difference, d.entitlement_id, {_RESTS}, c.application_id
FROM (SELECT * FROM entitlements_due d WHERE {_FREE_ONE_BY_ONE} ORDER BY d.due_on, d.id LIMIT %(most)s) d
JOIN entitlements_entitlement e ON e.id = d.entitlement_id
LEFT JOIN entitlements_ending z ON z.entitlement_id = d.entitlement_id
LEFT JOIN decisions_decision c ON c.id = e.decision_id
ORDER BY d.due_on, d.id
"""  # noqa: S608 (only texts of this file are put together)

# Names and accounts are sealed or need Thai-aware comparison: what is counted here is what the tables themselves tell.
_COUNTED = f"""
SELECT reason, count(*), sum(amount_satang) FROM (
    SELECT d.amount_satang, CASE
        WHEN p.died_on IS NOT NULL THEN 'dead'
        WHEN rests.why <> '' THEN CASE rests.why WHEN 'death' THEN 'dead' WHEN 'move' THEN 'moved' ELSE rests.why END
        WHEN %(needs_account)s AND NOT EXISTS (
            SELECT 1 FROM registry_bankaccount a WHERE a.person_id = d.person_id AND a.ended_at IS NULL)
            THEN 'no_account'
        ELSE '' END AS reason
    FROM entitlements_due d JOIN registry_person p ON p.id = d.person_id
    LEFT JOIN entitlements_ending z ON z.entitlement_id = d.entitlement_id
    CROSS JOIN LATERAL (SELECT {_RESTS} AS why) rests
    WHERE {_FREE}) judged
GROUP BY reason
"""  # noqa: S608


def candidates_after(
    scheme_code: str, office_code: str, on: date, after: Place, most: int, *, in_hand: bool | None = None
) -> list[OwedSum]:
    """The next `most` sums behind a place, in one statement. `in_hand`: only of those who chose the counter (True), of
    those who did not (False), of everybody (None)."""
    with connection.cursor() as cursor, _through_indexes(cursor):
        cursor.execute(_BATCH, _asked(scheme_code, office_code, on, after, in_hand) | {"most": most})
        return [OwedSum(*row) for row in cursor.fetchall()]


@contextmanager
def _through_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """While a first large run comes together its lines are not in the statistics yet, and the planner takes the table for
    empty: reading it whole for each due would take hours instead of seconds."""
    cursor.execute("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true)")
    yield
    cursor.execute("SELECT set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true)")


def counted_candidates(
    scheme_code: str,
    office_code: str,
    on: date,
    after: Place = FIRST,
    *,
    needs_account: bool = False,
    in_hand: bool | None = None,
) -> tuple[int, int, dict[str, int]]:
    """(how many in all, satang of what nothing speaks against, reason → how many), in one statement."""
    asked = _asked(scheme_code, office_code, on, after, in_hand) | {"needs_account": needs_account}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, asked)
        rows = cursor.fetchall()
    free = sum(int(satang) for reason, _, satang in rows if reason == "")
    return sum(row[1] for row in rows), free, {reason: count for reason, count, _ in rows if reason}


def count_of_candidates(scheme_code: str, office_code: str, on: date, *, in_hand: bool | None = None) -> int:
    """How many sums wait, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM entitlements_due d WHERE {_FREE}",  # noqa: S608
            _asked(scheme_code, office_code, on, FIRST, in_hand),
        )
        return int(cursor.fetchone()[0])


def _asked(scheme_code: str, office_code: str, on: date, after: Place, in_hand: bool | None = None) -> dict[str, Any]:
    return {
        "scheme": scheme_code, "office": office_code, "on": on, "after_on": after[0], "after_id": after[1],
        "in_hand": in_hand,
    }  # fmt: skip
