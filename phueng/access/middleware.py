"""Who is behind this request?"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from phueng.access import sessions
from phueng.access.models import Account
from phueng.access.viewers import Viewer, anonymous, viewer_of


class ViewerMiddleware:
    """Ends stale sessions and gives each request a lazy `viewer` (two queries, none when nobody asks).

    `request.expired_account_id` is set when the session ended just now: a form posted with it can be parked.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        expired = sessions.end_when_stale(request)
        if expired is not None:
            request.user = AnonymousUser()
        request.expired_account_id = expired  # type: ignore[attr-defined]
        request.viewer = SimpleLazyObject(lambda: viewer_behind(request))  # type: ignore[attr-defined]
        return self.answer(request)


def viewer_behind(request: HttpRequest) -> Viewer:
    """Build the viewer of this request."""
    request_id: str = getattr(request, "number", "")
    account = request.user
    if not isinstance(account, Account):
        return anonymous(request_id)
    return viewer_of(account, request_id=request_id, factor_at=sessions.factor_at(request))
