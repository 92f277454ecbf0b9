"""What do all components look like, and what does a person see whose form came back without a valid token?"""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import etag, require_safe

from phueng.design import examples

ERROR_PAGES = ("400", "403", "403_csrf", "404", "500", "503")
# Never written into a page again, not even for the person who typed them.
NEVER_REPEATED = ("csrfmiddlewaretoken", "password", "otp", "code", "token", "secret")


def _is_ours(request: HttpRequest) -> bool:
    """Did this form come from our own page? Only then may it be offered again.

    A form that another site sent in the person's name must not become valid by one press of a button.
    """
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


@requires_csrf_token
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For CSRF_FAILURE_VIEW: says that the page was open too long and sends the same answers once more."""
    repeated = []
    if request.method == "POST" and _is_ours(request):
        repeated = [
            (name, value)
            for name, values in request.POST.lists()
            if not any(word in name.lower() for word in NEVER_REPEATED)
            for value in values
        ]
    context = {"repeated": repeated, "had_files": bool(request.FILES), "address": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "design/catalogue.html", examples.catalogue_context())


@require_safe
def citizen_example(request: HttpRequest) -> HttpResponse:
    """One question of a form; `?error=1` with what went wrong."""
    return render(request, "design/example_citizen.html", examples.citizen_context(wrong="error" in request.GET))


@require_safe
def officer_example(request: HttpRequest) -> HttpResponse:
    """One case on one screen."""
    return render(request, "design/example_officer.html", examples.officer_context())


@require_safe
@etag(lambda request: '"live-example"')
def live_example(request: HttpRequest) -> HttpResponse:
    """The inside of the region that refreshes itself."""
    return render(request, "design/example_live.html", examples.catalogue_context())


@require_safe
def photo_example(request: HttpRequest) -> HttpResponse:
    """A drawn landscape, so that the catalogue shows no real home."""
    return render(request, "design/example_photo.svg", content_type="image/svg+xml")


@require_safe
def error_example(request: HttpRequest, name: str) -> HttpResponse:
    if name not in ERROR_PAGES:
        raise Http404(name)
    return render(request, f"{name}.html", {"repeated": [("answer", "42")] if name == "403_csrf" else []})
