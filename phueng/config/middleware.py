"""What happens to every request, whichever page it asks for?"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


class RequestNumber:
    """Gives each request a number: it stands in the audit log, in log files and on the error page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.answer(request)
        response.headers["X-Request-Id"] = request.number  # type: ignore[attr-defined]
        return response


class CareOfPages:
    """Keeps pages out of every cache (they are about one person) and devices out of reach of scripts."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", settings.PHUENG_PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
