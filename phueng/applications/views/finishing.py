"""How are the answers checked, sent, and what does the person hold in hand afterwards?"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate_public
from phueng.access.viewers import Request
from phueng.applications.actions import submit_application
from phueng.applications.addresses import tracking_address
from phueng.applications.promises import promised_for
from phueng.applications.qr import qr_svg
from phueng.applications.queries import answers_of_application
from phueng.applications.refusals import Unfinished
from phueng.applications.slips import SLIP
from phueng.applications.views.asking import next_address, page_address
from phueng.applications.views.reached import Reached, not_here, with_application, with_draft
from phueng.design.pieces import Row
from phueng.design.wording import current_language
from phueng.documents.queries import letter_of
from phueng.kernel.problems import Problem, Refused
from phueng.questionnaires.definitions import visible_pages
from phueng.questionnaires.queries import Answers
from phueng.schemes.catalogue import scheme

if TYPE_CHECKING:
    from phueng.applications.models import Application


@gate_public
@require_safe
@with_application
def check(request: Request, reached: Reached) -> HttpResponse:
    """Everything answered, with a way to change each; what is still open stands on top once sending was tried."""
    if reached.application.state != "draft":
        return HttpResponseRedirect(next_address(reached))
    return _check_page(request, reached, with_problems="problems" in request.GET)


@gate_public
@require_POST
@with_draft
def submit(request: Request, reached: Reached) -> HttpResponse:
    """Send it. A second click, a refresh or a second phone ends on the same confirmation."""
    application_id, reference = reached.application.id, reached.application.reference
    try:
        submit_application(by=reached.by, at=reached.at, application_id=application_id, read=reached.draft)
    except Unfinished:
        address = reverse("applications:check", kwargs={"reference": reference})
        return HttpResponseRedirect(f"{address}?problems=1")
    except Refused as refused:
        return _check_page(request, reached, with_problems=True, refusal=refused.problem)
    return HttpResponseRedirect(reverse("applications:done", kwargs={"reference": reference}))


@gate_public
@require_safe
@with_application
def done(request: Request, reached: Reached) -> HttpResponse:
    """The confirmation: number, what happens next and until when, and the slip."""
    application = reached.application
    if application.state == "draft":
        return HttpResponseRedirect(next_address(reached))
    if application.state == "withdrawn":
        return render(request, "applications/withdrawn.html", {"application": application})
    address = tracking_address(application.reference)
    context: dict[str, Any] = {
        "application": application,
        "scheme": scheme(application.scheme_code),
        "promised": promised_for(application),
        "tracking_address": address,
        "qr": qr_svg(address),
        "is_counter": reached.lane == "counter",
        **_slip_context(application),
    }
    return render(request, "applications/done.html", context)


@gate_public
@require_safe
@with_application
def slip_state(request: Request, reached: Reached) -> HttpResponse:
    """The part of the confirmation that changes by itself when the slip is made."""
    context = _slip_context(reached.application)
    etag = '"' + hashlib.sha256(f"{context} {current_language()}".encode()).hexdigest()[:24] + '"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = render(request, "applications/slip_state.html", context)
    response.headers["ETag"] = etag
    return response


@gate_public
@require_safe
@with_application
def slip(request: Request, reached: Reached) -> HttpResponse:
    """The slip as PDF."""
    letter = letter_of(SLIP, reached.application.id)
    if letter is None or letter.file is None:
        return not_here(request)
    response = HttpResponse(bytes(letter.file.content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="phueng-{reached.application.reference}.pdf"'
    return response


def _slip_context(application: Application) -> dict[str, Any]:
    letter = letter_of(SLIP, application.id)
    is_made = letter is not None and letter.made_at is not None
    address = {"reference": application.reference}
    return {
        "slip_url": reverse("applications:slip", kwargs=address) if is_made else "",
        "slip_state_url": reverse("applications:slip_state", kwargs=address),
    }


def _check_page(
    request: Request, reached: Reached, *, with_problems: bool, refusal: Problem | None = None
) -> HttpResponse:
    application = reached.application
    answers = answers_of_application(application)
    problems = answers.unfinished() if with_problems else {}
    language = current_language()
    open_questions = [
        {
            "url": page_address(application.reference, answers.questionnaire.page_of(code), **{"return": "check"}),
            "label": answers.questionnaire.questions[code].label(language),
            "text": problem.said(language),
        }
        for code, problem in problems.items()
    ]
    shown = visible_pages(answers.questionnaire, answers.values())
    context = {
        "application": application,
        "scheme": scheme(application.scheme_code),
        "rows": _rows(application, answers),
        "open_questions": open_questions,
        "refusal": refusal.in_full(language) if refusal else "",
        "has_errors": bool(open_questions or refusal),
        "back_url": page_address(application.reference, shown[-1]),
        "step": len(shown) + 1,
        "steps": len(shown) + 1,
        "is_counter": reached.lane == "counter",
    }
    return render(request, "applications/check.html", context)


def _rows(application: Application, answers: Answers) -> list[Row]:
    """Every question that was asked, answered or not."""
    language = current_language()
    form = answers.questionnaire
    return [
        Row(
            label=form.questions[code].label(language),
            value=answers.display(code, language),
            note=_typed_wrongly(answers, code),
            change_url=page_address(application.reference, asked, **{"return": "check"}),
        )
        for asked in visible_pages(form, answers.values())
        for code in asked.questions
    ]


def _typed_wrongly(answers: Answers, code: str) -> str:
    """What was typed but not understood is not hidden behind "not answered"."""
    typed = answers.typed(code)
    problem = answers.problem(code) if typed else None
    return problem.in_full(current_language()) if problem is not None and problem.code != "empty" else ""
