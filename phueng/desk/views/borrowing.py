"""A missing hand: asking the paired office or headquarters for one, and ending that again."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access.gates import gate
from phueng.access.parking import initial_from
from phueng.access.roles import HAND_NAMES, LENDING_ROLES
from phueng.access.viewers import Request
from phueng.applications.models import Application
from phueng.decisions.actions import ask_for_hand, give_back_hand
from phueng.design.wording import current_language, say
from phueng.desk.borrowing import ASKERS, borrowing_for, lenders
from phueng.desk.forms.borrowing import BorrowForm, GiveBackForm
from phueng.desk.forms.fields import add_refusal
from phueng.desk.refusals import FIELDS
from phueng.desk.views.reached import actor_here, case_url, viewer_of, with_case
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok


@gate(*ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def borrow(request: Request, application: Application, at: datetime, hand: str) -> HttpResponse:
    """From which office, and why; the case waits there as in its own queue."""
    if hand not in LENDING_ROLES or application.office_id is None:
        raise Http404
    viewer = viewer_of(request)
    offices = lenders(application.office_id, hand, in_bangkok(at).date())
    form = BorrowForm(request.POST or None, offices=offices, initial=initial_from(request))
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_hand(
                by=actor_here(viewer, application, ASKERS), at=at, application_id=application.pk, hand=hand,
                from_office_id=UUID(form.cleaned_data["from_office"]), why=form.cleaned_data["why"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, {**FIELDS, "not_a_lender": "from_office", "nobody_there": "from_office"})
        else:
            messages.success(
                request, say("ขอแล้ว เรื่องนี้อยู่ในคิวของสำนักงานนั้นด้วย", "Asked. The case stands in their queue too.")
            )
            return HttpResponseRedirect(case_url(application))
    context = {
        "application": application,
        "hand": hand,
        "hand_words": say(*HAND_NAMES[hand]),
        "form": form,
        "offices": offices,
        "borrowing": borrowing_for(viewer, application, at),
        "back_url": case_url(application),
        "has_errors": bool(form.is_bound and form.errors),
    }
    return render(request, "desk/borrow.html", context, status=422 if context["has_errors"] else 200)


@gate(*ASKERS)
@require_POST
@with_case
def give_back(request: Request, application: Application, at: datetime, hand: str) -> HttpResponse:
    """The asking office needs it no longer, or the asked office cannot."""
    viewer, ended = viewer_of(request), False
    lent = viewer.lent_duty(application.pk, *LENDING_ROLES.get(hand, ()))
    form = GiveBackForm(request.POST)
    if form.is_valid():
        try:
            by = viewer.actor(lent.role, lent.office_id) if lent else actor_here(viewer, application, ASKERS)
            give_back_hand(by=by, at=at, application_id=application.pk, hand=hand, why=form.cleaned_data["why"])
        except Refused as refused:
            messages.error(request, refused.problem.in_full(current_language()))
        else:
            ended = True
            messages.success(request, say("คำขอยืมคนสิ้นสุดแล้ว", "The request has ended."))
    else:
        messages.error(request, say("เขียนเหตุผลสั้น ๆ แล้วกดอีกครั้ง", "Write a short reason and press again."))
    # The asked office sees the case no longer once it has said no.
    return HttpResponseRedirect(reverse("desk:queue") if ended and lent else case_url(application))
