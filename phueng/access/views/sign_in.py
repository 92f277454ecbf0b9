"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access import actions, queries
from phueng.access.factors import has_device
from phueng.access.forms import SignInForm, add_problem
from phueng.access.gates import gate_public
from phueng.access.problems import GIVEN_PASSWORD_OVER, SIGN_IN_THROTTLED, WRONG_SIGN_IN
from phueng.access.viewers import Request
from phueng.access.views.arriving import enter, onward, stay_half, wanted_address, with_next
from phueng.audit.clock import now


@gate_public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask for username and password; a second factor, when enrolled, is asked on the next page."""
    if request.method == "GET":
        account = queries.account_by_id(request.viewer.account_id) if request.viewer.is_signed_in else None
        return onward(request, account) if account else _page(request, SignInForm(), 200)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    at = now()
    by = request.viewer.actor()
    came = actions.sign_in(request=request, by=by, at=at, **form.cleaned_data)
    if came.account is None:
        problem = {"throttled": SIGN_IN_THROTTLED, "over": GIVEN_PASSWORD_OVER}.get(came.outcome, WRONG_SIGN_IN)
        add_problem(form, "password", problem)
        return _page(request, form, 429 if came.outcome == "throttled" else 422)
    if has_device(came.account.id):
        stay_half(request, came.account)
        return HttpResponseRedirect(with_next("access:second_factor", request))
    actions.note_sign_in(request=request, outcome="signed_in", account=came.account, by=by, at=at)
    return enter(request, came.account, factor_given=False)


@gate_public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session, here and now."""
    viewer = request.viewer
    account = queries.account_by_id(viewer.account_id) if viewer.is_signed_in else None
    if account is not None:
        actions.note_sign_in(request=request, outcome="signed_out", account=account, by=viewer.actor(), at=now())
    logout(request)
    response = HttpResponseRedirect("/sign-in/" if account and account.is_staff else "/")
    # What a browser kept of somebody's case must not be there for the next person at this desk.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@gate_public
@require_POST
def demo_sign_in(request: Request) -> HttpResponse:
    """Sign in as one of the cast with one click, in the demo only; elsewhere this page does not exist."""
    if not settings.PHUENG_IS_DEMO:
        raise Http404
    account = queries.account_named(request.POST.get("username", ""))
    if account is None:
        return HttpResponseRedirect("/sign-in/")
    actions.note_sign_in(request=request, outcome="demo", account=account, by=request.viewer.actor(), at=now())
    return enter(request, account, factor_given=True)


def _page(request: Request, form: SignInForm, status: int) -> HttpResponse:
    cast = queries.cast(localdate(now())) if settings.PHUENG_IS_DEMO else []
    context = {
        "form": form,
        "next": wanted_address(request),
        "has_errors": form.is_bound,
        "cast": cast,
    }
    return render(request, "access/sign_in.html", context, status=status)
