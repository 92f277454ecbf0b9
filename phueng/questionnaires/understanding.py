"""How does this installation read an answer? As `check_answer` does, with its own places and its own rule on IDs."""

from datetime import date
from typing import Any

from django.conf import settings

from phueng.kernel.problems import Problem
from phueng.places.queries import is_subdistrict, place_line
from phueng.questionnaires.definitions import Accepted, Question, check_answer


def understand(question: Question, typed: Any, *, today: date) -> Accepted | Problem:
    """What we understood, or what is wrong. Places come from a kept list, so this asks the database nothing."""
    return check_answer(
        question,
        typed,
        today=today,
        allow_unissued_ids=settings.PHUENG_ALLOWS_UNISSUED_IDS,
        place_line=line_of_place,
    )


def line_of_place(subdistrict_code: str, language: str) -> str:
    """The place in words, or nothing for a code that does not exist."""
    return place_line(subdistrict_code, language) if is_subdistrict(subdistrict_code) else ""
