"""The second factor: giving it, and enrolling an app for it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from phueng.access import actions, factors, queries, sessions
from phueng.access.forms import FactorForm, add_problem
from phueng.access.gates import gate_public, gate_signed_in, has_recent_factor
from phueng.access.models import Account
from phueng.access.problems import WRONG_FACTOR
from phueng.access.viewers import Request
from phueng.access.views.arriving import enter, half_signed_in, onward, wanted_address, with_next
from phueng.audit.clock import now


@gate_public
@require_http_methods(["GET", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """Ask for the code of the app: to end signing in, and again before acts such as releasing money."""
    viewer = request.viewer
    half = half_signed_in(request)
    account = queries.account_by_id(viewer.account_id or half)
    if account is None or not account.is_active:
        return HttpResponseRedirect(with_next("access:sign_in", request))
    if not factors.has_device(account.id):
        return HttpResponseRedirect(with_next("access:enrol", request))
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factors.is_right(account.id, form.cleaned_data["code"]):
            return _let_in(request, account)
        actions.note_sign_in(request=request, outcome="wrong_factor", account=account, by=viewer.actor(), at=now())
        add_problem(form, "code", WRONG_FACTOR)
    status = 422 if form.is_bound else 200
    context = {"form": form, "next": wanted_address(request), "has_errors": form.is_bound}
    return render(request, "access/second_factor.html", context, status=status)


def _let_in(request: Request, account: Account) -> HttpResponse:
    if request.viewer.is_signed_in:
        sessions.note_factor(request)
        return onward(request, account)
    actions.note_sign_in(request=request, outcome="signed_in", account=account, by=request.viewer.actor(), at=now())
    return enter(request, account, factor_given=True)


@gate_signed_in
@require_http_methods(["GET", "POST"])
def enrol(request: Request) -> HttpResponse:
    """Show the QR code of a new app and take it into use with its first code."""
    account = queries.account_by_id(request.viewer.account_id)
    if account is None:
        return HttpResponseRedirect(with_next("access:sign_in", request))
    if factors.has_device(account.id) and not has_recent_factor(request):
        # Whoever found an open screen must not be able to swap the app for their own.
        return HttpResponseRedirect(with_next("access:second_factor", request))
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if actions.confirm_factor(account_id=account.id, code=code, by=request.viewer.actor(), at=now()):
            sessions.note_factor(request)
            return onward(request, account)
        add_problem(form, "code", WRONG_FACTOR)
    device = factors.device_to_enrol(account)
    context = {
        "form": form,
        "next": wanted_address(request),
        "has_errors": form.is_bound,
        "qr": mark_safe(factors.qr_svg(device)),  # noqa: S308  # nosec  (drawn by us from our own secret)
        "secret": factors.secret_text(device),
    }
    return render(request, "access/enrol.html", context, status=422 if form.is_bound else 200)
