"""How does a page get hold of the request it is about, without ever showing it to somebody without a ticket?"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from phueng.access.viewers import Request
from phueng.applications import tickets
from phueng.design.wording import current_language
from phueng.tracking.queries import Timeline, timeline_of_reference
from phueng.tracking.views.looking_up import look_up_page

ReachedView = Callable[[Request, Timeline], HttpResponse]


def with_timeline(view: ReachedView) -> Callable[..., HttpResponse]:
    """Turn `reference` into the timeline. No ticket, and not there, are the same page: the form with the number in it.

    The cookie is asked before the database, so an unknown number costs what a stranger's costs.
    """

    @functools.wraps(view)
    def reaching(request: Request, reference: str, **_: Any) -> HttpResponse:
        if not tickets.may_open(request, reference):
            return look_up_page(request, reference)
        timeline = timeline_of_reference(reference, current_language())
        return look_up_page(request, reference) if timeline is None else view(request, timeline)

    return reaching
