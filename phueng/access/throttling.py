"""Whose failures count against whom?

Five wrong passwords in 15 minutes lock an account, but only for devices that never signed in to it. A
device that did carries a signed cookie and has a count of its own: a stranger who guesses cannot lock the
officer out (ASVS 6.3).
"""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "phueng-device"
SALT = "phueng.access.device"
KEPT_SECONDS = 365 * 24 * 60 * 60


def who_is_tried(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The name under which django-axes counts: the username, and the device when it is known to that account.

    Unknown usernames are counted in the same way, so that a lock tells nothing about who exists.
    """
    username = str((credentials or {}).get("username", ""))[:80].strip().lower()
    device = _device_known_to(request, username) if request is not None else ""
    return f"{username} {device or 'new'}"


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark this device as one from which this account signed in."""
    name = _device_known_to(request, username) or secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([username, name], salt=SALT),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/sign-in/",
    )


def _device_known_to(request: HttpRequest, username: str) -> str:
    try:
        known_username, name = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(name) if known_username == username else ""


def subject_of(account_id: UUID | None) -> tuple[str, UUID]:
    """What an audit entry of a sign-in is about; an unknown username is about nobody."""
    return "account", account_id or UUID(int=0)
