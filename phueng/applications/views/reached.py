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
from phueng.applications.reaching import reach
from phueng.applications.submitting import Draft, draft_of_reference
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor

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
    draft: Draft | None = None


ReachedView = Callable[Concatenate[Request, Reached, P], HttpResponse]


def with_application(view: ReachedView[P]) -> Callable[..., HttpResponse]:
    """Turn `reference` into the request itself. Not there and not yours are the same page, word for word.

    The cookie is asked before the database: an unknown reference costs the same as a stranger's.
    """

    @functools.wraps(view)
    def reaching(request: Request, *args: Any, reference: str, **kwargs: Any) -> HttpResponse:
        ticket = tickets.ticket_for(request, reference)
        found = reach(reference) if ticket else None
        if ticket is None or found is None:
            return _turned_away(request, reference, ticket)
        application, at = found
        reached = Reached(application, actor_of(request, ticket.lane), at, ticket.lane)
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


def with_draft(view: ReachedView[P]) -> Callable[..., HttpResponse]:
    """The same for the page that sends: its answers come with it, so that nothing needs to be read twice."""

    @functools.wraps(view)
    def reaching(request: Request, *args: Any, reference: str, **kwargs: Any) -> HttpResponse:
        ticket = tickets.ticket_for(request, reference)
        draft = draft_of_reference(reference) if ticket else None
        if ticket is None or draft is None:
            return _turned_away(request, reference, ticket)
        reached = Reached(draft.application, actor_of(request, ticket.lane), draft.read_at, ticket.lane, draft)
        return view(request, reached, *args, **kwargs)

    return reaching


def _turned_away(request: Request, reference: str, ticket: tickets.Ticket | None) -> HttpResponse:
    if ticket is None and tickets.held_ticket(request, reference) is not None:
        return to_sign_in(request)  # an officer's session ended in the middle of a page; what was typed is parked
    return not_here(request)


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
