"""Which days are off, before anybody has announced anything?

The only file that reads the holiday list (PyPI holidays). That list mixes what offices and banks do; where
they differ:
- Children's Day is a Saturday everyone notes and nobody has off: on neither calendar.
- Labour Day and its day in lieu are for banks and companies: not on the office calendar.
- Buddhist Lent is for government offices: not on the bank calendar, so a bank's day in lieu for a Sunday
  Asarnha Bucha is the Monday on which offices keep Lent (as the banks did in 2563).
- The Royal Ploughing day is known only once the palace has set it: later years are announced by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from uuid import UUID, uuid5

import holidays

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.models import Calendar, Day, Source

_DAYS = UUID("3d5a8c0e-3c7a-5b43-8f5e-25690000ca1e")

_CHILDREN = "National Children's Day"
_LABOUR = "National Labor Day"
_LENT = "Buddhist Lent Day"
_ASARNHA_IN_LIEU = "Asarnha Bucha (in lieu)"


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day off on one calendar, as the list has it."""

    calendar: Calendar
    on: date
    name_th: str
    name_en: str


def listed_days(first_year: int, last_year: int) -> Iterator[ListedDay]:
    """Every day off from the list, for both calendars."""
    years = range(first_year, last_year + 1)
    public_th = holidays.country_holidays("TH", years=years, categories=holidays.PUBLIC, language="th")
    public_en = holidays.country_holidays("TH", years=years, categories=holidays.PUBLIC, language="en_US")
    government_th = holidays.country_holidays("TH", years=years, categories=holidays.GOVERNMENT, language="th")
    government_en = holidays.country_holidays("TH", years=years, categories=holidays.GOVERNMENT, language="en_US")
    for on, name_en in sorted(public_en.items()):
        name_th = public_th[on]
        if _CHILDREN in name_en:
            continue
        if _LABOUR not in name_en:
            yield ListedDay(Calendar.OFFICE, on, name_th, name_en)
        if not name_en.startswith(_LENT):
            yield ListedDay(Calendar.BANK, _bank_day(on, name_en, public_en), name_th, name_en)
    for on, name_en in sorted(government_en.items()):
        yield ListedDay(Calendar.OFFICE, on, government_th[on], name_en)


def _bank_day(on: date, name_en: str, public_en: holidays.HolidayBase) -> date:
    day_before = on - timedelta(days=1)
    moves_up = name_en == _ASARNHA_IN_LIEU and day_before.weekday() == 0 and public_en.get(day_before) == _LENT
    return day_before if moves_up else on


@action
def load_days(*, first_year: int, last_year: int, by: Actor, at: datetime) -> int:
    """Write the listed days of these years; those already there stay. Returns how many stand there then."""
    reference = f"holidays {version('holidays')}"
    Day.objects.bulk_create(
        [
            Day(
                id=uuid5(_DAYS, f"{listed.calendar} {listed.on}"),
                calendar=listed.calendar,
                on=listed.on,
                name_th=_short(listed.name_th),
                name_en=_short(listed.name_en),
                source=Source.LIBRARY,
                reference=reference,
            )
            for listed in listed_days(first_year, last_year)
        ],
        ignore_conflicts=True,
    )
    record(
        by=by,
        at=at,
        act="calendars.load_days",
        subject=("calendar", _DAYS),
        why=reference,
        after={"first_year": first_year, "last_year": last_year},
    )
    return Day.objects.filter(on__year__range=(first_year, last_year)).count()


def _short(name: str) -> str:
    """5 December has three names in a row: the first is enough on a page."""
    return name.split("; ")[0]
