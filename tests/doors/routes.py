"""Which routes does the service have, and whom does each say it is for?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Routes without a gate: health probes tell nothing, and answer machines.
PROBES = frozenset({"alive", "ready"})


@dataclass(frozen=True)
class Route:
    """One address pattern with the roles its view declares (None: the view declares nothing)."""

    name: str
    pattern: str
    roles: frozenset[str] | None
    view: Any


def routes() -> Iterator[Route]:
    """Every route of the running configuration."""
    yield from _below(get_resolver().url_patterns, "", "")


def _below(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        at = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry.url_patterns, at, inner)
        else:
            roles = getattr(entry.callback, "gate_roles", None)
            yield Route(f"{space}{entry.name}", at, frozenset(roles) if roles is not None else None, entry.callback)
