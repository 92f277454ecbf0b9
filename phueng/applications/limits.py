"""How often may one address, or one reference, be tried?

Wide enough for a village office where fifty people share one connection, narrow enough that guessing is hopeless.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within so much time."""

    most: int
    within: timedelta


STARTS = Limit(200, timedelta(hours=1))
RESUMES_BY_ADDRESS = Limit(30, timedelta(minutes=15))
RESUMES_BY_REFERENCE = Limit(5, timedelta(minutes=15))
