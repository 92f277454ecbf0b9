"""Does every answer tell the browser what it may not do?"""

import pytest
from django.test import Client

from tests.doors.routes import PROBES, Route, routes
from tests.doors.test_doors import address


def faults(route: Route, headers: dict[str, str]) -> list[str]:
    """What is missing in the headers of a page."""
    wrong = []
    policy = headers.get("Content-Security-Policy", "")
    if "default-src" not in policy or "unsafe-inline" in policy or "unsafe-eval" in policy:
        wrong.append("content security policy")
    if "frame-ancestors 'none'" not in policy:
        wrong.append("frame-ancestors")
    if headers.get("X-Content-Type-Options") != "nosniff":
        wrong.append("nosniff")
    if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        wrong.append("referrer policy")
    if "Cache-Control" not in headers:
        wrong.append("cache control")
    return [f"{route.name}: {fault}" for fault in wrong]


@pytest.mark.django_db
def test_every_page_is_guarded(client: Client) -> None:
    missing = []
    for route in routes():
        if route.name not in PROBES:
            missing += faults(route, dict(client.get(address(route)).headers))
    assert missing == []


def test_the_check_sees_bare_headers() -> None:
    assert len(faults(Route("planted", "planted/", None, None), {})) == 5


@pytest.mark.django_db
def test_no_page_names_another_host(client: Client) -> None:
    for route in routes():
        body = client.get(address(route)).content.decode("utf-8", "replace")
        for scheme in ('src="http', "src='http", '<link rel="stylesheet" href="http'):
            assert scheme not in body, f"{route.name} loads from elsewhere"
