"""How do the demo's pages stay in the demo? Anywhere else they are not there, like any unknown address."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def demo_only(view: View) -> View:
    """404 outside the demo setting."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        if not settings.PHUENG_IS_DEMO:
            raise Http404
        return view(request)

    return shown
