"""What did the operator's stand-in really receive?"""

import hashlib
from typing import Any

import httpx
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from phueng.access.gates import gate_public
from phueng.kernel.phones import format_phone

SHOWN = 60


def received() -> tuple[list[dict[str, Any]], bool]:
    """The messages at the stand-in, the latest first, and whether it answered at all."""
    address = settings.PHUENG_STAND_INS.get("sms", "")
    if not address:
        return [], False
    try:
        answer = httpx.get(f"{address}/messages", timeout=3).json()
    except (httpx.HTTPError, ValueError):
        return [], False
    found = answer["messages"] if isinstance(answer, dict) else answer
    return [{**one, "to_shown": format_phone(str(one.get("to", "")))} for one in reversed(found[-SHOWN:])], True


@gate_public
def sent_messages(request: HttpRequest) -> HttpResponse:
    """The phones of the cast: every text message as it arrived."""
    found, answers = received()
    return render(request, "demo/messages.html", {"received": found, "answers": answers})


@gate_public
def message_list(request: HttpRequest) -> HttpResponse:
    """The list alone, for the page that refreshes itself."""
    found, answers = received()
    etag = f'"{hashlib.sha256(repr((found, answers)).encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, "demo/message_list.html", {"received": found, "answers": answers})
    response["ETag"] = etag
    return response
