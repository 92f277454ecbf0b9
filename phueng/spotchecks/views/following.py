"""What does not fit, what became of it, and how do the offices stand? For auditors."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.pieces import Row, Tab
from phueng.design.times import baht_text, day_text
from phueng.design.wording import say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.spotchecks import queries
from phueng.spotchecks.actions import close_discrepancy
from phueng.spotchecks.forms import ClosingForm, with_problem
from phueng.spotchecks.models import Discrepancy
from phueng.spotchecks.numbers import numbers_on
from phueng.spotchecks.wording import KIND_WORDS, OUTCOME_WORDS, YES_NO_WORDS, words

_A_YEAR = timedelta(days=365)


@gate("auditor")
def discrepancies(request: Request) -> HttpResponse:
    """The list: open ones first, the oldest on top."""
    is_closed = request.GET.get("show") == "closed"
    found = queries.discrepancies_for(request.viewer).filter(closed_at__isnull=not is_closed)
    page = Paginator(found.order_by("found_at", "pk"), 25).get_page(request.GET.get("page"))
    rows = [
        {"one": one, "office": _office(one), "kind": words(KIND_WORDS, one.kind), "source": _source(one),
         "outcome": words(OUTCOME_WORDS, one.outcome) if one.outcome else ""}
        for one in page.object_list
    ]  # fmt: skip
    tabs = [
        Tab(say("รอตรวจ", "Open"), "?show=open", None, not is_closed),
        Tab(say("ปิดแล้ว", "Closed"), "?show=closed", None, is_closed),
    ]
    return render(request, "spotchecks/discrepancies.html", {"page": page, "rows": rows, "tabs": tabs, "as_of": now()})


@gate("auditor")
@require_http_methods(["GET", "HEAD", "POST"])
def discrepancy(request: Request, discrepancy_id: UUID) -> HttpResponse:
    """One of them: what was paid, what was said, by whom, and what was found."""
    one = queries.discrepancies_for(request.viewer).filter(pk=discrepancy_id).first()
    if one is None:
        raise Http404
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_discrepancy(by=request.viewer.actor("auditor"), at=now(), discrepancy_id=one.pk, **form.cleaned_data)
        except Refused as refused:
            with_problem(form, refused.problem)
        else:
            messages.success(request, say("บันทึกผลการตรวจแล้ว", "What was found is kept"))
            return redirect("spotchecks:discrepancies")
    record_read(
        by=request.viewer.actor("auditor"), at=now(), act="spotchecks.open_discrepancy", subject=("discrepancy", one.pk),
        person_id=one.line.person_id,
    )  # fmt: skip
    context = {
        "one": one,
        "form": form,
        "kind": words(KIND_WORDS, one.kind),
        "facts": _facts(one),
        "sheet": one.sheet,
        "outcome": words(OUTCOME_WORDS, one.outcome) if one.outcome else "",
    }
    return render(request, "spotchecks/discrepancy.html", context, status=422 if form.is_bound else 200)


@gate("auditor")
def offices(request: Request) -> HttpResponse:
    """How the offices stand, by name. A share is shown with its interval, and never for a handful of answers."""
    at = now()
    numbers = numbers_on(in_bangkok(at).date())
    found = queries.standings(at - _A_YEAR, confidence=numbers.confidence, least_shown=numbers.least_shown)
    rows = [{"one": one, "office": say(one.name_th, one.name_en), "share": _percent(one)} for one in found]
    return render(request, "spotchecks/offices.html", {"rows": rows, "numbers": numbers, "as_of": at})


def _percent(one: queries.OfficeStanding) -> str:
    if one.found is None:
        return ""
    low, part, high = (round(100 * value) for value in (one.found.low, one.found.part, one.found.high))
    return say(f"ร้อยละ {part} (จริงอยู่ระหว่าง {low}–{high})", f"{part}% (truly between {low} and {high}%)")


def _office(one: Discrepancy) -> str:
    office = one.line.run.office
    return say(office.name_th, office.name_en)


def _source(one: Discrepancy) -> str:
    if one.sheet_id:
        return say("สัมภาษณ์โดยสำนักงานอื่น", "Asked by another office")
    return say("ผู้รับเงินแจ้งเอง", "The payee said so")


def _facts(one: Discrepancy) -> list[Row]:
    line = one.line
    rows = [
        Row(say("ผู้รับเงิน", "Payee"), line.payee_name),
        Row(say("สำนักงานที่จ่าย", "Paid by"), _office(one)),
        Row(say("ชุดจ่าย", "Run"), line.run.number),
        Row(say("จ่ายเมื่อ", "Paid on"), day_text(line.settled_on or line.run.effective_on)),
        Row(say("ยอดที่จ่าย", "Paid"), baht_text(one.paid_satang)),
        Row(say("ยอดที่บอกว่าได้", "Said to have come"), _said(one)),
        Row(say("ใครบอก", "Who said so"), _source(one)),
    ]
    sheet = one.sheet
    if sheet is not None:
        rows += [
            Row(say("มีคนขอเงินคืน", "Asked for part of it back"), words(YES_NO_WORDS, sheet.asked_back)),
            Row(say("ลงชื่อรับเอง", "Signed themselves"), words(YES_NO_WORDS, sheet.signed_self)),
            Row(say("รู้เรื่องคำขอ", "Knows of the request"), words(YES_NO_WORDS, sheet.knows_application)),
            Row(say("ใครมาเยี่ยมบ้าน", "Who came to the home"), sheet.visitor or say("ไม่ได้บอก", "Not said")),
            Row(say("ผู้ถาม", "Asked by"), sheet.asked_by_name),
        ]
    return rows


def _said(one: Discrepancy) -> Any:
    return baht_text(one.said_satang) if one.said_satang is not None else say("ไม่ได้บอกยอด", "No sum was said")
