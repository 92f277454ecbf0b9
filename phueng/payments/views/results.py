"""What the bank answered, and what nobody could explain yet."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.design.wording import say
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import import_result, settle_suspense
from phueng.payments.forms import FoundForm, ResultForm, with_problem
from phueng.payments.problems import SUSPENSE

if TYPE_CHECKING:
    from phueng.payments.models import SuspenseItem

MOST_BYTES = 20 * 1024 * 1024


@gate(*queries.FINANCE_ROLES, "auditor")
def results(request: HttpRequest) -> HttpResponse:
    """Answers received, items in suspense, and a form for a file the officer downloaded from the bank."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = ResultForm(request.POST or None, request.FILES or None, initial={"pay_route": "krungthai"})
    if request.method == "POST" and viewer.has_role("finance_maker") and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            result = import_result(
                by=viewer.actor("finance_maker"),
                at=now(),
                name=upload.name,
                content=upload.read(MOST_BYTES + 1),
                pay_route=form.cleaned_data["pay_route"],
            )
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            counts = {"p": result.paid_count, "r": result.returned_count, "s": result.suspense_count}
            messages.success(
                request,
                say(
                    "นำเข้าแล้ว: เข้าบัญชี {p} คืน {r} รอตรวจ {s}",
                    "Taken in: {p} paid, {r} returned, {s} to explain",
                    **counts,
                ),
            )
            return redirect("payments:results")
    return _page(request, form, {}, status=422 if request.method == "POST" else 200)


def _page(request: HttpRequest, form: Any, why_forms: dict[UUID, Any], *, status: int) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    page = Paginator(queries.answers_for(viewer), 25).get_page(request.GET.get("page"))
    may_settle = viewer.has_role("finance_checker", "releaser")
    items = list(queries.open_suspense(viewer)[:50])
    return render(
        request,
        "payments/results.html",
        {
            "form": form,
            "may_import": viewer.has_role("finance_maker"),
            "may_settle": may_settle,
            "page": page,
            "suspense": [_shown(item, why_forms.get(item.pk) or FoundForm(auto_id=f"%s-{item.pk}")) for item in items],
            "why_errors": list(why_forms.values()),
            "has_errors": status != 200,
            "as_of": now(),
        },
        status=status,
    )


def _shown(item: "SuspenseItem", form: Any) -> dict[str, Any]:
    said = item.stated.get("faults") or []
    return {
        "id": item.pk,
        "title": say(*SUSPENSE[item.reason_code]) if item.reason_code in SUSPENSE else item.reason_code,
        "file": item.result_file.name,
        "line_no": item.line_no,
        "reference": item.reference,
        "amount_satang": item.amount_satang,
        "outcome": item.outcome,
        "why": item.stated.get("reason", ""),
        "said": [say(one["th"], one["en"]) for one in said],
        "form": form,
    }


@gate("finance_checker", "releaser")
@require_POST
def settle(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Say what an unexplained item was; what was typed stays when something is missing."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if not queries.open_suspense(viewer).filter(pk=item_id).exists():
        raise Http404
    form = FoundForm(request.POST, auto_id=f"%s-{item_id}")
    if form.is_valid():
        try:
            settle_suspense(by=viewer.actor(), at=now(), item_id=item_id, why=form.cleaned_data["why"])
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            messages.success(request, say("บันทึกแล้ว", "Recorded"))
            return redirect("payments:results")
    return _page(request, ResultForm(initial={"pay_route": "krungthai"}), {item_id: form}, status=422)
