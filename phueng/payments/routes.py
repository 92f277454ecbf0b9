"""By which way does the money of this scheme and office go on a day?

The scheme names its way; routes.yaml names the offices that go another way, from a day on. The narrowest entry counts,
and of two alike the later one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from phueng.payments.rules import WAYS
from phueng.schemes.catalogue import scheme

ROUTES_FILE = Path(__file__).with_name("routes.yaml")


@dataclass(frozen=True)
class Route:
    """One entry of the file; `scheme_code` "" means every scheme of the office."""

    office_code: str
    scheme_code: str
    way: str
    starts_on: date


@cache
def routes(path: Path = ROUTES_FILE) -> tuple[Route, ...]:
    """Every entry. ValueError when one names a way that we do not know."""
    found = tuple(
        Route(entry["office"], entry.get("scheme", ""), entry["way"], entry["starts_on"])
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []
    )
    unknown = {route.way for route in found} - set(WAYS)
    if unknown:
        raise ValueError(f"{path.name}: no such way: {', '.join(sorted(unknown))}")
    return found


def route_of(scheme_code: str, office_code: str, on: date, path: Path = ROUTES_FILE) -> str:
    """krungthai, iso20022, comptroller or counter."""
    fitting = [
        route
        for route in routes(path)
        if route.office_code == office_code and route.scheme_code in ("", scheme_code) and route.starts_on <= on
    ]
    if not fitting:
        return scheme(scheme_code).pay_route
    return max(fitting, key=lambda route: (route.scheme_code != "", route.starts_on)).way
