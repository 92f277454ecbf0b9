"""How does somebody at the counter, or a helper at the kitchen table, apply for a person beside them?

Consent first, then the same pages as everybody. One client at a time: starting the next one, or saying so, takes the
one before off this screen for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access.actions import issue_code, redeem_code
from phueng.access.gates import gate
from phueng.access.viewers import Request, Viewer
from phueng.applications import tickets
from phueng.applications.actions import start_application
from phueng.applications.forms import OnBehalfForm
from phueng.applications.queries import entered_by
from phueng.applications.refusals import (
    CODE_WRONG,
    CONSENT_PHOTO_NEEDED,
    WITNESS_NEEDED,
)
from phueng.applications.views.beginning import ONCE_SALT, read_once
from phueng.applications.views.reached import COUNTER_ROLES, actor_of
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.design.wording import current_language
from phueng.documents.actions import receive_evidence
from phueng.documents.refusals import MOST_BYTES, PROBLEMS
from phueng.kernel.phones import normalise_phone
from phueng.kernel.problems import Refused, value_or_refuse
from phueng.schemes.catalogue import questionnaire

if TYPE_CHECKING:
    from phueng.applications.models import Application


class CodeSent(Exception):
    """A code is on its way to the applicant's phone."""


@gate(*COUNTER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: Request) -> HttpResponse:
    """Start for a person at the counter."""
    return _on_behalf(request, "counter")


@gate("helper")
@require_http_methods(["GET", "HEAD", "POST"])
def helper(request: Request) -> HttpResponse:
    """Start for a person whom a helper sits with."""
    return _on_behalf(request, "helper")


@gate(*COUNTER_ROLES, "helper")
@require_POST
def next_client(request: Request) -> HttpResponse:
    """Done with this person: nothing of them stays on this screen."""
    viewer: Viewer = request.viewer
    lane = "counter" if viewer.has_role(*COUNTER_ROLES) else "helper"
    response = HttpResponseRedirect(reverse(f"applications:{lane}"))
    tickets.forget(response)
    return response


def _on_behalf(request: Request, channel: str) -> HttpResponse:
    is_helper = channel == "helper"
    if request.method == "POST" and request.POST.get("open"):
        return _open_again(request, channel)
    form = OnBehalfForm(request.POST or None, request.FILES or None, is_helper=is_helper)
    asks_code = False
    if request.method == "POST" and form.is_valid():
        try:
            return _begin(request, form, channel)
        except CodeSent:
            asks_code = True
        except Refused as refused:
            form.add_error(_field_of(refused), refused.problem.in_full(current_language()))
            asks_code = refused.problem is CODE_WRONG
    key = tickets.new_device_key()
    context = {
        "form": form,
        "is_helper": is_helper,
        "asks_code": asks_code,
        "has_errors": bool(form.is_bound and form.errors),
        # The code that was sent belongs to this number: the page keeps it until the draft is made.
        "once": request.POST.get("once") or signing.dumps([str(uuid4()), key], salt=ONCE_SALT),
        "entered": entered_by(request.viewer),
        "current": tickets.current_client(request),
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "applications/on_behalf.html", context, status=status)


def _field_of(refused: Refused) -> str | None:
    fields = {WITNESS_NEEDED.code: "witness", CONSENT_PHOTO_NEEDED.code: "consent_photo", CODE_WRONG.code: "otp"}
    if refused.problem.code in PROBLEMS:
        return "consent_photo"
    return fields.get(refused.problem.code, "phone")


def _begin(request: Request, form: OnBehalfForm, channel: str) -> HttpResponse:
    viewer: Viewer = request.viewer
    by, at = actor_of(request, "counter"), now()
    once, key = read_once(request)
    said = form.cleaned_data
    photo = _consent(request, form, once or uuid4(), by=by)
    application = start_application(
        by=by,
        at=at,
        scheme_code=said["scheme"],
        channel=channel,
        device_key=key,
        language=current_language(),
        entered_by_id=viewer.account_id,
        helper_name=viewer.name if channel == "helper" else "",
        helper_relation=said.get("relation", "") if channel == "helper" else "",
        consent_how=said["consent"],
        consent_witness=said["witness"],
        is_emergency=said["is_emergency"],
        once=once,
    )
    if photo is not None:
        receive_evidence(
            by=by,
            at=at,
            subject=("application", application.id),
            slot="consent",
            original_name=said["consent_photo"].name or "",
            content=photo,
        )
    return _opened(request, application)


def _consent(request: Request, form: OnBehalfForm, subject_id: UUID, *, by: Actor) -> bytes | None:
    """Is there what this way of consenting needs? Returns the photo of a thumbprint. Raises Refused or CodeSent."""
    said = form.cleaned_data
    if said["consent"] == "spoken" and not said["witness"].strip():
        raise Refused(WITNESS_NEEDED)
    if said["consent"] == "thumbprint":
        file = said["consent_photo"]
        if not file:
            raise Refused(CONSENT_PHOTO_NEEDED)
        if (file.size or 0) > MOST_BYTES:
            raise Refused(PROBLEMS["file_is_too_big"])
        content: bytes = file.read()
        return content
    if said["consent"] == "code":
        phone = value_or_refuse(normalise_phone(said["phone"]))
        if not said["otp"].strip():
            issue_code(
                purpose="consent", subject_id=subject_id, phone=phone, language=current_language(), by=by, at=now()
            )
            raise CodeSent
        if not redeem_code(purpose="consent", subject_id=subject_id, phone=phone, code=said["otp"], by=by, at=now()):
            raise Refused(CODE_WRONG)
    return None


def _open_again(request: Request, channel: str) -> HttpResponse:
    """Take up again a draft that this very account entered; anybody else's number does nothing."""
    mine = {one.reference: one for one in entered_by(request.viewer)}
    application = mine.get(request.POST.get("open", ""))
    if application is None:
        return HttpResponseRedirect(reverse(f"applications:{channel}"))
    return _opened(request, application)


def _opened(request: Request, application: Application) -> HttpResponse:
    name = "go_on"
    address = {"reference": application.reference}
    if application.state == "draft" and not application.sheet.last_page_code:
        name, address = "page", {**address, "page_code": questionnaire(application.scheme_code).pages[0].code}
    response = HttpResponseRedirect(reverse(f"applications:{name}", kwargs=address))
    tickets.grant(request, response, application.reference, "counter")
    return response
