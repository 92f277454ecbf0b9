"""The acts on a run: approve, record the drawing document, release, abandon, give a file back. Each is one POST."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.step_up import asks_step_up
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import abandon_run, approve_run, give_back_file, record_gfmis, release_run
from phueng.payments.approving import FINANCE_ROLES
from phueng.payments.forms import DrawForm, ReleaseForm, WhyForm, with_problem
from phueng.payments.models import Run
from phueng.payments.views.runs import run_or_404, run_page


def _sign(
    request: Request, number: str, act: Callable[[Run], object], said: str, forms: dict[str, Any] | None = None
) -> HttpResponse:
    """Do it and come back to the page, or show the page again with the problem and everything typed."""
    run = run_or_404(request, number)
    try:
        act(run)
    except Refused as refusal:
        shown = {name: with_problem(form, refusal.problem) for name, form in (forms or {}).items()}
        if not shown:
            messages.error(request, refusal.problem.in_full(current_language()))
        return run_page(request, run_or_404(request, number), shown)
    messages.success(request, said)
    return redirect("payments:run", number=number)


@gate("finance_checker")
@require_POST
def approve(request: Request, number: str) -> HttpResponse:
    """An approver signs the frozen list."""
    by, at = request.viewer.actor("finance_checker"), now()
    said = say("ลงชื่ออนุมัติแล้ว", "Your approval is recorded")
    return _sign(request, number, lambda run: approve_run(by=by, at=at, run_id=run.pk), said)


@gate("finance_maker", "finance_checker")
@require_POST
def draw(request: Request, number: str) -> HttpResponse:
    """The number of the document that draws the money, beside the run."""
    by, at = request.viewer.actor(), now()
    form = DrawForm(request.POST)
    if not form.is_valid():
        return run_page(request, run_or_404(request, number), {"draw_form": form})
    typed = form.cleaned_data["gfmis_number"]
    said = say("บันทึกเลขที่เอกสารแล้ว", "The document number is recorded")
    act = lambda run: record_gfmis(by=by, at=at, run_id=run.pk, gfmis_number=typed)  # noqa: E731
    return _sign(request, number, act, said, {"draw_form": form})


@gate("releaser")
@asks_step_up("release_payments")
@require_POST
def release(request: Request, number: str) -> HttpResponse:
    """The releaser signs, after showing again who they are and with the end of the fingerprint typed."""
    by, at = request.viewer.actor("releaser"), now()
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return run_page(request, run_or_404(request, number), {"release_form": form})
    typed = form.cleaned_data["last_of_digest"]
    said = say("สั่งจ่ายแล้ว แฟ้มลงลายมือชื่อและกำลังส่ง", "Released; the files are signed and on their way")
    act = lambda run: release_run(by=by, at=at, run_id=run.pk, last_of_digest=typed)  # noqa: E731
    return _sign(request, number, act, said, {"release_form": form})


@gate(*FINANCE_ROLES)
@require_POST
def abandon(request: Request, number: str) -> HttpResponse:
    """Give the run up before release, with a reason."""
    by, at = request.viewer.actor(), now()
    form = WhyForm(request.POST, prefix="abandon")
    if not form.is_valid():
        return run_page(request, run_or_404(request, number), {"abandon_form": form})
    said = say("ยกเลิกชุดจ่ายแล้ว รายการกลับไปรอจ่าย", "Abandoned; the items are ready to be paid again")
    act = lambda run: abandon_run(by=by, at=at, run_id=run.pk, why=form.cleaned_data["why"])  # noqa: E731
    return _sign(request, number, act, said, {"abandon_form": form})


@gate("finance_checker", "releaser")
@require_POST
def give_back(request: Request, number: str, trouble_id: UUID) -> HttpResponse:
    """Nothing of a troubled file was paid: its payments are due again."""
    viewer = request.viewer
    if queries.trouble_for(viewer, number, trouble_id) is None:
        raise Http404
    by, at = viewer.actor(), now()
    form = WhyForm(request.POST, prefix="give_back")
    if not form.is_valid():
        return run_page(request, run_or_404(request, number), {"give_back_form": form})
    said = say("คืนรายการแล้ว จัดทำชุดใหม่ได้", "Given back; the payments can go into a new run")
    act = lambda _: give_back_file(by=by, at=at, trouble_id=trouble_id, why=form.cleaned_data["why"])  # noqa: E731
    return _sign(request, number, act, said, {"give_back_form": form})
