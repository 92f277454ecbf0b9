"""Who works on a case: say so, give it back, take it over. Nothing else about the case changes."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.applications.actions import claim_case, release_case, take_over_case
from phueng.applications.models import Application
from phueng.design.wording import current_language, say
from phueng.desk.stages import OFFICE
from phueng.desk.views.reached import actor_here, case_url, viewer_of, with_case
from phueng.kernel.problems import Refused

WORKERS = (*OFFICE, "approver")


@gate(*WORKERS)
@require_POST
@with_case
def claim(request: Request, application: Application, at: datetime) -> HttpResponse:
    """I am working on this."""
    return _say(request, application, at, claim_case, ("เรื่องนี้อยู่กับคุณแล้ว", "You are working on this case now."))


@gate(*WORKERS)
@require_POST
@with_case
def take_over(request: Request, application: Application, at: datetime) -> HttpResponse:
    """A colleague was; now it is me."""
    done = ("รับช่วงต่อแล้ว บันทึกชื่อคุณไว้", "You took it over; your name is noted.")
    return _say(request, application, at, take_over_case, done)


@gate(*WORKERS)
@require_POST
@with_case
def release(request: Request, application: Application, at: datetime) -> HttpResponse:
    """Others may."""
    return _say(request, application, at, release_case, ("ปล่อยเรื่องแล้ว คนอื่นรับทำได้", "Given back."))


def _say(
    request: Request, application: Application, at: datetime, do: Callable[..., object], done: tuple[str, str]
) -> HttpResponse:
    try:
        do(by=actor_here(viewer_of(request), application, WORKERS), at=at, application_id=application.pk)
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
    else:
        messages.success(request, say(*done))
    return HttpResponseRedirect(case_url(application))
