"""How old is a session, and when does it end?

Twelve hours after signing in, or thirty minutes after the last thing somebody did (ASVS 7.3). Ages are
measured with the web server's own clock: no deadline hangs on them, every request would cost a query more,
and shifting the demo's clock by ten days must not sign everybody out.
"""

import time
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

ABSOLUTE_SECONDS = 12 * 60 * 60
IDLE_SECONDS = 30 * 60
# Written at most once a minute: a session that is stored with every click would double the cost of a page.
TOUCH_SECONDS = 60

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
FACTOR_AT = "factor_at"


def moment() -> float:
    """Return the server's clock in seconds."""
    return time.time()


def open_session(request: HttpRequest, *, factor_given: bool) -> None:
    """Start the clock of a session that was just signed in."""
    at = moment()
    request.session[SIGNED_IN_AT] = at
    request.session[SEEN_AT] = at
    if factor_given:
        request.session[FACTOR_AT] = at


def note_factor(request: HttpRequest) -> None:
    """Remember that the second factor was given now."""
    request.session[FACTOR_AT] = moment()


def factor_at(request: HttpRequest) -> float | None:
    """When this session gave its second factor."""
    at: float | None = request.session.get(FACTOR_AT)
    return at


def end_when_stale(request: HttpRequest) -> UUID | None:
    """End a session that is too old or was idle too long; return the account id it belonged to, else None."""
    account_id: str | None = request.session.get(SESSION_KEY)
    if account_id is None:
        return None
    at = moment()
    signed_in_at = request.session.get(SIGNED_IN_AT, 0)
    seen_at = request.session.get(SEEN_AT, 0)
    if at - signed_in_at > ABSOLUTE_SECONDS or at - seen_at > IDLE_SECONDS:
        request.session.flush()
        return UUID(account_id)
    if at - seen_at > TOUCH_SECONDS and not _is_background(request):
        request.session[SEEN_AT] = at
    return None


def _is_background(request: HttpRequest) -> bool:
    # A page that refreshes itself is nobody at the keyboard.
    return request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty"
