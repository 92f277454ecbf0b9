"""From a movement to its run, from a line to its case: which paper is behind which baht? Set-wise, one query each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from phueng.ledger.accounts import Fund
from phueng.payments.models import Run

BANGKOK = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True)
class TracedLine:
    """One payment with its run, its case and what became of it on a day."""

    reference: str
    payee_name: str
    amount_satang: int
    run_number: str
    case_reference: str
    outcome: str
    bank_reference: str


def numbers_of_runs(run_ids: Collection[UUID]) -> dict[UUID, str]:
    """Run id → number."""
    return dict(Run.objects.filter(pk__in=run_ids).values_list("pk", "number")) if run_ids else {}


def cases_of_decisions(decision_ids: Collection[UUID]) -> dict[UUID, str]:
    """Decision id → reference of its application."""
    if not decision_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.id, a.reference FROM decisions_decision c JOIN applications_application a ON a.id = c.application_id
               WHERE c.id = ANY (%s::uuid[])""",
            [list(decision_ids)],
        )
        return dict(cursor.fetchall())


def lines_of_day(fund: Fund, on: date, *, offset: int = 0, most: int = 50) -> tuple[list[TracedLine], int]:
    """A page of the payments that were settled on a day, each with its case; and how many there are."""
    start = datetime.combine(on, time(), BANGKOK)
    asked: dict[str, Any] = {
        "year": fund.fiscal_year, "scheme": fund.scheme_code, "office": fund.office_code, "start": start,
        "end": start + timedelta(days=1), "offset": offset, "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.reference, l.payee_name, l.amount_satang, r.number, COALESCE(a.reference, ''),
                      CASE WHEN l.returned_at IS NULL THEN 'paid' ELSE 'returned' END, l.bank_reference, count(*) OVER ()
               FROM payments_line l JOIN payments_run r ON r.id = l.run_id JOIN places_office o ON o.id = r.office_id
               JOIN entitlements_due u ON u.id = l.due_id
               JOIN entitlements_entitlement e ON e.id = u.entitlement_id
               LEFT JOIN decisions_decision c ON c.id = e.decision_id
               LEFT JOIN applications_application a ON a.id = c.application_id
               WHERE r.fiscal_year = %(year)s AND r.scheme_code = %(scheme)s AND o.code = %(office)s
                 AND ((l.paid_at >= %(start)s AND l.paid_at < %(end)s)
                      OR (l.returned_at >= %(start)s AND l.returned_at < %(end)s))
               ORDER BY l.returned_at NULLS LAST, r.number, l.number OFFSET %(offset)s LIMIT %(most)s""",
            asked,
        )
        rows = cursor.fetchall()
    return [TracedLine(*row[:-1]) for row in rows], rows[0][-1] if rows else 0
