"""Which days are off, and how many days has someone left to answer?"""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from phueng.calendars.clock_states import ClockState, state_from_row
from phueng.calendars.models import Day, DayChange

# One query for a whole list of cases. Each working-day clock brings the days off it may need: those from
# its start until well past its due day or today, and further while it stands still.
_CLOCK_ROWS = """
SELECT DISTINCT ON (c.subject_id)
       c.subject_id, c.code, c.unit, c.length, c.law_th, c.law_en, c.started_at, c.due_on, c.stopped_at,
       (SELECT coalesce(array_agg(ARRAY[p.from_at, p.until_at] ORDER BY p.from_at), '{}')
          FROM calendars_clockpause p WHERE p.clock_id = c.id) AS pauses,
       CASE WHEN c.unit = 'working' THEN
         (SELECT coalesce(array_agg(off."on"), '{}') FROM calendars_off_day off
           WHERE off.calendar = 'office'
             AND off."on" BETWEEN c.started_at::date - 1
                 AND greatest(c.due_on, %(on)s) + greatest(%(on)s - c.started_at::date, 0) + 60)
       ELSE '{}' END AS days_off
  FROM calendars_clock c
 WHERE c.subject_id = ANY(%(subject_ids)s)
 ORDER BY c.subject_id, (c.stopped_at IS NOT NULL), CASE WHEN c.stopped_at IS NULL THEN c.due_on END,
       c.stopped_at DESC
"""


def _days_off(calendar: str) -> QuerySet[Day]:
    latest = DayChange.objects.filter(day=OuterRef("pk")).order_by("-number").values("is_off")[:1]
    days = Day.objects.filter(calendar=calendar).annotate(last_word=Subquery(latest))
    return days.filter(Q(last_word=True) | Q(last_word__isnull=True))


def holidays(calendar: str, from_: date, before: date) -> frozenset[date]:
    """Days off of the "office" or "bank" calendar with from_ <= day < before. Weekends are not listed."""
    return frozenset(_days_off(calendar).filter(on__gte=from_, on__lt=before).values_list("on", flat=True))


def holiday_names(calendar: str, from_: date, before: date) -> dict[date, tuple[str, str]]:
    """Day off → its name in Thai and English, in order."""
    rows = _days_off(calendar).filter(on__gte=from_, on__lt=before).order_by("on")
    return {day.on: (day.name_th, day.name_en) for day in rows}


def is_off(calendar: str, on: date) -> bool:
    """Is this announced as a day off, and not taken back?"""
    return _days_off(calendar).filter(on=on).exists()


def calendar_version(calendar: str = "office") -> int:
    """How much has ever been said about this calendar. Rows are only added, so it only grows."""
    return Day.objects.filter(calendar=calendar).count() + DayChange.objects.filter(day__calendar=calendar).count()


def clock_states(subject_ids: Collection[UUID] | Iterable[UUID], on: date) -> dict[UUID, ClockState]:
    """Each case's clock as it stands on a day, in one query; cases without a clock are left out.

    Of several running clocks the one due first; when none runs, the one stopped last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLOCK_ROWS, {"subject_ids": list(subject_ids), "on": on})
        states = (state_from_row(row, on) for row in cursor.fetchall())
        return {state.subject_id: state for state in states}
