"""How does a person choose what to ask for, and begin?"""

from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phueng.access.gates import gate_public
from phueng.access.limits import address_of, allow
from phueng.access.viewers import Request
from phueng.applications import tickets
from phueng.applications.actions import start_application
from phueng.applications.limits import STARTS
from phueng.applications.queries import drafts_among
from phueng.applications.views.reached import citizen, not_here
from phueng.audit.clock import now
from phueng.design.wording import current_language
from phueng.schemes.catalogue import UnknownScheme, questionnaire, scheme, schemes

ONCE_SALT = "phueng.applications.once"
ONCE_SECONDS = 24 * 3600


@gate_public
@require_safe
def choose(request: Request) -> HttpResponse:
    """The schemes in plain words, and what this device has begun and not sent yet."""
    begun = drafts_among(tickets.own_references(request))
    return render(request, "applications/choose.html", {"schemes": schemes(), "begun": begun})


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, scheme_code: str) -> HttpResponse:
    """What to expect; posting it makes the draft. A double click makes one."""
    try:
        known = scheme(scheme_code)
    except UnknownScheme:
        return not_here(request)
    if request.method == "POST":
        return _begin(request, scheme_code)
    key = tickets.device_key(request) or tickets.new_device_key()
    context = {
        "scheme": known,
        "steps_ahead": len(questionnaire(scheme_code).pages),
        "once": signing.dumps([str(uuid4()), key], salt=ONCE_SALT),
        "back_url": reverse("applications:choose"),
        "documents": known.documents,
    }
    return render(request, "applications/start.html", context)


def _begin(request: Request, scheme_code: str) -> HttpResponse:
    if not allow(f"apply {address_of(request.META)}", most=STARTS.most, within=STARTS.within):
        return render(request, "applications/too_many.html", status=429)
    once, key = read_once(request)
    application = start_application(
        by=citizen(request),
        at=now(),
        scheme_code=scheme_code,
        device_key=key,
        language=current_language(),
        once=once,
    )
    first = questionnaire(scheme_code).pages[0].code
    response = HttpResponseRedirect(
        reverse("applications:page", kwargs={"reference": application.reference, "page_code": first})
    )
    tickets.grant(request, response, application.reference, "own", key=key)
    return response


def read_once(request: Request) -> tuple[UUID | None, str]:
    """The number that the posted page carried (a page older than a day has lost it) and the key of the device."""
    try:
        number, key = signing.loads(request.POST.get("once", ""), salt=ONCE_SALT, max_age=ONCE_SECONDS)
        return UUID(number), str(key)
    except (signing.BadSignature, ValueError, TypeError):
        return None, tickets.device_key(request) or tickets.new_device_key()
