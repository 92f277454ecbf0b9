"""How does somebody come back: on another phone, with the thing that was missing, or to take the request back?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_public
from phueng.access.limits import address_of, allow
from phueng.access.viewers import Request
from phueng.applications import tickets
from phueng.applications.actions import add_photo, answer_missing_thing, withdraw_application
from phueng.applications.forms import MissingThingForm, ResumeForm, WithdrawForm
from phueng.applications.limits import RESUMES_BY_ADDRESS, RESUMES_BY_REFERENCE
from phueng.applications.queries import answers_of_application, open_missing_thing
from phueng.applications.resuming import request_of
from phueng.applications.views.reached import Reached, with_application
from phueng.audit.clock import now
from phueng.design.wording import current_language
from phueng.documents.refusals import MOST_BYTES, PROBLEMS
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.references import normalise_reference
from phueng.questionnaires.definitions import Page
from phueng.questionnaires.forms import PageForm, typed_from

if TYPE_CHECKING:
    from phueng.applications.models import Application, MissingThing


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: Request) -> HttpResponse:
    """Go on with a request on this device: the number and the birth date. Every miss is the same answer."""
    form = ResumeForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:20]})
    status = 200
    if request.method == "POST":
        if not _may_try(request):
            return render(request, "applications/too_many.html", status=429)
        application = _resumed(request)
        if application is not None:
            response = HttpResponseRedirect(reverse("applications:go_on", kwargs={"reference": application.reference}))
            tickets.grant(request, response, application.reference, "own")
            return response
        form.miss()
        status = 422
    context = {"form": form, "has_errors": status == 422, "back_url": reverse("applications:choose")}
    return render(request, "applications/resume.html", context, status=status)


def _may_try(request: Request) -> bool:
    reference = normalise_reference(request.POST.get("reference", "")) or "none"
    # Both are counted each time, so that the answer does not depend on which of the two was used up.
    by_address = allow(
        f"resume from {address_of(request.META)}", most=RESUMES_BY_ADDRESS.most, within=RESUMES_BY_ADDRESS.within
    )
    by_reference = reference == "none" or allow(
        f"resume {reference}", most=RESUMES_BY_REFERENCE.most, within=RESUMES_BY_REFERENCE.within
    )
    return by_address and by_reference


def _resumed(request: Request) -> Application | None:
    typed_day = ResumeForm(request.POST)["birth_date"].value() or ""
    return request_of(request.POST.get("reference", "")[:200], str(typed_day), at=now())


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def missing(request: Request, reached: Reached) -> HttpResponse:
    """Answer the one thing an officer asked for; afterwards the time runs on."""
    asked = open_missing_thing(reached.application.id)
    if asked is None:
        return render(request, "applications/nothing_missing.html", {"application": reached.application})
    if request.method == "POST":
        return _answer(request, reached, asked)
    return _missing_page(request, reached, asked)


def _answer(request: Request, reached: Reached, asked: MissingThing) -> HttpResponse:
    page = _page_for(asked.question_code)
    form = answers_of_application(reached.application).questionnaire
    typed = typed_from(form, page, request.POST)
    if PageForm(form, page, answers_of_application(reached.application), typed=typed).has_grown(request.POST):
        return _missing_page(request, reached, asked, typed=typed)
    try:
        evidence_id = _take_photo(request, reached, asked.question_code)
        answer_missing_thing(
            by=reached.by,
            at=reached.at,
            application_id=reached.application.id,
            typed=typed,
            note=request.POST.get("note", ""),
            evidence_id=evidence_id,
        )
    except Refused as refused:
        return _missing_page(request, reached, asked, typed=typed, problem=refused.problem)
    return render(request, "applications/missing_answered.html", {"application": reached.application})


def _take_photo(request: Request, reached: Reached, question_code: str) -> UUID | None:
    newest: UUID | None = None
    for file in request.FILES.getlist(question_code)[:5]:
        if (file.size or 0) > MOST_BYTES:
            raise Refused(PROBLEMS["file_is_too_big"])
        newest = add_photo(
            by=reached.by,
            at=reached.at,
            application_id=reached.application.id,
            question_code=question_code,
            original_name=file.name or "",
            content=file.read(),
        ).id
    return newest


def _missing_page(
    request: Request,
    reached: Reached,
    asked: MissingThing,
    *,
    typed: dict[str, Any] | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    answers = answers_of_application(reached.application)
    form = PageForm(
        answers.questionnaire,
        _page_for(asked.question_code),
        answers,
        typed=typed,
        problems={asked.question_code: problem} if problem else {},
    )
    context = {
        "application": reached.application,
        "asked_thing": asked,
        "form": form,
        "asked": form.asked(),
        "note_form": MissingThingForm(initial={"note": request.POST.get("note", "")}),
        "has_errors": problem is not None,
        "photos": {},
    }
    return render(request, "applications/missing.html", context, status=422 if problem else 200)


def _page_for(question_code: str) -> Page:
    """A page of its own for one question; the officer's words stand above it."""
    return Page("missing", "ข้อมูลที่ขอเพิ่ม", "What is missing", (question_code,))


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def withdraw(request: Request, reached: Reached) -> HttpResponse:
    """Take the request back: asked once more, then done for good."""
    application = reached.application
    form = WithdrawForm(request.POST or None)
    problem = ""
    if request.method == "POST":
        try:
            withdraw_application(
                by=reached.by, at=reached.at, application_id=application.id, why=request.POST.get("why", "")
            )
        except Refused as refused:
            problem = refused.problem.in_full(current_language())
        else:
            return render(request, "applications/withdrawn.html", {"application": application})
    back = "go_on" if application.state == "draft" else "done"
    context = {
        "application": application,
        "form": form,
        "problem": problem,
        "has_errors": bool(problem),
        "back_url": reverse(f"applications:{back}", kwargs={"reference": application.reference}),
    }
    return render(request, "applications/withdraw.html", context)
