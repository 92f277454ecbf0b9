"""Is it still the same person at the keyboard, just before an act of weight?

Releasing money, moving budget or giving a duty asks once more for the app's code, or, in demo and test, for the
password of somebody who has no app. The answer holds a few minutes, in this session, and for this purpose only: a
screen left open after one release gives nobody the next (ASVS 7.5.3). A typed form waits meanwhile and is sent again
with one press.
"""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from phueng.access import sessions
from phueng.access.parking import park_form
from phueng.access.viewers import Request

View = TypeVar("View", bound=Callable[..., HttpResponse])

# Purpose → how the page ends its sentence "Confirm that it is you, to …". A purpose that is not here is a mistake.
PURPOSES: dict[str, tuple[str, str]] = {
    "release_payments": ("เพื่อสั่งจ่ายเงิน", "to release payments"),
    "approve_budget_transfer": ("เพื่ออนุมัติโอนงบประมาณ", "to approve a budget transfer"),
    "give_duty": ("เพื่อมอบหน้าที่หรืออำนาจ", "to give a duty or a delegation"),
}
_GIVEN = "stepped_up"


def require_step_up(request: Request, purpose: str) -> HttpResponse | None:
    """None when this person proved a moment ago who they are, for this purpose; else the answer that asks for it.

    A posted form is parked, an empty one too, so that an address that only takes POST is reached again. Raises
    ValueError for a purpose that is not in PURPOSES.
    """
    if stepped_up_at(request, purpose) is not None:
        return None
    park_form(request, even_empty=True)
    words = {"purpose": purpose, "next": request.get_full_path()}
    return HttpResponseRedirect(f"{reverse('access:step_up')}?{urlencode(words)}")


def asks_step_up(purpose: str) -> Callable[[View], View]:
    """Put `require_step_up` before whatever a view does on POST; looking asks for nothing. Stands below `@gate`."""
    _insist_known(purpose)

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def asking(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            asked = require_step_up(request, purpose) if request.method == "POST" else None
            return view(request, *args, **kwargs) if asked is None else asked

        return asking  # type: ignore[return-value]

    return wrap


def stepped_up_at(request: Request, purpose: str) -> datetime | None:
    """When this session last proved it for this purpose, while that holds (the server's own clock); else None."""
    _insist_known(purpose)
    given = request.session.get(_GIVEN, {}).get(purpose)
    if given is None or given["account"] != str(request.viewer.account_id):
        return None
    age = sessions.moment() - given["at"]
    return datetime.fromtimestamp(given["at"], UTC) if 0 <= age <= settings.PHUENG_STEP_UP_MINUTES * 60 else None


def note_stepped_up(request: Request, purpose: str) -> None:
    """Remember that it was proved now, under a new session key: one that somebody copied before is worth nothing."""
    _insist_known(purpose)
    request.session.cycle_key()
    proved = dict(request.session.get(_GIVEN, {}))
    proved[purpose] = {"at": sessions.moment(), "account": str(request.viewer.account_id)}
    request.session[_GIVEN] = proved


def is_purpose(word: str) -> bool:
    """Whether this is one of the purposes."""
    return word in PURPOSES


def _insist_known(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"not a purpose of a step-up: {purpose!r}")
