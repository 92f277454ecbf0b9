"""Who is to be asked next, and what did they say? The list shows nobody's name; the page that does is written down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.registry.queries import person_card
from phueng.schemes.catalogue import scheme
from phueng.spotchecks import queries
from phueng.spotchecks.actions import note_try, record_interview
from phueng.spotchecks.forms import SheetForm, with_problem
from phueng.spotchecks.models import Interview
from phueng.spotchecks.sql import INTERVIEWERS


@gate(*INTERVIEWERS)
def board(request: Request) -> HttpResponse:
    """Those whom the viewer's office asks, the longest waiting first."""
    page = Paginator(queries.waiting_for(request.viewer), 25).get_page(request.GET.get("page"))
    language = current_language()
    rows = [
        {"one": one, "office": say(one.draw.run.office.name_th, one.draw.run.office.name_en),
         "scheme": scheme(one.draw.run.scheme_code).short_name.in_language(language)}
        for one in page.object_list
    ]  # fmt: skip
    return render(request, "spotchecks/board.html", {"page": page, "rows": rows, "as_of": now()})


def _interview_or_404(request: Request, interview_id: UUID) -> Interview:
    found = queries.interview_for(request.viewer, interview_id)
    if found is None:
        raise Http404
    return found


def _who(request: Request, one: Interview) -> Actor:
    role = next(
        duty.role for duty in request.viewer.duties if duty.office_id == one.office_id and duty.role in INTERVIEWERS
    )
    return request.viewer.actor(role, one.office_id)


@gate(*INTERVIEWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: Request, interview_id: UUID) -> HttpResponse:
    """Name and phone of the person, and the sheet. Opening it is written down where the person can read it."""
    one = _interview_or_404(request, interview_id)
    if request.method != "POST":
        return _page(request, one, SheetForm())
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    try:
        record_interview(by=_who(request, one), at=now(), interview_id=one.pk, **form.cleaned_data)
    except Refused as refused:
        return _page(request, one, with_problem(form, refused.problem))
    messages.success(request, say("บันทึกคำตอบแล้ว ขอบคุณ", "The answers are kept. Thank you."))
    return redirect("spotchecks:board")


@gate(*INTERVIEWERS)
@require_POST
def not_reached(request: Request, interview_id: UUID) -> HttpResponse:
    """Nobody answered today."""
    one = _interview_or_404(request, interview_id)
    try:
        note_try(by=_who(request, one), at=now(), interview_id=one.pk)
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
        return redirect("spotchecks:interview", interview_id=one.pk)
    messages.success(request, say("บันทึกแล้วว่าวันนี้ติดต่อไม่ได้", "Noted: not reached today"))
    return redirect("spotchecks:board")


def _page(request: Request, one: Interview, form: Any) -> HttpResponse:
    record_read(
        by=_who(request, one), at=now(), act="spotchecks.open", subject=("interview", one.pk),
        person_id=one.line.person_id,
    )  # fmt: skip
    card = person_card(one.line.person_id)
    run = one.draw.run
    context = {
        "one": one,
        "form": form,
        "payee": one.line.payee_name,
        "phones": card.phones if card else (),
        "office": say(run.office.name_th, run.office.name_en),
        "scheme": scheme(run.scheme_code).name.in_language(current_language()),
        "paid_on": one.line.settled_on or run.effective_on,
        "tried": [made.tried_on for made in one.tries.order_by("tried_on")],
    }
    return render(request, "spotchecks/interview.html", context, status=422 if form.is_bound else 200)
