"""What the bank answered, and what nobody could explain yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import confirm_reversal, hand_in_result, note_reversal, settle_suspense
from phueng.payments.actions.reverse_payment import RETURNED_AFTER_PAID
from phueng.payments.answers import read_answer
from phueng.payments.forms import FoundForm, ResultForm, with_problem
from phueng.payments.problems import RESULT_TOO_BIG, SUSPENSE, UNREADABLE_RESULT

if TYPE_CHECKING:
    from phueng.payments.models import ResultFile, SuspenseItem

MOST_BYTES = 64 * 1024 * 1024
MOST_FAULTS = 50


@gate(*queries.FINANCE_ROLES, "auditor")
def results(request: HttpRequest) -> HttpResponse:
    """Answers received, items in suspense, and a form for a file the officer downloaded from the bank."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = ResultForm(request.POST or None, request.FILES or None)
    faults: list[dict[str, Any]] = []
    if request.method == "POST" and viewer.has_role("finance_maker") and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read(MOST_BYTES + 1)
        try:
            if len(content) > MOST_BYTES:
                raise Refused(RESULT_TOO_BIG)
            result = hand_in_result(by=viewer.actor("finance_maker"), at=now(), name=upload.name, content=content)
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
            if refusal.problem.code == UNREADABLE_RESULT.code:
                faults = _faults(content)
        else:
            messages.success(request, _taken_in(result))
            return redirect("payments:results")
    return _page(request, form, {}, status=422 if request.method == "POST" else 200, faults=faults)


def _taken_in(result: "ResultFile") -> str:
    if result.imported_at is None:
        return say(
            "รับแฟ้มใหญ่นี้แล้ว ระบบกำลังนำเข้า ปิดหน้านี้ไปก่อนก็ได้",
            "This large file is received and being taken in; you may close the page",
        )
    counts = {
        "p": result.paid_count,
        "r": result.returned_count,
        "s": result.suspense_count,
        "n": result.repeated_count,
    }
    return say(
        "นำเข้าแล้ว: เข้าบัญชี {p} คืน {r} รอตรวจ {s} เคยได้รับแล้ว {n}",
        "Taken in: {p} paid, {r} returned, {s} to explain, {n} known already",
        **counts,
    )


def _faults(content: bytes) -> list[dict[str, Any]]:
    """Why the file cannot be read: the first faults with their line and column."""
    found = read_answer(content).faults
    return [
        {"line": fault.line, "column": fault.column_from, "words": say(fault.th, fault.en)}
        for fault in found[:MOST_FAULTS]
    ]


def _page(
    request: HttpRequest, form: Any, why_forms: dict[UUID, Any], *, status: int, faults: Sequence[dict[str, Any]] = ()
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    page = Paginator(queries.answers_for(viewer), 25).get_page(request.GET.get("page"))
    may_settle = viewer.has_role("finance_checker", "releaser")
    items = list(queries.open_suspense(viewer).prefetch_related("reversals__noted_by")[:50])
    return render(
        request,
        "payments/results.html",
        {
            "form": form,
            "faults": faults,
            "may_import": viewer.has_role("finance_maker"),
            "may_settle": may_settle,
            "page": page,
            "may_confirm": viewer.has_role("finance_checker"),
            "may_note": viewer.has_role("finance_maker"),
            "on_paper": queries.files_waiting_for_answer(viewer)[:10],
            "suspense": [
                _shown(item, why_forms.get(item.pk) or FoundForm(auto_id=f"%s-{item.pk}"), viewer.account_id)
                for item in items
            ],
            "why_errors": list(why_forms.values()),
            "has_errors": status != 200,
            "as_of": now(),
        },
        status=status,
    )


def _shown(item: "SuspenseItem", form: Any, account_id: UUID | None) -> dict[str, Any]:
    noted = next((one for one in item.reversals.all() if one.dropped_at is None), None)
    said, reason = item.stated.get("faults") or [], item.stated.get("reason", "")
    return {
        "id": item.pk,
        "title": say(*SUSPENSE[item.reason_code]) if item.reason_code in SUSPENSE else item.reason_code,
        "file": item.result_file.name,
        "line_no": item.line_no,
        "column_no": item.column_no,
        "money_moved": item.movement_id is not None,
        "may_be_reversed": item.reason_code == RETURNED_AFTER_PAID,
        "reversal": noted,
        "may_confirm": noted is not None and noted.noted_by_id != account_id,
        "reference": item.reference,
        "amount_satang": item.amount_satang,
        "outcome": item.outcome,
        "why": say(reason, item.stated.get("reason_en") or reason) if reason else "",
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
    return _page(request, ResultForm(), {item_id: form}, status=422)


@gate("finance_maker")
@require_POST
def reverse(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """A maker notes that a payment came back after all; a checker confirms it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if not queries.open_suspense(viewer).filter(pk=item_id, reason_code=RETURNED_AFTER_PAID).exists():
        raise Http404
    form = FoundForm(request.POST, auto_id=f"%s-{item_id}")
    if form.is_valid():
        try:
            note_reversal(by=viewer.actor("finance_maker"), at=now(), item_id=item_id, why=form.cleaned_data["why"])
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            messages.success(request, say("บันทึกแล้ว รอผู้ตรวจยืนยัน", "Recorded; a checker confirms it"))
            return redirect("payments:results")
    return _page(request, ResultForm(), {item_id: form}, status=422)


@gate("finance_checker")
@require_POST
def reverse_confirm(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The second person: the payment is returned, and the due is payable once more."""
    viewer = request.viewer  # type: ignore[attr-defined]
    item = queries.open_suspense(viewer).filter(pk=item_id).first()
    noted = item.reversals.filter(dropped_at__isnull=True).first() if item is not None else None
    if noted is None:
        raise Http404
    try:
        confirm_reversal(by=viewer.actor("finance_checker"), at=now(), reversal_id=noted.pk)
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
    else:
        messages.success(request, say("กลับรายการแล้ว เงินรายการนี้จ่ายใหม่ได้", "Reversed; this sum can be paid again"))
    return redirect("payments:results")
