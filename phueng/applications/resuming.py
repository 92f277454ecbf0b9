"""Is the person who typed this birth date the applicant of this sheet?"""

from datetime import date

from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate, parse_date
from phueng.questionnaires.parts import written_day
from phueng.questionnaires.queries import Answers


def is_applicant(answers: Answers, typed_day: str, *, today: date) -> bool:
    """Compare with the birth date on the sheet, as exactly as it is known there. A sheet without one fits nobody."""
    typed = parse_date(written_day(typed_day), today)
    known = answers.value("birth_date")
    if known is None or isinstance(typed, Problem):
        return False
    return same_birth(PartialDate.from_iso(known), typed)


def same_birth(known: PartialDate, typed: PartialDate) -> bool:
    """A birth known only to the year is met by its year; one known to the day needs the day."""
    if known.year_ce != typed.year_ce:
        return False
    if known.month is None:
        return True
    return known.month == typed.month and (known.day is None or known.day == typed.day)
