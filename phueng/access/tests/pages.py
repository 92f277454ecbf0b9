"""Pages behind each kind of gate, for tests."""

from django.http import HttpResponse
from django.urls import include, path

from phueng.access.gates import gate, gate_public, gate_signed_in, requires_recent_factor
from phueng.access.parking import initial_from
from phueng.access.step_up import asks_step_up, require_step_up
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


@gate("releaser")
@asks_step_up("release_payments")
def pay(request: Request) -> HttpResponse:
    """An act of weight, which says what was typed."""
    return HttpResponse(f"paid {sorted(request.POST.items())}")


@gate("releaser")
def move_budget(request: Request) -> HttpResponse:
    """Another act of weight, with a purpose of its own."""
    asked = require_step_up(request, "approve_budget_transfer")
    return HttpResponse("moved") if asked is None else asked


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
    path("pay/", pay),
    path("move/", move_budget),
    path("decide/", decide),
    path("hello/", hello),
    path("own/", own),
]
