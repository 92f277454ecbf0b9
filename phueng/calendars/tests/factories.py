"""What does a day, a change of it, or a clock look like in a test?"""

import uuid
from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from phueng.calendars.models import Clock, ClockMove, ClockPause, Day, DayChange


class DayFactory(DjangoModelFactory[Day]):
    """A day off far from every real one."""

    class Meta:
        model = Day

    calendar = "office"
    on = factory.Sequence(lambda n: date(2099, 1, 1) + timedelta(days=n))
    name_th = "วันหยุดสมมติ"
    name_en = "Invented Holiday"
    source = "cabinet"
    reference = "มติสมมติ"


class DayChangeFactory(DjangoModelFactory[DayChange]):
    """The day is taken back."""

    class Meta:
        model = DayChange

    day = factory.SubFactory(DayFactory)
    number = 1
    is_off = False
    source = "cabinet"
    reference = "มติสมมติ 2"
    changed_at = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


class ClockFactory(DjangoModelFactory[Clock]):
    """Ten calendar days on some case."""

    class Meta:
        model = Clock

    subject_id = factory.LazyFunction(uuid.uuid4)
    code = "answer"
    unit = "calendar"
    length = 10
    law_th = "ระเบียบสมมติ ข้อ 1"
    law_en = "Invented Regulation, clause 1"
    started_at = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    due_on = date(2026, 3, 12)
    calendar_version = 0


class ClockPauseFactory(DjangoModelFactory[ClockPause]):
    """An open pause."""

    class Meta:
        model = ClockPause

    clock = factory.SubFactory(ClockFactory)
    reason_code = "waiting_for_citizen"
    from_at = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


class ClockMoveFactory(DjangoModelFactory[ClockMove]):
    """The due day moves by two days."""

    class Meta:
        model = ClockMove

    clock = factory.SubFactory(ClockFactory)
    due_before = date(2026, 3, 12)
    due_after = date(2026, 3, 14)
    why = "pause:waiting_for_citizen"
    calendar_version = 0
    moved_at = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
