"""How many are asked, in which order, and what in an answer does not fit the payment? Arithmetic only, no clock, no chance."""

import heapq
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, sqrt
from statistics import NormalDist

RECEIVED = ("full", "part", "none", "unsure")
YES_NO = ("yes", "no", "unsure")
KINDS = ("not_received", "amount_differs", "kickback", "unknown_application")
OUTCOMES = ("confirmed", "explained", "mistaken")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one day: shares in percent, the others are counts."""

    margin: int
    confidence: int
    least_asked: int
    tries: int
    least_shown: int


@dataclass(frozen=True)
class Said:
    """What somebody said about one payment; `amount_satang` None when they do not remember."""

    received: str
    amount_satang: int | None = None
    asked_back: str = "no"
    knows_application: str = "yes"


@dataclass(frozen=True)
class Share:
    """A share with the interval in which the true one lies, all between 0 and 1."""

    part: float
    low: float
    high: float


def z_of(confidence: int) -> float:
    """How many standard deviations this confidence (in percent) is, on both sides."""
    return NormalDist().inv_cdf(0.5 + confidence / 200)


def sample_size(population: int, numbers: Numbers) -> int:
    """Cochran's size at the worst share (one half) with finite population correction, never below the minimum."""
    if population <= 0:
        return 0
    margin = numbers.margin / 100
    endless = z_of(numbers.confidence) ** 2 * 0.25 / margin**2
    # A hair of rounding in the last digit must not ask one person more.
    size = ceil(endless / (1 + (endless - 1) / population) - 1e-9)
    return min(population, max(size, numbers.least_asked))


def key_of(seed: str, reference: str) -> bytes:
    """Where a payment stands in the order of the sample: HMAC-SHA256 of its reference under the seed (hex)."""
    return hmac.digest(bytes.fromhex(seed), reference.encode("ascii"), "sha256")


def order(seed: str, references: Iterable[str], most: int) -> list[str]:
    """The first so many payments in the order of the seed. The same seed and payments give the same order, for anybody."""
    return [reference for _, reference in heapq.nsmallest(most, ((key_of(seed, one), one) for one in references))]


def office_for(seed: str, place: int, offices: Sequence[str]) -> str:
    """Which of these offices (sorted codes) asks the one at this place: in turn, from a beginning that the seed says."""
    begins = int.from_bytes(sha256(bytes.fromhex(seed)).digest()[:8], "big")
    return offices[(begins + place) % len(offices)]


def discrepancies(said: Said, paid_satang: int) -> tuple[str, ...]:
    """What does not fit. Whoever is unsure is not a discrepancy."""
    found = []
    if said.received == "none":
        found.append("not_received")
    elif said.received == "part" or (said.amount_satang is not None and said.amount_satang != paid_satang):
        found.append("amount_differs")
    if said.asked_back == "yes":
        found.append("kickback")
    if said.knows_application == "no":
        found.append("unknown_application")
    return tuple(found)


def share(hits: int, asked: int, confidence: int) -> Share:
    """Wilson's interval: honest for small numbers and for none at all."""
    if asked <= 0:
        return Share(0.0, 0.0, 1.0)
    z, part = z_of(confidence), hits / asked
    middle = (part + z * z / (2 * asked)) / (1 + z * z / asked)
    half = z / (1 + z * z / asked) * sqrt(part * (1 - part) / asked + z * z / (4 * asked * asked))
    return Share(part, max(0.0, min(part, middle - half)), min(1.0, max(part, middle + half)))
