"""What does somebody see who comes for the first time?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.audit.clock import now
from phueng.kernel.thai_dates import in_bangkok
from phueng.portal.scheme_words import described, described_schemes
from phueng.schemes.catalogue import UnknownScheme


@gate_public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, what one can ask for, and how it goes."""
    schemes = described_schemes(in_bangkok(now()).date())
    return render(request, "portal/home.html", {"schemes": schemes})


@gate_public
@require_safe
def scheme_page(request: HttpRequest, code: str) -> HttpResponse:
    """Who can get it, how much, how long it takes, what to bring, under which law."""
    try:
        shown = described(code, in_bangkok(now()).date())
    except UnknownScheme as unknown:
        raise Http404 from unknown
    return render(request, "portal/scheme.html", {"shown": shown, "back_url": "/"})


@gate_public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The steps in plain words, counters, appeal."""
    schemes = described_schemes(in_bangkok(now()).date())
    return render(request, "portal/help.html", {"schemes": schemes, "first": schemes[0], "back_url": "/"})


@gate_public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we know about people, why, for how long, and what they may ask of us (PDPA s.23)."""
    schemes = described_schemes(in_bangkok(now()).date())
    return render(request, "portal/privacy.html", {"schemes": schemes, "back_url": "/help/"})


@gate_public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Who can use these pages, how, and what to do when they cannot."""
    return render(request, "portal/accessibility.html", {"back_url": "/"})
