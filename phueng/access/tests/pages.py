"""Pages behind each kind of gate, for tests."""

from django.http import HttpResponse
from django.urls import include, path

from phueng.access.gates import gate, gate_public, gate_signed_in, requires_recent_factor
from phueng.access.parking import initial_from
from phueng.access.viewers import Request


@gate("social_worker", "front_desk")
def visit(request: Request) -> HttpResponse:
    """A page of social workers that shows what was typed before."""
    return HttpResponse(f"{request.method} {sorted(request.POST.items())} {sorted(initial_from(request).items())}")


@gate("releaser")
@requires_recent_factor(minutes=5)
def release(request: Request) -> HttpResponse:
    """A page that asks for the second factor again."""
    return HttpResponse("released")


@gate("approver")
def decide(request: Request) -> HttpResponse:
    """A page of a role that needs a second factor in production."""
    return HttpResponse("decided")


@gate_public
def hello(request: Request) -> HttpResponse:
    """A page for everyone."""
    return HttpResponse("hello")


@gate_signed_in
def own(request: Request) -> HttpResponse:
    """A page for every account."""
    return HttpResponse(request.viewer.name)


urlpatterns = [
    path("sign-in/", include("phueng.access.urls")),
    path("visit/", visit),
    path("release/", release),
    path("decide/", decide),
    path("hello/", hello),
    path("own/", own),
]
