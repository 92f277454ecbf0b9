"""How often may somebody guess?

A guess that succeeds is given back, so fifty people behind one connection are all served, while guessing for nothing
stops after twenty misses: 50 random bits in a reference, times a birth date. Then each further try has a price
(puzzles.py). Counted before the look-up, so that many guesses at the same moment cannot slip through together.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from phueng.access.limits import address_of, allow, hashed
from phueng.access.models import LimitEvent

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    key: str
    most: int
    within: timedelta


def free_limits(request: HttpRequest) -> tuple[Limit, ...]:
    """By address and by network: beyond these a try has its price."""
    address = address_of(request.META)
    return (
        Limit(f"track from {address}", 20, QUARTER),
        Limit(f"track from network {network_of(address)}", 120, QUARTER),
    )


def reference_limits(reference: str) -> tuple[Limit, ...]:
    """By reference (any text that was typed counts, known or not): beyond these nobody tries it."""
    named = reference[:40]
    return (
        Limit(f"track {named}", 10, QUARTER),
        Limit(f"track today {named}", 20, DAY),
    )


def network_of(address: str) -> str:
    """The neighbourhood of an address: /24, or /48 of IPv6, where one person can have any number of addresses."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if known.version == 4 else 48}", strict=False))


def count_try(limits: Sequence[Limit]) -> list[Limit]:
    """Count one try against each limit; the limits that had room. All are asked each time, whichever is used up."""
    return [one for one in limits if allow(one.key, most=one.most, within=one.within)]


def give_back(limits: Sequence[Limit]) -> None:
    """The try was right: it counts for nothing."""
    for one in limits:
        newest = LimitEvent.objects.filter(key_hash=hashed(one.key)).order_by("-at").values("pk")[:1]
        LimitEvent.objects.filter(pk__in=newest).delete()
