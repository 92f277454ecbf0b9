"""When do people work? Moments on working days between half past eight and half past four, Bangkok time."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from random import Random

from phueng.kernel.thai_dates import BANGKOK
from phueng.kernel.working_days import is_working_day


class Diary:
    """Draws moments; holidays are the office's."""

    def __init__(self, chance: Random, holidays: Collection[date]) -> None:
        self.chance = chance
        self.holidays = frozenset(holidays)

    def working_day(self, on: date) -> date:
        """This day, or the next one on which offices are open."""
        while not is_working_day(on, self.holidays):
            on += timedelta(days=1)
        return on

    def working_day_before(self, on: date) -> date:
        """This day, or the last one before it on which offices were open."""
        while not is_working_day(on, self.holidays):
            on -= timedelta(days=1)
        return on

    def at_desk(self, on: date) -> datetime:
        """A moment at the desk on the first working day from `on`."""
        minutes = self.chance.randint(0, 8 * 60)
        begins = datetime.combine(self.working_day(on), time(8, 30), BANGKOK)
        return begins + timedelta(minutes=minutes, seconds=self.chance.randint(0, 59))

    def later(self, after: datetime, least: int, most: int) -> datetime:
        """A moment at the desk `least` to `most` calendar days after a moment, never before it."""
        found = self.at_desk(after.astimezone(BANGKOK).date() + timedelta(days=self.chance.randint(least, most)))
        return max(found, after + timedelta(minutes=self.chance.randint(4, 40)))

    def at_home(self, on: date) -> datetime:
        """A moment at which somebody fills in a form on a phone: any day, early morning to late evening."""
        hour = self.chance.choices(range(6, 23), [1, 2, 4, 6, 7, 7, 5, 4, 5, 5, 5, 5, 6, 7, 8, 6, 2])[0]
        return datetime.combine(on, time(hour, self.chance.randint(0, 59), self.chance.randint(0, 59)), BANGKOK)
