"""From which likeness on is a record shown, and from which must an officer look?"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

THRESHOLDS_FILE = Path(__file__).parent / "thresholds.yaml"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of thresholds.yaml, each between 0 and 1."""

    shown_from: float
    likely_from: float
    likely_at_the_same_home_from: float

    def __post_init__(self) -> None:
        if not 0 < self.shown_from <= self.likely_at_the_same_home_from <= self.likely_from <= 1:
            raise ValueError("thresholds.yaml: the numbers must rise from shown to likely, between 0 and 1")


@cache
def thresholds() -> Thresholds:
    """Read once; raises TypeError for a number too many or too few."""
    return Thresholds(**yaml.safe_load(THRESHOLDS_FILE.read_text(encoding="utf-8")))
