"""The acts that need no form: one POST, back to the page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.advances import queries
from phueng.advances.actions import confirm_handover
from phueng.advances.views.payday import row_or_404
from phueng.audit.clock import now
from phueng.calendars.queries import holidays
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import next_bank_day
from phueng.payments.actions import confirm_counter, end_counter, prepare_run


def _tried(request: Request, act: Callable[[], object], th: str, en: str) -> None:
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
    else:
        messages.success(request, say(th, en))


def _choice_or_404(request: Request, choice_id: UUID) -> UUID:
    mine = request.viewer.office_ids(*queries.OFFICERS)
    if not any(one.pk == choice_id and one.office_id in mine for one in queries.choices_for(request.viewer)):
        raise Http404
    return choice_id


@gate(*queries.OFFICERS)
@require_POST
def confirm_choice(request: Request, choice_id: UUID) -> HttpResponse:
    """A second person agrees that somebody is paid at the counter."""
    pk = _choice_or_404(request, choice_id)
    _tried(
        request, lambda: confirm_counter(by=request.viewer.actor(), at=now(), choice_id=pk),
        "ยืนยันแล้ว เข้าชุดจ่ายที่เคาน์เตอร์ได้", "Confirmed: it goes into the next counter run",
    )  # fmt: skip
    return redirect("advances:board")


@gate(*queries.OFFICERS)
@require_POST
def end_choice(request: Request, choice_id: UUID) -> HttpResponse:
    """The person can be paid into an account again."""
    pk = _choice_or_404(request, choice_id)
    _tried(
        request, lambda: end_counter(by=request.viewer.actor(), at=now(), choice_id=pk),
        "ยกเลิกแล้ว ครั้งต่อไปโอนเข้าบัญชี", "Ended: the next payment goes to an account",
    )  # fmt: skip
    return redirect("advances:board")


@gate("finance_maker")
@require_POST
def prepare(request: Request, scheme_code: str, office_id: UUID) -> HttpResponse:
    """Put those who wait into a counter run; it is approved and released like any other."""
    viewer, at = request.viewer, now()
    if office_id not in viewer.office_ids("finance_maker"):
        raise Http404
    today = in_bangkok(at).date()
    day = next_bank_day(today, holidays("bank", today, today + timedelta(days=40)))
    try:
        run = prepare_run(
            by=viewer.actor("finance_maker", office_id), at=at, scheme_code=scheme_code, office_id=office_id,
            effective_on=day, at_counter=True,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
        return redirect("advances:board")
    return redirect("payments:run", run.number)


@gate(*queries.FINANCE)
@require_POST
def confirm(request: Request, advance_id: UUID, line_id: UUID) -> HttpResponse:
    """The second payer confirms with their own sign-in: paid."""
    _, row = row_or_404(request, advance_id, line_id)
    _tried(
        request, lambda: confirm_handover(by=request.viewer.actor(), at=now(), line_id=row.line.pk),
        "ยืนยันแล้ว จ่ายเรียบร้อย", "Confirmed: paid",
    )  # fmt: skip
    return redirect("advances:advance", advance_id=advance_id)
