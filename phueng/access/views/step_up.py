"""Confirming once more who one is, just before an act of weight."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from phueng.access import actions, sessions
from phueng.access.factors import has_device
from phueng.access.forms import FactorForm, OwnPasswordForm, add_problem
from phueng.access.gates import factors_are_required, gate_signed_in
from phueng.access.limits import allow, forget
from phueng.access.parking import newest_parked
from phueng.access.problems import STEP_UP_THROTTLED, WRONG_FACTOR, WRONG_OWN_PASSWORD
from phueng.access.step_up import PURPOSES, is_purpose, note_stepped_up
from phueng.access.viewers import Request
from phueng.access.views.arriving import wanted_address, with_next
from phueng.audit.clock import now
from phueng.design.wording import say

MOST_WRONG = 5
WITHIN = timedelta(minutes=15)


@gate_signed_in
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def step_up(request: Request) -> HttpResponse:
    """Ask for the app's code (or the password, where no app is needed) and go on with the form that waits."""
    purpose, account_id = request.GET.get("purpose") or request.POST.get("purpose", ""), request.viewer.account_id
    if account_id is None:
        raise Http404
    if not is_purpose(purpose):
        return _onward(request, account_id)  # nothing waits: an address kept from yesterday is no dead end
    by_app = has_device(account_id)
    if not by_app and factors_are_required():
        # An installation that insists on apps takes no password in their place.
        return HttpResponseRedirect(with_next("access:enrol", request))
    form = (FactorForm if by_app else OwnPasswordForm)(request.POST or None)
    status = 200
    if request.method == "POST":
        status = _status_of(request, form, purpose, account_id)
        if status == 302:
            return _onward(request, account_id)
    context = {
        "form": form,
        "proof": form["code" if by_app else "password"],
        "by_app": by_app,
        "purpose": purpose,
        "purpose_words": say(*PURPOSES[purpose]),
        "next": wanted_address(request),
        "has_errors": form.is_bound,
    }
    return render(request, "access/step_up.html", context, status=status)


def _status_of(request: Request, form: forms.Form, purpose: str, account_id: UUID) -> int:
    """302 when it was right; else 422 or 429 with the problem on the form."""
    if not form.is_valid():
        return 422
    name = next(iter(form.fields))
    tries = f"step-up {account_id}"
    if not allow(tries, most=MOST_WRONG, within=WITHIN):
        add_problem(form, name, STEP_UP_THROTTLED)
        return 429
    proof = form.cleaned_data[name]
    by = request.viewer.actor()
    if not actions.step_up(account_id=account_id, purpose=purpose, proof=proof, by=by, at=now()):
        add_problem(form, name, WRONG_FACTOR if name == "code" else WRONG_OWN_PASSWORD)
        return 422
    forget(tries)
    note_stepped_up(request, purpose)
    if name == "code":
        sessions.note_factor(request)
    return 302


def _onward(request: Request, account_id: UUID) -> HttpResponse:
    wanted = wanted_address(request)
    waiting = newest_parked(account_id, wanted) if wanted else None
    if waiting is None:
        return HttpResponseRedirect(wanted or "/")
    return HttpResponseRedirect(f"{reverse('access:parked', args=[waiting])}?{urlencode({'after': 'step_up'})}")
