"""Is every page that has an address of its own fit to be seen: by axe, at both widths, in both languages?

The stories judge the pages they pass. This walk opens all the others: each route without parameters, as somebody who
may open it. A new page is walked by itself, because the list comes from the routes.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.urls import reverse

from phueng.demo.people import ADMINISTRATOR, APPROVER, AUDITOR, FINANCE_MAKER, HELPER, MUNICIPAL_OFFICER, SOCIAL_WORKER
from tests.doors.routes import PROBES, Route, routes
from tests.stories.browsing import Visitor

Opening = Callable[..., AbstractContextManager[Visitor]]

WALKERS = (SOCIAL_WORKER, APPROVER, FINANCE_MAKER, MUNICIPAL_OFFICER, AUDITOR, ADMINISTRATOR, HELPER)
# Answers to machines or to forms, and a page that swaps a second factor in the middle of others' walks.
NOT_PAGES = frozenset({"access:sign_out", "access:demo_sign_in", "access:second_factor", "tracking:leave",
                       "tracking:send_code", "applications:next_client", "design:photo", "design:live"})  # fmt: skip


def pages() -> list[Route]:
    """Routes that anybody could type: no parameters, not for machines."""
    return [r for r in routes() if "<" not in r.pattern and r.name not in PROBES | NOT_PAGES]


def addresses_for(roles: frozenset[str]) -> list[tuple[str, str]]:
    """(name, address) of the pages that somebody with these roles may open."""
    return [
        (route.name.replace(":", "-"), reverse(route.name))
        for route in pages()
        if route.roles is not None and route.roles & roles
    ]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_for_everyone(visitor: Opening, language: str) -> None:
    schemes = [(f"scheme-{code}", f"/schemes/{code}/") for code in ("family", "old_age", "disability")]
    with visitor() as somebody:
        for name, address in [*addresses_for(frozenset({"everyone"})), *schemes]:
            somebody.open(f"{address}?lang={language}", f"all-{name}-{language}")


@pytest.mark.browser
@pytest.mark.parametrize("who", WALKERS, ids=lambda who: who.username)
def test_pages_of_each_role(visitor: Opening, who: object) -> None:
    roles = frozenset({who.role, "signed_in"})  # type: ignore[attr-defined]
    with visitor(who.username) as officer:  # type: ignore[attr-defined]
        for name, address in addresses_for(roles):
            officer.open(address, f"role-{name}")


def test_the_walk_misses_no_role_with_pages() -> None:
    walked = {who.role for who in WALKERS} | {"everyone", "signed_in"}
    unwalked = [route.name for route in pages() if route.roles and not route.roles & walked]
    assert unwalked == []
