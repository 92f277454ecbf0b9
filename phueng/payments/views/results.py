"""What the bank answered, and what nobody could explain yet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import import_result, settle_suspense
from phueng.payments.forms import ResultForm, WhyForm, with_problem

MOST_BYTES = 20 * 1024 * 1024


@gate(*queries.FINANCE_ROLES, "auditor")
def results(request: HttpRequest) -> HttpResponse:
    """Answers received, items in suspense, and a form for a file the officer downloaded from the bank."""
    viewer = request.viewer  # type: ignore[attr-defined]
    may_import = viewer.has_role("finance_maker")
    form = ResultForm(request.POST or None, request.FILES or None, initial={"pay_route": "krungthai"})
    if request.method == "POST" and may_import and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            result = import_result(
                by=viewer.actor("finance_maker"),
                at=now(),
                name=upload.name,
                content=upload.read(MOST_BYTES),
                pay_route=form.cleaned_data["pay_route"],
            )
            messages.success(
                request,
                say(
                    f"นำเข้าแล้ว: เข้าบัญชี {result.paid_count} คืน {result.returned_count} พักตรวจ {result.suspense_count}",
                    f"Taken in: {result.paid_count} paid, {result.returned_count} returned, {result.suspense_count} in suspense",
                ),
            )
            return redirect("payments:results")
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
    return render(
        request,
        "payments/results.html",
        {
            "form": form,
            "may_import": may_import,
            "results": queries.results(),
            "suspense": list(queries.open_suspense()[:100]),
            "why_form": WhyForm(),
            "has_errors": bool(form.errors) and request.method == "POST",
        },
        status=422 if request.method == "POST" else 200,
    )


@gate("finance_checker", "releaser")
@require_POST
def settle(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Say what an unexplained item was."""
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        settle_suspense(by=request.viewer.actor(), at=now(), item_id=item_id, why=why)  # type: ignore[attr-defined]
        messages.success(request, say("บันทึกแล้ว", "Recorded"))
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
    return redirect("payments:results")
