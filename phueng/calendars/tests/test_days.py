"""Are offices and banks closed on the right days, and does the last word on a day hold?"""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from phueng.audit.actors import SYSTEM
from phueng.calendars import queries
from phueng.calendars.actions.announce_day import announce_day
from phueng.calendars.actions.load_days import load_days
from phueng.calendars.actions.withdraw_day import withdraw_day
from phueng.calendars.models import Day
from phueng.calendars.tests.factories import DayChangeFactory, DayFactory
from phueng.kernel.problems import Refused

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
BY = SYSTEM("test")


def _year(calendar: str, year: int) -> frozenset[date]:
    return queries.holidays(calendar, date(year, 1, 1), date(year + 1, 1, 1))


# day, is the office closed, is the bank closed: from the announcements and the traps of the list
KNOWN = [
    (date(2026, 4, 13), True, True),  # Songkran
    (date(2024, 4, 12), True, True),  # bridge day by cabinet resolution
    (date(2024, 4, 16), True, True),  # in lieu of Songkran on a weekend
    (date(2026, 6, 1), True, True),  # in lieu of Visakha Bucha
    (date(2026, 12, 7), True, True),  # in lieu of 5 December
    (date(2026, 5, 1), False, True),  # Labour Day
    (date(2027, 5, 3), False, True),  # in lieu of Labour Day
    (date(2026, 7, 30), True, False),  # Buddhist Lent
    (date(2027, 7, 19), True, True),  # Lent for offices; for banks in lieu of Asarnha Bucha
    (date(2027, 7, 20), True, False),  # for offices in lieu of Asarnha Bucha
    (date(2026, 5, 13), True, False),  # Royal Ploughing
    (date(2026, 1, 10), False, False),  # Children's Day, a Saturday nobody has off
    (date(2026, 1, 2), True, True),  # bridge day
    (date(2026, 3, 4), False, False),  # a plain Wednesday
]


@pytest.mark.parametrize(("day", "office", "bank"), KNOWN, ids=[str(day) for day, _, _ in KNOWN])
def test_known_days(seeded: None, day: date, office: bool, bank: bool) -> None:
    assert (day in _year("office", day.year), day in _year("bank", day.year)) == (office, bank)


def test_loading_twice_adds_nothing(seeded: None) -> None:
    before = Day.objects.count()
    load_days(first_year=2024, last_year=2030, by=BY, at=AT)
    assert Day.objects.count() == before
    assert Day.objects.filter(name_th="").count() == 0


def test_the_last_word_on_a_day_holds(seeded: None) -> None:
    day = date(2026, 3, 4)
    for reference in ("มติ 1", "มติ 1"):
        announce_day(
            calendar="office",
            on=day,
            name_th="วันหยุดพิเศษ",
            name_en="Special holiday",
            source="cabinet",
            reference=reference,
            by=BY,
            at=AT,
        )
    assert day in _year("office", 2026)
    assert day not in _year("bank", 2026)
    version = queries.calendar_version("office")
    withdraw_day(calendar="office", on=day, source="cabinet", reference="มติ 2", by=BY, at=AT)
    withdraw_day(calendar="office", on=day, source="cabinet", reference="มติ 2", by=BY, at=AT)
    assert day not in _year("office", 2026)
    assert queries.calendar_version("office") == version + 1
    again = {"name_th": "วันหยุดพิเศษ", "name_en": "Special holiday", "source": "cabinet", "by": BY, "at": AT}
    announce_day(calendar="office", on=day, reference="มติ 3", **again)  # type: ignore[arg-type]
    assert day in _year("office", 2026)
    assert queries.holiday_names("office", day, date(2026, 3, 5))[day] == ("วันหยุดพิเศษ", "Special holiday")
    assert queries.calendar_version("office") == version + 2


def test_the_range_leaves_its_end_out(seeded: None) -> None:
    songkran = date(2026, 4, 13)
    assert songkran in queries.holidays("office", songkran, date(2026, 4, 14))
    assert queries.holidays("office", date(2026, 4, 10), songkran) == frozenset()


def test_a_day_never_announced_cannot_be_taken_back(seeded: None) -> None:
    with pytest.raises(Refused, match="day_not_announced"):
        withdraw_day(calendar="office", on=date(2026, 3, 4), source="cabinet", reference="มติ", by=BY, at=AT)


def test_what_was_said_about_a_day_is_not_edited(traced: None) -> None:
    day = DayFactory.create()
    for change in (lambda: Day.objects.filter(id=day.id).update(on=date(2098, 1, 1)), day.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_day_stands_once_and_by_hand_only_with_a_reference(traced: None) -> None:
    day = DayFactory.create()
    DayChangeFactory.create(day=day)
    with pytest.raises(IntegrityError, match="day_once_a_calendar"), transaction.atomic():
        DayFactory.create(on=day.on)
    with pytest.raises(IntegrityError, match="day_change_number_once"), transaction.atomic():
        DayChangeFactory.create(day=day)
    with pytest.raises(IntegrityError, match="day_by_hand_has_reference"), transaction.atomic():
        DayFactory.create(reference="")
