"""Which requests may this browser open?

A signed, HttpOnly cookie lists them, each with the lane it came through and when. It needs no session, so a citizen's
half-typed page survives hours of doing something else. What it opens:
- own: started or resumed on this device, 30 days
- tracked: after tracking's second factor, one hour
- counter: entered for somebody by staff or a helper; only together with that signed-in account, and one client at a time
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from phueng.access.viewers import Request

COOKIE = "__Host-phueng-requests" if settings.SESSION_COOKIE_SECURE else "phueng-requests"
SALT = "phueng.applications.tickets"
LANES = {"own": 30 * 24 * 3600, "tracked": 3600, "counter": 12 * 3600}
MOST = 8


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request that this browser may open."""

    reference: str
    lane: str
    issued: int
    account_id: str = ""


def new_device_key() -> str:
    """What tells one browser from another: 256 random bits."""
    return secrets.token_urlsafe(32)


def device_key(request: Request) -> str:
    """The key of this browser, or "" when it has none yet."""
    return str(_read(request).get("key") or "")


def ticket_for(request: Request, reference: str) -> Ticket | None:
    """The valid ticket of this browser for a request; a counter ticket needs its account to be signed in."""
    ticket = held_ticket(request, reference)
    if ticket is None:
        return None
    if ticket.lane == "counter":
        account_id = request.viewer.account_id
        return ticket if account_id is not None and str(account_id) == ticket.account_id else None
    return ticket


def held_ticket(request: Request, reference: str) -> Ticket | None:
    """The ticket in the cookie, even when its account has been signed out meanwhile."""
    return next((one for one in _tickets(request) if one.reference == reference), None)


def may_open(request: Request, reference: str) -> bool:
    """May this browser open this request now?"""
    return ticket_for(request, reference) is not None


def current_client(request: Request) -> str:
    """The reference that staff or a helper has open for somebody, or ""."""
    account_id = str(request.viewer.account_id or "")
    tickets = (one for one in _tickets(request) if one.lane == "counter" and one.account_id == account_id)
    return next((one.reference for one in tickets), "")


def own_references(request: Request) -> list[str]:
    """What was started on this device, newest first."""
    return [one.reference for one in _tickets(request) if one.lane == "own"]


def grant(request: Request, response: HttpResponse, reference: str, lane: str = "tracked", *, key: str = "") -> None:
    """Let this browser open a request. A counter ticket replaces every other one: no trace of the client before."""
    issued = int(time.time())
    if lane == "counter":
        account_id = str(request.viewer.account_id or "")
        kept = [Ticket(reference, lane, issued, account_id)]
    else:
        held = held_ticket(request, reference)
        if held is not None and held.lane == "own":
            lane = "own"  # a device that started it does not lose it by tracking it
        others = [one for one in _tickets(request) if one.reference != reference and one.lane != "counter"]
        kept = [Ticket(reference, lane, issued), *others][:MOST]
    _write(response, key or device_key(request) or new_device_key(), kept)


def forget(response: HttpResponse) -> None:
    """The next person at this screen finds nothing."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _tickets(request: Request) -> list[Ticket]:
    at = int(time.time())
    found = [Ticket(*row) for row in _read(request).get("requests", [])]
    return [one for one in found if at - one.issued <= LANES[one.lane]]


def _read(request: Request) -> dict[str, Any]:
    try:
        content = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LANES["own"])
    except signing.BadSignature:
        return {}
    return content if isinstance(content, dict) else {}


def _write(response: HttpResponse, key: str, tickets: list[Ticket]) -> None:
    rows = [[one.reference, one.lane, one.issued, one.account_id] for one in tickets]
    response.set_cookie(
        COOKIE,
        signing.dumps({"key": key, "requests": rows}, salt=SALT, compress=True),
        max_age=LANES["own"],
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
