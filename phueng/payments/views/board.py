"""What is due, which runs are under way, how much budget is there?"""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.calendars.queries import holidays
from phueng.design.pieces import Column, Table, TableRow
from phueng.design.times import baht_text, moment_text
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.kernel.working_days import next_bank_day
from phueng.ledger.queries import budget, funds_of, trial_balance
from phueng.payments import queries
from phueng.payments.actions import prepare_run
from phueng.payments.forms import PrepareForm, with_problem
from phueng.payments.gathering import preview_run
from phueng.payments.problems import EXCLUSIONS
from phueng.payments.wording import STATE_WORDS, state_tag
from phueng.places.models import Office
from phueng.schemes.catalogue import UnknownScheme, scheme

FINANCE = queries.FINANCE_ROLES
SHOWN = 200


@gate(*FINANCE, "auditor")
def board(request: HttpRequest) -> HttpResponse:
    """The run board: what is ready, what waits for whose signature, what the bank answered."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    today, lang = in_bangkok(at).date(), current_language()
    page = Paginator(queries.runs_for(viewer).prefetch_related("files"), 25).get_page(request.GET.get("page"))
    runs = list(page.object_list)
    progress = queries.progress_of([run.pk for run in runs])
    codes = viewer.office_codes("finance_maker")
    ready = [
        {
            "scheme": scheme(row.scheme_code).short_name.in_language(lang),
            "office": row.office_code,
            "count": row.count,
            "total": row.total_satang,
            "url": reverse("payments:due", args=[row.scheme_code, row.office_code]),
        }
        for row in queries.waiting_dues(
            codes, next_bank_day(today, holidays("bank", today, today + timedelta(days=60)))
        )
    ]
    rows = [
        TableRow(
            cells=[
                run.number,
                scheme(run.scheme_code).short_name.in_language(lang),
                f"{run.line_count:,}",
                baht_text(run.total_satang),
                state_tag(queries.state_of(run)),
                _answer_words(progress.get(run.pk)),
                moment_text(run.prepared_at),
            ],
            url=reverse("payments:run", args=[run.number]),
        )
        for run in runs
    ]
    table = Table(
        caption=say("ชุดจ่าย", "Payment runs"),
        columns=[
            Column(say("เลขที่", "Number")),
            Column(say("โครงการ", "Scheme")),
            Column(say("รายการ", "Lines"), is_number=True),
            Column(say("ยอดรวม", "Total"), is_number=True),
            Column(say("ขั้นตอน", "Step")),
            Column(say("ธนาคารตอบ", "Bank's answer")),
            Column(say("จัดทำเมื่อ", "Prepared")),
        ],
        rows=rows,
        empty=say("ยังไม่มีชุดจ่าย", "No payment run yet"),
        as_of=at,
    )
    return render(
        request,
        "payments/board.html",
        {"table": table, "page": page, "ready": ready, "suspense": queries.open_suspense().count(), "as_of": at},
    )


def _answer_words(progress: queries.RunProgress | None) -> str:
    if progress is None or not (progress.paid or progress.returned):
        return say("ยังไม่ตอบ", "none yet")
    return say(
        f"เข้าบัญชี {progress.paid:,} · คืน {progress.returned:,} · รอ {progress.waiting:,}",
        f"paid {progress.paid:,} · returned {progress.returned:,} · waiting {progress.waiting:,}",
    )


@gate("finance_maker")
def due(request: HttpRequest, scheme_code: str, office_code: str) -> HttpResponse:
    """Preview what would be frozen, with a reason for every item left out; POST freezes it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    today = in_bangkok(at).date()
    office = Office.objects.filter(code=office_code, pk__in=viewer.office_ids("finance_maker")).first()
    try:
        rule = scheme(scheme_code)
    except UnknownScheme:
        office = None
    if office is None:
        raise Http404
    next_day = next_bank_day(today, holidays("bank", today, today + timedelta(days=60)))
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
    left_out = [
        {
            "name": item.payee_name,
            "amount": item.due.amount_satang,
            "reason": say(*EXCLUSIONS[item.reason][:2]),
            "next": say(*EXCLUSIONS[item.reason][2:]),
        }
        for item in preview.left_out[:SHOWN]
    ]
    return render(
        request,
        "payments/due.html",
        {
            "form": form,
            "office": office,
            "scheme": rule,
            "ready": preview.ready[:SHOWN],
            "ready_count": len(preview.ready),
            "total": preview.total_satang,
            "left_out": left_out,
            "left_out_count": len(preview.left_out),
            "as_of": at,
            "has_errors": bool(form.errors),
        },
        status=422 if form.errors else 200,
    )


@gate(*FINANCE, "auditor")
def budget_register(request: HttpRequest) -> HttpResponse:
    """Allotted, available, reserved, committed, disbursed of each fund; for the auditor every account's balance."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    year = fiscal_year_be(in_bangkok(at).date())
    codes = (
        frozenset(Office.objects.values_list("code", flat=True))
        if viewer.has_role("auditor")
        else viewer.office_codes(*FINANCE)
    )
    states = [
        (fund, budget(fund.fiscal_year, fund.scheme_code, fund.office_code)) for fund in funds_of(codes, year)[:100]
    ]
    lang = current_language()
    rows = [
        TableRow(
            cells=[
                fund.office_code,
                scheme(fund.scheme_code).short_name.in_language(lang),
                *(baht_text(value) for value in (s.allotted, s.available, s.reserved, s.committed, s.disbursed)),
            ]
        )
        for fund, s in states
    ]
    table = Table(
        caption=say(f"งบประมาณปี {year}", f"Budget of fiscal year {year}"),
        columns=[Column(say("สำนักงาน", "Office")), Column(say("โครงการ", "Scheme"))]
        + [
            Column(words, is_number=True)
            for words in (
                say("ได้รับ", "Allotted"),
                say("เหลือใช้", "Available"),
                say("กันไว้", "Reserved"),
                say("ผูกพัน", "Committed"),
                say("จ่ายแล้ว", "Disbursed"),
            )
        ],
        rows=rows,
        empty=say("ยังไม่มีการจัดสรร", "Nothing allotted yet"),
        as_of=at,
    )
    accounts = trial_balance() if viewer.has_role("auditor") else []
    return render(
        request,
        "payments/budget.html",
        {
            "table": table,
            "accounts": accounts[:400],
            "difference": sum(total for _, total in accounts),
            "states": STATE_WORDS,
        },
    )
