"""A person's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from phueng.access import actions, queries
from phueng.access.forms import PasswordForm, add_problem
from phueng.access.gates import gate_signed_in
from phueng.access.viewers import Request
from phueng.access.views.arriving import onward, with_next
from phueng.audit.clock import now
from phueng.design.wording import say
from phueng.kernel.problems import Refused


@gate_signed_in
@sensitive_post_parameters("old_password", "new_password")
@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    """Ask for the old password and a new one; other sessions of the account end."""
    account = queries.account_by_id(request.viewer.account_id)
    if account is None:
        return HttpResponseRedirect(with_next("access:sign_in", request))
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_password(
                account_id=account.id, by=request.viewer.actor(), at=now(), **form.cleaned_data
            )
        except Refused as refused:
            add_problem(form, "old_password", refused.problem)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, say("เปลี่ยนรหัสผ่านแล้ว", "The password was changed"))
            return onward(request, account)
    status = 422 if form.is_bound else 200
    return render(request, "access/change_password.html", {"form": form, "has_errors": form.is_bound}, status=status)
