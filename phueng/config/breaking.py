"""What does a person read when a page broke: that we are at fault, or that we are back in a moment?

A database that is away (restarting, failing over, too busy) is no fault of the page: it is answered as 503, which tells
people, browsers and machines to come back. Rendered without a request: whatever asks the database would fail again.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_SECONDS = "5"


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500, called while the exception is still at hand."""
    context = {"request_number": getattr(request, "number", "")}
    if is_database_away(sys.exc_info()[1]):
        away = HttpResponse(render_to_string("503.html", context), status=503)
        away.headers["Retry-After"] = RETRY_SECONDS
        return away
    return HttpResponse(render_to_string("500.html", context), status=500)


def is_database_away(error: BaseException | None) -> bool:
    """Is this failure, or what led to it, a database that did not answer?"""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False
