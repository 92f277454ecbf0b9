"""How does a page get hold of the request it is about, without ever showing somebody else's?"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render

from phueng.access.gates import to_sign_in
from phueng.access.viewers import Request, Viewer
from phueng.applications import tickets
from phueng.applications.queries import application_by_reference
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor
from phueng.audit.clock import now

if TYPE_CHECKING:
    from phueng.applications.models import Application

P = ParamSpec("P")
COUNTER_ROLES = ("front_desk", "social_worker", "municipal_officer")


@dataclass(frozen=True, slots=True)
class Reached:
    """A request that this browser may open, who acts on it, and the time of this visit."""

    application: Application
    by: Actor
    at: datetime
    lane: str


ReachedView = Callable[Concatenate[Request, Reached, P], HttpResponse]


def with_application(view: ReachedView[P]) -> Callable[..., HttpResponse]:
    """Turn `reference` into the request itself. Not there and not yours are the same page, word for word.

    The cookie is asked before the database: an unknown reference costs the same as a stranger's.
    """

    @functools.wraps(view)
    def reaching(request: Request, *args: Any, reference: str, **kwargs: Any) -> HttpResponse:
        ticket = tickets.ticket_for(request, reference)
        if ticket is None:
            if tickets.held_ticket(request, reference) is not None:
                return to_sign_in(
                    request
                )  # an officer's session ended in the middle of a page; what was typed is parked
            return not_here(request)
        application = application_by_reference(reference)
        if application is None:
            return not_here(request)
        reached = Reached(application, actor_of(request, ticket.lane), now(), ticket.lane)
        if ticket.lane == "counter" and request.method == "GET":
            record_read(
                by=reached.by,
                at=reached.at,
                act="applications.read",
                subject=("application", application.id),
                person_id=application.person_id,
            )
        return view(request, reached, *args, **kwargs)

    return reaching


def actor_of(request: Request, lane: str) -> Actor:
    """The citizen, or the officer or helper who holds the pen for somebody."""
    viewer: Viewer = request.viewer
    if lane != "counter":
        return citizen(request)
    role = next((role for role in (*COUNTER_ROLES, "helper") if viewer.has_role(role)), None)
    return viewer.actor(role)


def citizen(request: Request) -> Actor:
    """Somebody without an account: known by the request they hold, not by name."""
    return Actor("citizen", None, "ผู้ขอ", "citizen", request_id=getattr(request, "number", ""))


def not_here(request: Request) -> HttpResponse:
    """Nothing to see, and where to go on from here."""
    return render(request, "applications/not_here.html", status=404)
