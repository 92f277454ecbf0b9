"""What is due, which runs are under way, how much budget is there?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.calendars.queries import holidays
from phueng.design.pieces import Row
from phueng.design.times import baht_text
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import next_bank_day
from phueng.payments import queries
from phueng.payments.actions import prepare_run
from phueng.payments.forms import PrepareForm, with_problem
from phueng.payments.gathering import LeftOut, preview_run
from phueng.payments.problems import EXCLUSIONS
from phueng.payments.wording import state_tag
from phueng.places.queries import office as office_by_code
from phueng.schemes.catalogue import UnknownScheme, scheme

if TYPE_CHECKING:
    from phueng.payments.models import Run

FINANCE = queries.FINANCE_ROLES
SHOWN = 200


def _next_bank_day(today: date) -> date:
    return next_bank_day(today, holidays("bank", today, today + timedelta(days=60)))


@gate(*FINANCE, "auditor")
def board(request: HttpRequest) -> HttpResponse:
    """The run board: what needs somebody first, then what is ready, then every run."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    page = Paginator(queries.runs_for(viewer), 25).get_page(request.GET.get("page"))
    runs = list(page.object_list)
    progress = queries.progress_of([run.pk for run in runs])
    codes = viewer.office_codes("finance_maker")
    ready = queries.waiting_dues(codes, _next_bank_day(in_bangkok(at).date())) if codes else []
    lang = current_language()
    return render(
        request,
        "payments/board.html",
        {
            "exceptions": _exceptions(runs, progress),
            "runs": _runs(runs, progress),
            "as_of": at,
            "page": page,
            "ready": [
                {
                    "scheme": scheme(row.scheme_code).short_name.in_language(lang),
                    "office": row.office_code,
                    "count": row.count,
                    "total": row.total_satang,
                    "url": reverse("payments:due", args=[row.scheme_code, row.office_code]),
                }
                for row in ready
            ],
            "suspense": queries.open_suspense(viewer).count(),
        },
    )


def _exceptions(runs: list["Run"], progress: dict[Any, queries.RunProgress]) -> list[dict[str, Any]]:
    """Runs on this page with a troubled file or with payments that came back."""
    found = []
    for run in runs:
        counted = progress.get(run.pk)
        if queries.state_of(run) == "trouble":
            words = say("แฟ้มมีปัญหา ยังไม่มีใครได้รับเงิน", "Something is wrong with a file: nobody in it is paid yet")
        elif counted is not None and counted.returned:
            words = say(
                "คืนมา {n} รายการ {total}",
                "{n} returned, {total}",
                n=f"{counted.returned:,}",
                total=baht_text(counted.returned_satang),
            )
        else:
            continue
        found.append({"number": run.number, "words": words, "url": reverse("payments:run", args=[run.number])})
    return found


def _runs(runs: list["Run"], progress: dict[Any, queries.RunProgress]) -> list[dict[str, Any]]:
    lang = current_language()
    return [
        {
            "run": run,
            "scheme": scheme(run.scheme_code).short_name.in_language(lang),
            "state_tag": state_tag(state_with(run, progress.get(run.pk))),
            "answer": _answer_words(run, progress.get(run.pk)),
            "is_late": queries.state_of(run) == "trouble",
        }
        for run in runs
    ]


def state_with(run: "Run", progress: queries.RunProgress | None) -> str:
    """The step, where a run that was sent and has every answer is done."""
    state = queries.state_of(run)
    return "answered" if state == "sent" and progress is not None and progress.waiting == 0 else state


def _answer_words(run: "Run", progress: queries.RunProgress | None) -> str:
    if progress is None or run.released_at is None:
        return ""
    if not progress.answered:
        return say("ยังไม่ตอบ", "none yet")
    return say(
        "เข้าบัญชี {paid} · คืน {returned} · รอ {waiting}",
        "paid {paid} · returned {returned} · waiting {waiting}",
        paid=f"{progress.paid:,}",
        returned=f"{progress.returned:,}",
        waiting=f"{progress.waiting:,}",
    )


@gate("finance_maker")
def due(request: HttpRequest, scheme_code: str, office_code: str) -> HttpResponse:
    """Preview what would be frozen, with a reason for every item left out; POST freezes it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    office = office_by_code(office_code) if office_code in viewer.office_codes("finance_maker") else None
    try:
        rule = scheme(scheme_code)
    except UnknownScheme:
        office = None
    if office is None:
        raise Http404
    next_day = _next_bank_day(in_bangkok(at).date())
    form = PrepareForm(request.POST or None, initial={"effective_on": next_day})
    if request.method == "POST" and form.is_valid():
        try:
            run = prepare_run(
                by=viewer.actor("finance_maker", office.pk),
                at=at,
                scheme_code=scheme_code,
                office_id=office.pk,
                effective_on=form.cleaned_data["effective_on"],
            )
            messages.success(request, say("แช่แข็งรายการแล้ว รอผู้ตรวจ", "The list is frozen and waits for the checker"))
            return redirect("payments:run", number=run.number)
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
    preview = preview_run(scheme_code=scheme_code, office=office, on=next_day)
    return render(
        request,
        "payments/due.html",
        {
            "form": form,
            "office": office,
            "scheme": rule,
            "figures": _preview_figures(len(preview.ready), preview.total_satang, len(preview.left_out)),
            "ready": preview.ready[:SHOWN],
            "ready_count": len(preview.ready),
            "for_next_run": preview.for_next_run,
            "left_out": [_left_out(item) for item in preview.left_out[:SHOWN]],
            "left_out_count": len(preview.left_out),
            "most_shown": SHOWN,
            "as_of": at,
            "has_errors": bool(form.errors),
        },
        status=422 if form.errors else 200,
    )


def _preview_figures(count: int, total_satang: int, left_out: int) -> list[Row]:
    return [
        Row(say("พร้อมจ่าย (รายการ)", "Ready (payments)"), f"{count:,}"),
        Row(say("ยอดรวม", "Total"), baht_text(total_satang)),
        Row(say("กันไว้ (รายการ)", "Left out (payments)"), f"{left_out:,}"),
    ]


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {
        "name": item.payee_name,
        "amount": item.due.amount_satang,
        "reason": say(*EXCLUSIONS[item.reason][:2]),
        "next": say(*EXCLUSIONS[item.reason][2:]),
    }
