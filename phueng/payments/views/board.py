"""What is due, which runs are under way, how much budget is there?"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.access.viewers import Request, Viewer
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
from phueng.payments.approving import StillNeeded
from phueng.payments.bands import band_of
from phueng.payments.forms import PrepareForm, with_problem
from phueng.payments.gathering import LeftOut, preview_run
from phueng.payments.problems import EXCLUSIONS
from phueng.payments.views import showing, working
from phueng.payments.waiting import WaitingRun, needed_by, waiting_for
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
def board(request: Request) -> HttpResponse:
    """The run board: what waits for me, what needs somebody, what is ready, then every run scheme by scheme."""
    viewer, at = request.viewer, now()
    totals = queries.totals_by_scheme(viewer)
    chosen = request.GET.get("scheme", "")
    shown = [total for total in totals if chosen in ("", total.scheme_code)]
    found = queries.runs_for(viewer).filter(**({"scheme_code": chosen} if chosen else {}))
    paginator = Paginator(found, 25)
    paginator.count = sum(total.runs for total in shown)  # known already: spares a query
    page = paginator.get_page(request.GET.get("page"))
    runs = list(page.object_list)
    progress = queries.progress_of([run.pk for run in runs if run.released_at])
    return render(
        request,
        "payments/board.html",
        {
            "waiting": [_waiting(one) for one in waiting_for(viewer)],
            "exceptions": _exceptions(queries.runs_in_need(viewer), runs, progress),
            "suspense": queries.open_suspense(viewer).count(),
            "ready": _ready(viewer, at),
            "totals": [_total(total, chosen) for total in totals],
            "chosen": chosen,
            "runs": _runs(runs, progress),
            "as_of": at,
            "page": page,
        },
    )


def _short(scheme_code: str) -> str:
    return scheme(scheme_code).short_name.in_language(current_language())


def _ready(viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    codes = viewer.office_codes("finance_maker")
    waiting = queries.waiting_dues(codes, _next_bank_day(in_bangkok(at).date())) if codes else []
    return [
        {
            "scheme": _short(row.scheme_code),
            "office": row.office_code,
            "count": row.count,
            "total": row.total_satang,
            "url": reverse("payments:due", args=[row.scheme_code, row.office_code]),
        }
        for row in waiting
    ]


def _waiting(waiting: WaitingRun) -> dict[str, Any]:
    """One run that waits for the person who is looking, and for what."""
    run = waiting.run
    asks = {
        "approve": say("รอลายมือชื่ออนุมัติของคุณ", "Waits for your approval"),
        "release": say("รอคุณสั่งจ่าย", "Waits for you to release it"),
        "record": say("รอเลขที่เอกสาร GFMIS", "Waits for its GFMIS document number"),
    }
    lent = say("ยืมมือ: ของ{office}", "A lent hand: run of {office}", office=say(run.office.name_th, run.office.name_en))
    return {
        "number": run.number,
        "url": reverse("payments:run", args=[run.number]),
        "scheme": _short(run.scheme_code),
        "total": run.total_satang,
        "count": run.line_count,
        "asks": asks[waiting.act],
        "lent": lent if waiting.is_borrowed else "",
        "needed": showing.needed_words(waiting.needed) if waiting.act == "approve" else "",
    }


def _total(total: queries.SchemeTotal, chosen: str) -> dict[str, Any]:
    is_chosen = total.scheme_code == chosen
    return {
        "label": _short(total.scheme_code),
        "runs": total.runs,
        "payments": total.payments,
        "satang": total.total_satang,
        "url": reverse("payments:board") + ("" if is_chosen else f"?scheme={total.scheme_code}"),
        "is_current": is_chosen,
    }


def _exceptions(
    in_need: list["Run"], runs: list["Run"], progress: dict[Any, queries.RunProgress]
) -> list[dict[str, Any]]:
    """What somebody has to look at: troubled files first, then sums left out, then payments that came back."""
    found: list[tuple[Run, str]] = []
    for run in sorted(in_need, key=lambda run: not getattr(run, "has_trouble", False)):
        if getattr(run, "has_trouble", False):
            words = say("แฟ้มมีปัญหา ยังไม่มีใครได้รับเงิน", "Something is wrong with a file: nobody in it is paid yet")
        else:
            words = say("กันไว้ {n} รายการ", "{n} left out", n=f"{getattr(run, 'left_out', 0):,}")
        found.append((run, words))
    for run in runs:
        counted = progress.get(run.pk)
        if counted is not None and counted.returned:
            words = say(
                "คืนมา {n} รายการ {total}",
                "{n} returned, {total}",
                n=f"{counted.returned:,}",
                total=baht_text(counted.returned_satang),
            )
            found.append((run, words))
    return [
        {"number": run.number, "words": words, "url": reverse("payments:run", args=[run.number])}
        for run, words in found
    ]


def _runs(runs: list["Run"], progress: dict[Any, queries.RunProgress]) -> list[dict[str, Any]]:
    return [
        {
            "run": run,
            "scheme": _short(run.scheme_code),
            "state_tag": state_tag(queries.state_with(run, progress.get(run.pk))),
            "needed": showing.needed_words(needed_by(run)),
            "work": next(iter(getattr(run, "work", [])), None) if queries.state_of(run) in working.BUSY else None,
            "answer": _answer_words(run, progress.get(run.pk)),
            "is_late": queries.state_of(run) == "trouble",
        }
        for run in runs
    ]


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
def due(request: Request, scheme_code: str, office_code: str) -> HttpResponse:
    """Preview what would be frozen, with a reason for every item left out; POST freezes it."""
    viewer, at = request.viewer, now()
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
            messages.success(request, _prepared_words(run))
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
            "figures": _preview_figures(preview.ready_count, preview.total_satang, sum(preview.reasons.values())),
            "ready": preview.ready[:SHOWN],
            "ready_count": preview.ready_count,
            "reasons": [(say(*EXCLUSIONS[code][:2]), count) for code, count in preview.reasons.items()],
            "needed": _band_words(preview.total_satang, in_bangkok(at).date()),
            "for_next_run": preview.for_next_run,
            "left_out": [_left_out(item) for item in preview.left_out[:SHOWN]],
            "left_out_count": sum(preview.reasons.values()),
            "most_shown": SHOWN,
            "as_of": at,
            "has_errors": bool(form.errors),
        },
        status=422 if form.errors else 200,
    )


def _prepared_words(run: "Run") -> str:
    if run.frozen_at is None:
        return say("เริ่มรวบรวมรายการแล้ว ปิดหน้านี้ได้", "The list is being gathered; you may close this page")
    return say("แช่แข็งรายการแล้ว รอลายมือชื่ออนุมัติ", "The list is frozen and waits for approvals")


def _band_words(total_satang: int, on: date) -> str:
    """Who will have to approve a list of this total."""
    band = band_of(total_satang, on)
    return showing.needed_words(StillNeeded(band.approvals, band.from_elsewhere))


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
