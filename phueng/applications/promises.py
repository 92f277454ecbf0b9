"""What may an applicant count on after sending, and until which day?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from phueng.applications.models import Application
from phueng.calendars.queries import holidays
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import Deadline
from phueng.schemes.catalogue import scheme


@dataclass(frozen=True, slots=True)
class Promised:
    """The longest this scheme takes, as days and as the last day if triage happened on the day of sending."""

    shortest: int
    longest: int
    unit: str
    due_on: date
    law_th: str
    law_en: str


def promised_for(application: Application) -> Promised:
    """Nobody's category is known before triage, so the longer promise is the one to make."""
    sent = application.submitted_at or application.started_at
    return promised_from(application.scheme_code, sent)


def promised_from(scheme_code: str, moment: datetime) -> Promised:
    """The same for a scheme and a moment."""
    day = in_bangkok(moment).date()
    rule = scheme(scheme_code).clock("decide", day)
    lengths = sorted(rule.lengths.values())
    unit = "working" if rule.unit == "working_days" else "calendar"
    days_off = holidays("office", day, day + timedelta(days=120)) if unit == "working" else frozenset()
    due_on = Deadline(day, lengths[-1], unit, days_off).due_on()  # type: ignore[arg-type]  # one of its two units
    return Promised(lengths[0], lengths[-1], unit, due_on, rule.law.th, rule.law.en)
