"""May this be tried once more? Sliding limits, counted in PostgreSQL: every web process sees the same."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection

from phueng.access.models import LimitEvent


def allow(key: str, *, most: int, within: timedelta) -> bool:
    """Count one try of `key` and return True, or return False when it was tried `most` times within `within`.

    A refused try is not counted, so waiting helps. Call it before the action, not inside: a try must stay
    counted when the action is rolled back. `key` may hold a phone or an address: only a keyed hash of it is
    stored.
    """
    with connection.cursor() as cursor:
        seconds = within.total_seconds()
        cursor.execute("SELECT access_allow(%s, %s, make_interval(secs => %s))", [hashed(key), most, seconds])
        return bool(cursor.fetchone()[0])


def forget(key: str) -> None:
    """Forget the tries of `key`: it went well, so only failures that follow each other count."""
    LimitEvent.objects.filter(key_hash=hashed(key)).delete()


def hashed(text: str) -> str:
    """Hash with our key: equal texts stay equal, and nobody can try out all phones to read them back."""
    return hmac.new(settings.PHUENG_BLIND_INDEX_KEY, b"access " + text.encode(), hashlib.sha256).hexdigest()


def address_of(request_meta: dict[str, str]) -> str:
    """The network address that a limit counts, from `request.META`."""
    return request_meta.get("REMOTE_ADDR", "")
