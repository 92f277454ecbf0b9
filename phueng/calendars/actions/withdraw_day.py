"""What happens when an announced day off is taken back?"""

from datetime import date, datetime

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars import queries
from phueng.calendars.actions.announce_day import change_day, hold_day
from phueng.calendars.models import Day
from phueng.kernel.problems import Problem, Refused

_NOT_ANNOUNCED = Problem(
    "day_not_announced",
    "วันนี้ไม่เคยประกาศเป็นวันหยุด",
    "This day was never announced as a day off.",
    "ตรวจสอบวันที่และปฏิทินที่เลือก",
    "Check the date and which calendar is chosen.",
)


@action
def withdraw_day(*, calendar: str, on: date, source: str, reference: str, by: Actor, at: datetime) -> Day:
    """Make `on` an ordinary day again. Raises Refused(day_not_announced); safe to repeat."""
    hold_day(calendar, on)
    day = Day.objects.filter(calendar=calendar, on=on).first()
    if day is None:
        raise Refused(_NOT_ANNOUNCED)
    if not queries.is_off(calendar, on):
        return day
    change_day(day, is_off=False, source=source, reference=reference, at=at)
    record(
        by=by,
        at=at,
        act="calendars.withdraw_day",
        subject=("calendar_day", day.id),
        why=reference,
        before={"calendar": calendar, "on": on, "is_off": True},
        after={"calendar": calendar, "on": on, "is_off": False},
    )
    return day
