"""Until when must an advance be accounted for?"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from phueng.schemes.parameters import Parameters, load_parameters

_FILE = Path(__file__).with_name("parameters.yaml")


@cache
def parameters() -> Parameters:
    """Every dated number with its law."""
    return load_parameters(_FILE)


def clear_by(drawn_on: date) -> date:
    """The last day on which an advance drawn on this day is in time."""
    return drawn_on + timedelta(days=int(parameters().value("clear_within", drawn_on)))
