"""Which messages did people receive, as their phones show them?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.demo import control
from phueng.demo.pages.demo_only import demo_only
from phueng.demo.queries import phones_with_messages


@gate_public
@demo_only
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The latest phones that got a message, newest first, and how many texts the operator's stand-in delivered."""
    context = {
        "phones": phones_with_messages(request.GET.get("phone", "")[:20]),
        "delivered": control.delivered_texts(),
        "back_url": "/demo/",
    }
    return render(request, "demo/messages.html", context)
