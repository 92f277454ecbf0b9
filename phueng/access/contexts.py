"""What does every page know about the viewer?"""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from phueng.access.parking import typed_before
from phueng.access.roles import ROLE_NAMES
from phueng.access.viewers import Request
from phueng.design.pieces import SignedIn
from phueng.design.wording import say


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`viewer`, `signed_in` (bar of officer pages), `parked` (typed before the session ended); all lazy."""
    return {
        "viewer": getattr(request, "viewer", None),
        "signed_in": SimpleLazyObject(lambda: _signed_in(request)),
        "parked": SimpleLazyObject(lambda: typed_before(cast(Request, request))),
    }


def _signed_in(request: HttpRequest) -> SignedIn | None:
    someone = getattr(request, "viewer", None)
    if someone is None or not someone.is_signed_in:
        return None
    role = office = ""
    if someone.duties:
        duty = someone.duties[0]
        role = say(*ROLE_NAMES[duty.role])
        office = say(duty.office_name_th, duty.office_name_en)
    return SignedIn(someone.name, role, office, reverse("access:sign_out"))
