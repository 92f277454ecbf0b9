"""What an officer does with a right that was granted: rest, run again, end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.decisions.queries import decisions_of
from phueng.desk.stages import CASEWORK
from phueng.desk.views.casework import either_way
from phueng.desk.views.reached import carry_out, case_url, with_case
from phueng.entitlements.actions import end, resume
from phueng.entitlements.actions import suspend as rest
from phueng.entitlements.queries import entitlement_of_decision

Act = Callable[[Actor, Mapping[str, Any], UUID], object]


@gate(*CASEWORK)
@either_way
@with_case
def suspend(request: Request, application: Application, at: datetime) -> HttpResponse:
    """Nothing is paid from a day on, until it runs again."""

    def do(by: Actor, said: Mapping[str, Any], number: UUID) -> object:
        return rest(
            by=by, at=at, entitlement_id=number, reason_code="looked_into", why=said["why"], starts_on=said["on"]
        )

    return _on_entitlement(request, application, at, "suspend", do, ("พักการจ่ายแล้ว", "Suspended."))


@gate(*CASEWORK)
@either_way
@with_case
def resume_entitlement(request: Request, application: Application, at: datetime) -> HttpResponse:
    """It runs again from a day on; the first day of the rest pays everything back."""

    def do(by: Actor, said: Mapping[str, Any], number: UUID) -> object:
        return resume(by=by, at=at, entitlement_id=number, ends_before=said["on"], why=said["why"])

    return _on_entitlement(request, application, at, "resume", do, ("จ่ายต่อแล้ว", "It is paid again."))


@gate(*CASEWORK)
@either_way
@with_case
def end_entitlement(request: Request, application: Application, at: datetime) -> HttpResponse:
    """It ends for good."""

    def do(by: Actor, said: Mapping[str, Any], number: UUID) -> object:
        return end(
            by=by, at=at, entitlement_id=number, reason_code=said["reason"], why=said["why"], ends_before=said["on"]
        )

    return _on_entitlement(request, application, at, "end", do, ("สิ้นสุดสิทธิแล้ว", "Ended."))


def _on_entitlement(
    request: Request, application: Application, at: datetime, code: str, do: Act, done: tuple[str, str]
) -> HttpResponse:
    decisions = decisions_of([application.pk])[application.pk].decisions
    approved = next((one for one in reversed(decisions) if one.outcome == "approved"), None)
    card = entitlement_of_decision(approved.pk) if approved else None
    if card is None:
        return HttpResponseRedirect(case_url(application))
    number = card.id
    return carry_out(request, application, at, code, lambda by, said: do(by, said, number), done)
