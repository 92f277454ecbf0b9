"""Which cash is out, who waits to be paid at the counter, and who takes the money out?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.advances import queries
from phueng.advances.actions import draw_advance
from phueng.advances.forms import ChooseForm, DrawForm, with_problem
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.actions import choose_counter
from phueng.registry.queries import person_cards
from phueng.schemes.catalogue import scheme


@gate(*queries.READERS)
def board(request: Request) -> HttpResponse:
    """Overdue advances lead; then open ones, runs to draw, sums to put into a run, and choices to confirm."""
    viewer, at = request.viewer, now()
    on, lang = in_bangkok(at).date(), current_language()
    choices = queries.choices_for(viewer)
    cards = person_cards([one.person_id for one in choices])
    context = {
        "advances": [
            {"one": one, "scheme": scheme(one.run.scheme_code).short_name.in_language(lang),
             "is_late": one.cleared_at is None and one.clear_by < on}
            for one in queries.listed_for(viewer)
        ],
        "runs": queries.undrawn_runs(viewer),
        "waiting": [
            {"one": one, "scheme": scheme(one.scheme_code).short_name.in_language(lang)}
            for one in queries.waiting_for(viewer)
        ],
        "choices": [
            {"one": one, "name": cards[one.person_id].full_name if one.person_id in cards else "",
             "may_confirm": one.confirmed_at is None and one.chosen_by_id != viewer.account_id and _is_here(viewer, one)}
            for one in choices
        ],
        "may_choose": viewer.has_role(*queries.OFFICERS),
        "sees_money": viewer.has_role(*queries.MONEY_READERS),
        "as_of": at,
    }  # fmt: skip
    return render(request, "advances/board.html", context)


def _is_here(viewer: Any, choice: Any) -> bool:
    return choice.office_id in viewer.office_ids(*queries.OFFICERS)


@gate(*queries.OFFICERS)
def choose(request: Request) -> HttpResponse:
    """Note that somebody has no account that can be paid."""
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = queries.person_behind(request.viewer, form.cleaned_data["reference"])
        if found is None:
            form.add_error("reference", say("ไม่พบคำขอที่อนุมัติแล้วในสำนักงานของคุณ", "No approved request of your office"))
        else:
            person_id, office = found
            try:
                choose_counter(
                    by=request.viewer.actor(), at=now(), person_id=person_id, office_id=office,
                    why=form.cleaned_data["why"],
                )  # fmt: skip
            except Refused as refused:
                form = with_problem(form, refused.problem)
            else:
                messages.success(request, say("บันทึกแล้ว รออีกคนยืนยัน", "Noted; somebody else confirms it"))
                return redirect("advances:board")
    return render(request, "advances/choose.html", {"form": form}, status=422 if request.method == "POST" else 200)


@gate(*queries.FINANCE)
def draw(request: Request, run_id: UUID) -> HttpResponse:
    """Name the two payers, the place and the day, and take the money out."""
    at = now()
    run = next((one for one in queries.undrawn_runs(request.viewer) if one.pk == run_id), None)
    if run is None:
        raise Http404
    payers = queries.possible_payers(run, in_bangkok(at).date())
    form = DrawForm(request.POST if request.method == "POST" else None, payers=payers)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = draw_advance(
                by=request.viewer.actor(), at=at, run_id=run.pk, place=said["place"], pay_on=said["pay_on"],
                payers=(UUID(said["first_payer"]), UUID(said["second_payer"])),
            )  # fmt: skip
        except Refused as refused:
            form = with_problem(form, refused.problem)
        else:
            messages.success(request, say("เบิกเงินแล้ว พิมพ์ใบสำคัญรับเงินได้", "Drawn; the receipts can be printed"))
            return redirect("advances:advance", advance_id=made.pk)
    return render(
        request, "advances/draw.html", {"run": run, "form": form}, status=422 if request.method == "POST" else 200
    )
