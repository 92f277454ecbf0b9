"""What happens when a day off is announced?

The cabinet often decides a few weeks ahead, sometimes a few days. Running clocks that count working days
are counted anew by the worker, which this act wakes.
"""

from datetime import date, datetime

from django.db import connection
from django.db.models import Max

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars import queries
from phueng.calendars.models import Day, DayChange


@action
def announce_day(
    *,
    calendar: str,
    on: date,
    name_th: str,
    name_en: str,
    source: str,
    reference: str,
    by: Actor,
    at: datetime,
) -> Day:
    """Make `on` a day off ("office" or "bank") on this authority. A day already off stays as it is."""
    hold_day(calendar, on)
    day, is_new = Day.objects.get_or_create(
        calendar=calendar,
        on=on,
        defaults={"name_th": name_th, "name_en": name_en, "source": source, "reference": reference},
    )
    if not is_new:
        if queries.is_off(calendar, on):
            return day
        change_day(day, is_off=True, source=source, reference=reference, at=at)
    record(
        by=by,
        at=at,
        act="calendars.announce_day",
        subject=("calendar_day", day.id),
        why=reference,
        after={"calendar": calendar, "on": on, "name": name_th},
    )
    return day


def hold_day(calendar: str, on: date) -> None:
    """Let one word be said on a day at a time. Rows that are only added cannot be locked, their name can."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"calendars {calendar} {on:%Y-%m-%d}"])


def change_day(day: Day, *, is_off: bool, source: str, reference: str, at: datetime) -> None:
    """Write the next word on a day that is held."""
    last = DayChange.objects.filter(day=day).aggregate(last=Max("number"))["last"] or 0
    DayChange.objects.create(day=day, number=last + 1, is_off=is_off, source=source, reference=reference, changed_at=at)
