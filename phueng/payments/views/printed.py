"""The bank's answer on paper: attach the report, mark payments, hand over, and a second person confirms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.documents.queries import clean_content
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import begin_printed, confirm_printed, drop_printed, hand_over_printed, mark_printed
from phueng.payments.actions.mark_printed import Mark
from phueng.payments.forms import WhyForm, with_problem
from phueng.payments.models import BankFile, PrintedReport
from phueng.payments.printed import search_lines, stated_totals, totals_of
from phueng.payments.printed_forms import ReportForm, mark_choices
from phueng.payments.wording import REASON_CODES

PAGE = 25


@gate(*queries.FINANCE_ROLES, "auditor")
def printed(request: Request, number: str, name: str) -> HttpResponse:
    """The reports of one file, and a form that begins another."""
    file = queries.file_for(request.viewer, number, name)
    if file is None:
        raise Http404
    open_report = file.printed_reports.filter(confirmed_at__isnull=True, dropped_at__isnull=True).first()
    if open_report is not None and request.method != "POST":
        return redirect("payments:printed_report", report_id=open_report.pk)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"kind": "037"})
    may_begin = _acts_for(request, file, "finance_maker")
    if request.method == "POST" and may_begin and form.is_valid():
        said, by = form.cleaned_data, request.viewer.actor("finance_maker", file.run.office_id)
        try:
            report = begin_printed(
                by=by, at=now(), file_id=file.pk, kind=said["kind"], settled_on=said["settled_on"], totals=form.totals,
                original_name=said["paper"].name, content=said["paper"].read(),
            )  # fmt: skip
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            return redirect("payments:printed_report", report_id=report.pk)
    context = {
        "file": file,
        "form": form,
        "may_begin": may_begin,
        "earlier": file.printed_reports.select_related("begun_by", "confirmed_by").order_by("-begun_at"),
        "has_errors": form.is_bound,
    }
    return render(request, "payments/printed_begin.html", context, status=422 if form.is_bound else 200)


@gate(*queries.FINANCE_ROLES, "auditor")
def printed_report(request: Request, report_id: UUID) -> HttpResponse:
    """One report: its sums beside the marks, the payments to mark, and the next step."""
    return _page(request, _report(request, report_id))


@gate(*queries.FINANCE_ROLES, "auditor")
def printed_paper(request: Request, report_id: UUID) -> HttpResponse:
    """The examined copy of the report, for whoever compares."""
    report = _report(request, report_id)
    content = clean_content(report.evidence_id, subject_id=report.file_id)
    if content is None:
        raise Http404
    by, subject = request.viewer.actor(), ("evidence", report.evidence_id)
    record_read(by=by, at=now(), act="payments.open_printed", subject=subject)
    response = HttpResponse(bytes(content.content), content_type=content.mime)
    response["Content-Disposition"] = "inline"
    return response


@gate(*queries.FINANCE_ROLES)
@require_POST
def printed_act(request: Request, report_id: UUID, act: str) -> HttpResponse:
    """Mark, hand over, confirm or drop; the words of a refusal stand above the page, and marks stay."""
    report = _report(request, report_id)
    role = {"mark": "finance_maker", "hand-over": "finance_maker", "confirm": "finance_checker"}.get(act, "")
    if act == "drop":
        role = "finance_checker" if report.handed_over_at else "finance_maker"
    if not role or not _acts_for(request, report.file, role):
        raise Http404
    by, at = request.viewer.actor(role, report.file.run.office_id), now()
    try:
        if act == "mark":
            mark_printed(by=by, at=at, report_id=report.pk, marks=_marks(request))
        elif act == "hand-over":
            rest = request.POST.get("rest_is_paid") == "yes"
            hand_over_printed(by=by, at=at, report_id=report.pk, rest_is_paid=rest)
        elif act == "confirm":
            confirm_printed(by=by, at=at, report_id=report.pk)
        else:
            drop_printed(by=by, at=at, report_id=report.pk, why=request.POST.get("why", ""))
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
        return _page(request, _report(request, report_id), status=422)
    messages.success(request, say("บันทึกแล้ว", "Recorded"))
    query = {key: value for key in ("q", "page") if (value := request.POST.get(key))}
    address = reverse("payments:printed_report", args=[report.pk])
    return redirect(f"{address}?{urlencode(query)}" if query else address)


def _marks(request: Request) -> dict[UUID, Mark]:
    """Only what this page offers; anything else was not typed here."""
    found = {}
    for name, value in request.POST.dict().items():
        kind, _, line_id = name.partition("-")
        outcome, _, code = str(value).partition(":")
        if (
            kind != "line"
            or outcome not in ("", "paid", "returned")
            or (outcome == "returned" and code not in REASON_CODES)
        ):
            continue
        try:
            found[UUID(line_id)] = Mark(outcome, code)
        except ValueError:
            continue
    return found


def _report(request: Request, report_id: UUID) -> PrintedReport:
    reports = PrintedReport.objects.select_related(
        "file__run__office", "begun_by", "handed_over_by", "confirmed_by", "result"
    ).defer("result__content")
    report = reports.filter(pk=report_id).first()
    if report is None or queries.file_for(request.viewer, report.file.run.number, report.file.name) is None:
        raise Http404
    return report


def _acts_for(request: Request, file: BankFile, role: str) -> bool:
    return file.run.office_id in request.viewer.office_ids(role)


def _page(request: Request, report: PrintedReport, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    words = asked.get("q", "")
    is_open = report.handed_over_at is None and report.dropped_at is None
    page = Paginator(search_lines(report, words), PAGE).get_page(asked.get("page"))
    marks = {mark.line_id: mark for mark in report.marks.filter(line__in=[line.pk for line in page])}
    may_mark = is_open and _acts_for(request, report.file, "finance_maker")
    is_second = request.viewer.account_id not in (report.begun_by_id, report.handed_over_by_id)
    waits = report.handed_over_at is not None and report.confirmed_at is None and report.dropped_at is None
    context: dict[str, Any] = {
        "report": report,
        "file": report.file,
        "page": page,
        "q": words,
        "rows": [{"line": line, "chosen": _chosen(marks.get(line.pk))} for line in page],
        "choices": mark_choices(),
        "stated": stated_totals(report),
        "marked": totals_of(report),
        "with_rest": totals_of(report, rest_is_paid=True),
        "may_mark": may_mark,
        "may_confirm": waits and is_second and _acts_for(request, report.file, "finance_checker"),
        "may_drop": _acts_for(request, report.file, "finance_maker" if is_open else "finance_checker")
        and (is_open or waits),
        "waits": waits,
        "returned": report.marks.filter(outcome="returned").select_related("line").defer("line__account")[:200],
        "why_form": WhyForm(),
        "has_errors": status != 200,
        "as_of": now(),
    }
    return render(request, "payments/printed_report.html", context, status=status)


def _chosen(mark: Any) -> str:
    if mark is None or not mark.outcome:
        return ""
    return f"returned:{mark.reason_code}" if mark.outcome == "returned" else str(mark.outcome)
