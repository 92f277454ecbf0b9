"""Does every address say whom it is for, and does it keep its word to each role?"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from phueng.access.gates import gate_public
from phueng.access.roles import ROLES
from tests.doors.declared import DOORS
from tests.doors.people import signed_in
from tests.doors.routes import PROBES, Route, routes

EVERYONE = frozenset({"everyone"})
SIGNED_IN = frozenset({"signed_in"})
# What to put into an address when only its gate is asked.
FILLERS: dict[str, Any] = {
    "uuid": uuid.UUID(int=1),
    "slug": "x",
    "str": "x",
    "int": 1,
    "reference": "0000000000G",
}


def undeclared(found: list[Route]) -> list[str]:
    """Routes whose view names nobody."""
    return [route.pattern for route in found if route.roles is None and route.name not in PROBES]


def address(route: Route) -> str:
    """An address of this route with fillers for its parts."""
    kwargs = {}
    for part in route.pattern.split("<")[1:]:
        kind, _, name = part.split(">")[0].rpartition(":")
        kwargs[name] = FILLERS[kind or "str"]
    return reverse(route.name, kwargs=kwargs)


def gated() -> Iterator[Any]:
    """Every declared route as a test parameter."""
    for route in routes():
        if route.roles is not None:
            yield pytest.param(route, id=route.name)


def test_every_route_says_whom_it_is_for() -> None:
    assert undeclared(list(routes())) == []


def test_an_undeclared_route_is_seen() -> None:
    planted = Route("planted:door", "planted/", None, None)
    assert undeclared([planted]) == ["planted/"]


def test_the_doors_are_the_declared_ones() -> None:
    found = {route.name: route.roles for route in routes() if route.name not in PROBES}
    assert found == DOORS


def wrong(route: Route, role: str | None, status: int, location: str) -> str | None:
    """What is wrong with this answer for this role, or None."""
    roles = route.roles or frozenset()
    to_sign_in = status == 302 and location.startswith("/sign-in/?next=")
    if status >= 500:
        return f"{route.name} fails for {role}: {status}"
    if roles == EVERYONE:
        return f"{route.name} refuses {role}" if status == 403 else None
    if role is None:
        return None if to_sign_in else f"{route.name} is open to strangers: {status}"
    if roles == SIGNED_IN or role in roles:
        return f"{route.name} refuses its own {role}" if status == 403 or to_sign_in else None
    return None if status == 403 else f"{route.name} opens for {role}: {status}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *ROLES])
def test_doors_open_for_their_roles_only(role: str | None, client: Client) -> None:
    if role is not None:
        signed_in(client, role)
    faults = []
    for route in routes():
        if route.roles is None or route.name == "access:sign_out":
            continue
        answer = client.get(address(route))
        faults.append(wrong(route, role, answer.status_code, answer.headers.get("Location", "")))
    assert [fault for fault in faults if fault] == []


def test_the_check_sees_open_and_closed_doors() -> None:
    door = Route("planted:door", "planted/", frozenset({"auditor"}), None)
    assert wrong(door, "approver", 200, "") == "planted:door opens for approver: 200"
    assert wrong(door, None, 200, "") == "planted:door is open to strangers: 200"
    assert wrong(door, "auditor", 403, "") == "planted:door refuses its own auditor"
    assert wrong(door, "auditor", 500, "") == "planted:door fails for auditor: 500"
    assert wrong(door, "auditor", 200, "") is None


def test_an_open_gate_is_seen_by_the_check_above(client: Client) -> None:
    @gate_public
    def planted(request: object) -> HttpResponse:
        return HttpResponse("open")

    assert planted.gate_roles == EVERYONE  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("route", gated())
def test_no_form_is_taken_without_its_token(route: Route) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(route)).status_code in (302, 403, 405)


def everything() -> str:
    """A fingerprint of all rows except the journal, sessions, limits and secrets shown but not yet in use."""
    untouched = (
        "otp_totp_totpdevice",
        "audit_%%",
        "django_session",
        "access_limitevent",
        "access_signinevent",
        "procrastinate_%%",
        "axes_%%",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' "
            "AND nspname = 'public' AND NOT relname LIKE ANY(%s) ORDER BY relname",
            [[pattern.replace("%%", "%") for pattern in untouched]],
        )
        tables = [row[0] for row in cursor.fetchall()]
        marks = []
        for table in tables:
            cursor.execute(f'SELECT count(*), coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{table}" t')  # noqa: S608
            marks.append((table, cursor.fetchone()))
    return str(marks)


@pytest.mark.django_db
def test_looking_changes_nothing(client: Client) -> None:
    for role in (None, "social_worker", "finance_maker", "auditor", "administrator"):
        if role is not None:
            signed_in(client, role)
        before = everything()
        for route in routes():
            client.get(address(route))
        assert everything() == before, f"a GET by {role} changed something"
