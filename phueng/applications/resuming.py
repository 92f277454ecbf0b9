"""Whose request is it, when somebody types a number and a birth date?"""

from datetime import datetime
from uuid import uuid4

from phueng.applications.models import Application
from phueng.applications.queries import answers_of_application, application_by_reference
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate, in_bangkok, parse_date
from phueng.questionnaires.parts import written_day
from phueng.schemes.catalogue import schemes


def request_of(reference: str, typed_day: str, *, at: datetime) -> Application | None:
    """The request with this number whose applicant was born on this day; None for every kind of miss.

    The birth date is compared as exactly as it is known. A miss reads a sheet as well: an unknown number must not be
    answered faster than a wrong birth date.
    """
    found = application_by_reference(reference)
    sheet = found or Application(sheet_id=uuid4(), scheme_code=schemes()[0].code, started_at=at)
    known = answers_of_application(sheet).value("birth_date")
    typed = parse_date(written_day(typed_day), in_bangkok(at).date())
    if known is None or isinstance(typed, Problem):
        return None
    return found if same_birth(PartialDate.from_iso(known), typed) else None


def same_birth(known: PartialDate, typed: PartialDate) -> bool:
    """A birth known only to the year is met by its year; one known to the day needs the day."""
    if known.year_ce != typed.year_ce:
        return False
    if known.month is None:
        return True
    return known.month == typed.month and (known.day is None or known.day == typed.day)
