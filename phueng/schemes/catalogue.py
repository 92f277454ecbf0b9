"""Which welfare schemes are there?

Adding a scheme: make its folder, then add its line to `_SCHEMES`. Nothing here loads Polars.
"""

from __future__ import annotations

from functools import cache

from phueng.questionnaires.definitions import Questionnaire, load_questionnaire
from phueng.schemes.definition import Scheme
from phueng.schemes.disability.scheme import SCHEME as DISABILITY
from phueng.schemes.family_hardship.scheme import SCHEME as FAMILY_HARDSHIP
from phueng.schemes.old_age.scheme import SCHEME as OLD_AGE

_SCHEMES: tuple[Scheme, ...] = (FAMILY_HARDSHIP, OLD_AGE, DISABILITY)


class UnknownScheme(LookupError):
    """No scheme has this code."""


def schemes() -> tuple[Scheme, ...]:
    """Every scheme, in the order in which people are offered them."""
    return _SCHEMES


def scheme(code: str) -> Scheme:
    """The scheme with this code; raises UnknownScheme."""
    for one in _SCHEMES:
        if one.code == code:
            return one
    raise UnknownScheme(f"There is no scheme {code!r}; there are: {', '.join(one.code for one in _SCHEMES)}")


@cache
def questionnaire(code: str) -> Questionnaire:
    """The questions that an applicant for this scheme answers; raises UnknownScheme."""
    return load_questionnaire(scheme(code).folder / "questions.yaml")
