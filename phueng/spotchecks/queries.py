"""Who is to be asked by this viewer, what does not fit, and how do the offices stand?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from phueng.access.viewers import Viewer
from phueng.spotchecks.models import Discrepancy, Interview
from phueng.spotchecks.rules import Share, share
from phueng.spotchecks.sql import INTERVIEWERS

MOST_SHOWN = 6


def interviews_for(viewer: Viewer) -> QuerySet[Interview]:
    """Those that the viewer's offices ask; none about an office where the viewer has a duty, however many others."""
    return (
        Interview.objects.filter(office_id__in=viewer.office_ids(*INTERVIEWERS))
        .exclude(draw__run__office_id__in=viewer.office_ids())
        .select_related("draw__run__office", "office")
    )


def waiting_for(viewer: Viewer) -> QuerySet[Interview]:
    """The open ones, longest waiting first, each with how often it was tried."""
    return (
        interviews_for(viewer)
        .filter(unreached_at=None, sheet=None)
        .annotate(tried=Count("tries"))
        .order_by("assigned_at", "draw_id", "place")
    )


def interview_for(viewer: Viewer, interview_id: UUID) -> Interview | None:
    """One open interview with its payment; not there, not theirs and over are the same answer."""
    found = interviews_for(viewer).filter(pk=interview_id, unreached_at=None, sheet=None)
    return found.select_related("draw__run__office", "office", "line").first()


def discrepancies_for(viewer: Viewer) -> QuerySet[Discrepancy]:
    """What auditors follow up: all of it, but never of an office where they have a duty themselves."""
    found = Discrepancy.objects.select_related("line__run__office", "sheet", "receipt").defer(
        "line__account", "line__national_id"
    )
    return found.exclude(line__run__office_id__in=viewer.office_ids()) if viewer.has_role("auditor") else found.none()


@dataclass(frozen=True)
class OfficeStanding:
    """How one office stands. `found` is None while too few answered: a share of three people says nothing."""

    code: str
    name_th: str
    name_en: str
    asked: int
    answered: int
    unreached: int
    with_discrepancy: int
    confirmed: int
    disputed: int
    found: Share | None


_STANDINGS = """
WITH asked AS (
    SELECT r.office_id, count(*) AS asked, count(s.id) AS answered, count(i.unreached_at) AS unreached,
           count(s.id) FILTER (WHERE EXISTS (SELECT 1 FROM spotchecks_discrepancy x WHERE x.sheet_id = s.id)) AS hits
    FROM spotchecks_interview i JOIN spotchecks_draw d ON d.id = i.draw_id JOIN payments_run r ON r.id = d.run_id
    LEFT JOIN spotchecks_sheet s ON s.interview_id = i.id
    WHERE d.drawn_at >= %s GROUP BY 1),
own AS (
    SELECT r.office_id, count(*) FILTER (WHERE t.answer = 'full') AS confirmed,
           count(*) FILTER (WHERE t.answer <> 'full') AS disputed
    FROM (SELECT DISTINCT ON (line_id) line_id, answer FROM spotchecks_receipt WHERE said_at >= %s
          ORDER BY line_id, round DESC) t
    JOIN payments_line l ON l.id = t.line_id JOIN payments_run r ON r.id = l.run_id GROUP BY 1)
SELECT o.code, o.name_th, o.name_en, COALESCE(asked, 0), COALESCE(answered, 0), COALESCE(unreached, 0),
       COALESCE(hits, 0), COALESCE(confirmed, 0), COALESCE(disputed, 0)
FROM asked FULL JOIN own USING (office_id) JOIN places_office o ON o.id = office_id ORDER BY o.sort_key, o.code
"""


def standings(since: datetime, *, confidence: int, least_shown: int) -> list[OfficeStanding]:
    """Every office with a sample or an answer since then, by name and never by rank. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, [since, since])
        rows = cursor.fetchall()
    found: list[OfficeStanding] = []
    for code, name_th, name_en, asked, answered, unreached, hits, confirmed, disputed in rows:
        part = share(hits, answered, confidence) if answered >= least_shown else None
        found.append(
            OfficeStanding(code, name_th, name_en, asked, answered, unreached, hits, confirmed, disputed, part)
        )
    return found


# -------------------------------------------------------------------------------------------------------- for citizens


@dataclass(frozen=True)
class PaidSum:
    """A payment of a request as the payee sees it, with what they last said about it ("" nothing yet)."""

    line_id: UUID
    reference: str
    amount_satang: int
    settled_on: object
    answer: str = ""
    said_satang: int | None = None


_PAID = """
SELECT l.id, l.reference, l.amount_satang, COALESCE(l.settled_on, r.effective_on), COALESCE(t.answer, ''), t.amount_satang
FROM decisions_decision d
JOIN entitlements_entitlement e ON e.decision_id = d.id
JOIN entitlements_due u ON u.entitlement_id = e.id
JOIN payments_line l ON l.due_id = u.id AND l.paid_at IS NOT NULL AND l.returned_at IS NULL
JOIN payments_run r ON r.id = l.run_id
LEFT JOIN LATERAL (SELECT answer, amount_satang FROM spotchecks_receipt c WHERE c.line_id = l.id
                   ORDER BY c.round DESC LIMIT 1) t ON true
WHERE d.application_id = %s ORDER BY 4 DESC, 2 LIMIT %s
"""


def paid_sums_of(application_id: UUID) -> list[PaidSum]:
    """The latest payments of a request that arrived, newest first. One query, always."""
    with connection.cursor() as cursor:
        cursor.execute(_PAID, [application_id, MOST_SHOWN])
        return [PaidSum(*row) for row in cursor.fetchall()]
