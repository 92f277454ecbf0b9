"""Who was left out of a prepared run, and why? Kept with the run, so that the question has an answer next year too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count

from phueng.payments.models import Exclusion, Run


@dataclass(frozen=True)
class ExclusionSaid:
    """Why a sum did not go into the last run that could have held it."""

    reason: str
    run_number: str
    excluded_at: datetime


@dataclass(frozen=True)
class ExcludedDue:
    """One sum that was left out of a run."""

    due_id: UUID
    person_id: UUID
    payee_name: str
    amount_satang: int
    reason: str


def exclusions_of_dues(due_ids: Collection[UUID]) -> dict[UUID, ExclusionSaid]:
    """The latest reason for each due that still waits; none once it stands in a live line. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (x.due_id) x.due_id, x.reason, r.number, r.prepared_at
               FROM payments_exclusion x JOIN payments_run r ON r.id = x.run_id
               WHERE x.due_id = ANY(%s) AND NOT EXISTS (
                   SELECT 1 FROM payments_line l
                   WHERE l.due_id = x.due_id AND l.returned_at IS NULL AND l.dropped_at IS NULL)
               ORDER BY x.due_id, r.prepared_at DESC""",
            [list(due_ids)],
        )
        return {row[0]: ExclusionSaid(*row[1:]) for row in cursor.fetchall()}


def counted_exclusions(run: Run) -> dict[str, int]:
    """Reason → how many, most frequent first; one query."""
    counted = Exclusion.objects.filter(run=run).values_list("reason").annotate(count=Count("pk"))
    return dict(counted.order_by("-count", "reason"))


def exclusions_of(run: Run, most: int = 50, reason: str = "", offset: int = 0) -> list[ExcludedDue]:
    """Who was left out, with the name as it is now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT x.due_id, d.person_id, concat_ws(' ', NULLIF(n.first_name, ''), NULLIF(n.last_name, '')),
                      d.amount_satang, x.reason
               FROM payments_exclusion x JOIN entitlements_due d ON d.id = x.due_id
               LEFT JOIN LATERAL (SELECT first_name, last_name FROM registry_personname WHERE person_id = d.person_id
                                  ORDER BY kind <> 'registered', stated_at DESC LIMIT 1) n ON true
               WHERE x.run_id = %s AND (%s = '' OR x.reason = %s) ORDER BY x.reason, d.due_on, x.due_id LIMIT %s OFFSET %s""",
            [run.pk, reason, reason, most, offset],
        )
        return [ExcludedDue(*row) for row in cursor.fetchall()]
