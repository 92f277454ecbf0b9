"""What did the numbers of asking stand at on a given day?"""

from datetime import date
from functools import cache
from pathlib import Path

from phueng.schemes.parameters import Parameters, load_parameters
from phueng.spotchecks.rules import Numbers

_FILE = Path(__file__).with_name("parameters.yaml")


@cache
def parameters() -> Parameters:
    """Every dated number with where it is written."""
    return load_parameters(_FILE)


def numbers_on(on: date) -> Numbers:
    """The numbers in force on this day; raises NoParameter."""
    book = parameters()
    return Numbers(
        margin=book.value("margin", on),
        confidence=book.value("confidence", on),
        least_asked=book.value("least_asked", on),
        tries=book.value("tries", on),
        least_shown=book.value("least_shown", on),
    )
