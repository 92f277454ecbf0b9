"""Which payments went out although the person had died, or although the entitlement had ended? One statement finds them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

# The month of a death is still owed (to the estate), and so is a single sum that fell due before it.
_FOUND = """
SELECT registry_canonical(l.person_id), u.entitlement_id, f.cause, array_agg(l.id ORDER BY l.settled_on, l.id),
       max(f.since)
  FROM payments_line l
  JOIN entitlements_due u ON u.id = l.due_id
  LEFT JOIN entitlements_ending g ON g.entitlement_id = u.entitlement_id
  CROSS JOIN LATERAL (SELECT min(p.died_on) AS died_on FROM registry_selves(l.person_id) self
                      JOIN registry_person p ON p.id = self) d
  CROSS JOIN LATERAL (
    SELECT 'paid_after_death' AS cause, d.died_on AS since WHERE COALESCE(u.month, u.due_on) > d.died_on
    UNION ALL
    SELECT 'ended_entitlement', g.ends_before
     WHERE g.reason_code <> 'death' AND d.died_on IS NULL AND COALESCE(u.month, u.due_on) >= g.ends_before) f
 WHERE l.paid_at IS NOT NULL AND l.returned_at IS NULL
   AND (g.id IS NOT NULL OR EXISTS (SELECT 1 FROM registry_selves(l.person_id) s JOIN registry_person q ON q.id = s
                                    WHERE q.died_on IS NOT NULL))
   AND NOT EXISTS (SELECT 1 FROM recoveries_overpaidline o WHERE o.line_id = l.id)
 GROUP BY 1, 2, 3
 ORDER BY 1, 2
 LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """Payments of one entitlement that were not owed, and since when."""

    person_id: UUID
    entitlement_id: UUID
    cause: str
    line_ids: tuple[UUID, ...]
    since: date


def payments_not_owed(limit: int) -> list[Found]:
    """At most so many, never one that was asked about before (a withdrawn note stays withdrawn)."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [limit])
        return [Found(row[0], row[1], row[2], tuple(row[3]), row[4]) for row in cursor.fetchall()]
