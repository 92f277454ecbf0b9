"""Which cases are over for so long that what people told us must go?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import connection

from phueng.kernel.thai_dates import fiscal_year_be, fiscal_year_range, in_bangkok
from phueng.schemes.catalogue import scheme, schemes

PERIODS_FILE = Path(__file__).parent / "periods.yaml"

# What is sent and what never was are judged by different periods; `before` only keeps young cases out of the search.
_CANDIDATES = """
SELECT c.id, c.last_act FROM (
    SELECT a.id, retention_last_act(a.id) AS last_act, coalesce(a.closed_at, a.started_at) AS over_at
      FROM applications_application a
     WHERE a.scheme_code = %(scheme)s AND (a.submitted_at IS NOT NULL) = %(was_sent)s
       AND coalesce(a.closed_at, a.started_at) < %(before)s
       AND NOT EXISTS (SELECT 1 FROM applications_wiping w WHERE w.application_id = a.id)) c
WHERE c.last_act < %(before)s ORDER BY c.over_at LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class DueCase:
    """One case whose time is over: the day of its last act, and the last day on which it was kept."""

    application_id: UUID
    scheme_code: str
    was_sent: bool
    last_act_on: date
    last_day: date


@cache
def drafts_kept() -> timedelta:
    """How long a form is kept that was begun and never sent."""
    return timedelta(days=int(yaml.safe_load(PERIODS_FILE.read_text(encoding="utf-8"))["drafts_kept_days"]))


def last_day(scheme_code: str, last_act_on: date, *, was_sent: bool) -> date:
    """Until the end of the fiscal year of the last act, as accounts are kept, and the scheme's years after it."""
    if not was_sent:
        return last_act_on + drafts_kept()
    years = scheme(scheme_code).retention(last_act_on).years
    return fiscal_year_range(fiscal_year_be(last_act_on) + years)[1]


def due_cases(at: datetime, *, limit: int) -> list[DueCase]:
    """At most `limit` cases to let go now."""
    found: list[DueCase] = []
    for one in schemes():
        for was_sent in (True, False):
            if len(found) < limit:
                found.extend(_due(one.code, at, was_sent=was_sent, limit=limit - len(found)))
    return found


def _due(scheme_code: str, at: datetime, *, was_sent: bool, limit: int) -> Iterator[DueCase]:
    today = in_bangkok(at).date()
    shortest = timedelta(days=365) if was_sent else drafts_kept()
    if was_sent:
        shortest *= scheme(scheme_code).retention(today).years
    asked: dict[str, Any] = {"scheme": scheme_code, "was_sent": was_sent, "before": at - shortest, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        rows = cursor.fetchall()
    for application_id, last_act in rows:
        acted_on = in_bangkok(last_act).date()
        until = last_day(scheme_code, acted_on, was_sent=was_sent)
        if until < today:
            yield DueCase(application_id, scheme_code, was_sent, acted_on, until)
