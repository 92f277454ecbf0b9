"""How is a fiscal year opened? Three steps and two people: year and funds, allotments, check; then another confirms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.design.pieces import Column, Table, TableRow
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger import problems
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import confirm_plan, drop_plan, enter_plan
from phueng.ledger.approving import CONFIRMING_ROLES, PLANNING_ROLES
from phueng.ledger.models import BudgetPlan
from phueng.ledger.queries import plan_by_id, plans_of, register
from phueng.ledger.sources import SOURCES
from phueng.payments.budget_forms import LinesForm, YearForm
from phueng.payments.budget_lines import Chosen, ReadRow, read_rows
from phueng.payments.budget_scope import BUDGET_READERS, actor_of
from phueng.payments.proof_wording import fund_words, scheme_words, source_words
from phueng.payments.views.budget import office_names
from phueng.payments.views.showing import books
from phueng.places.queries import offices
from phueng.schemes.catalogue import scheme

MOST_BOXES = 320  # more offices than that are pasted, not typed one by one
STEPS = ("year", "lines", "check")


@gate(*BUDGET_READERS)
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan: what waits for a second person first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = list(plans_of()[:100])
    return render(
        request,
        "payments/plans.html",
        {
            "waiting": [plan for plan in rows if plan.confirmed_at is None and plan.dropped_at is None],
            "settled": [plan for plan in rows if plan.confirmed_at is not None or plan.dropped_at is not None],
            "may_enter": actor_of(viewer, PLANNING_ROLES) is not None,
            "as_of": now(),
        },
    )


@gate("finance_maker", "administrator")
def plan_new(request: HttpRequest) -> HttpResponse:
    """The guided page. What was answered travels along in the form, so that going back loses nothing."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    by = actor_of(viewer, PLANNING_ROLES)
    if by is None:
        messages.error(request, problems.NOT_HEADQUARTERS.in_full(current_language()))
        return redirect("payments:plans")
    at = now()
    step = request.POST.get("step", "")
    this_year = fiscal_year_be(in_bangkok(at).date())
    year_form = YearForm(request.POST if step else None, initial={"fiscal_year": str(this_year)})
    if not step or not year_form.is_valid() or step == "back":
        return _page(request, "year", year_form, status=422 if step and step != "back" and year_form.errors else 200)
    plan_id = _plan_id(request)
    answered = _Answered(year_form.cleaned_data, plan_id)
    if step == "year":
        return _page(request, "lines", year_form, LinesForm(), answered, boxes=_boxes(answered, request.POST))
    lines_form = LinesForm(request.POST, request.FILES)
    rows = _rows(request, answered, lines_form) if lines_form.is_valid() else []
    wrong = [row for row in rows if row.problem is not None]
    if not lines_form.is_valid() or (not rows and step == "lines") or step == "again":
        if lines_form.is_valid() and step != "again":
            lines_form.add_error(None, say("ยังไม่มีรายการจัดสรร", "There is no allotment yet"))
        boxes = _boxes(answered, request.POST)
        return _page(
            request, "lines", year_form, lines_form, answered, boxes=boxes, status=200 if step == "again" else 422
        )
    if step == "enter" and not wrong:
        try:
            allotments = {row.fund: row.satang for row in rows if row.fund is not None}
            plan = enter_plan(
                by=by,
                at=at,
                plan_id=plan_id,
                fiscal_year=answered.year,
                reference=answered.reference,
                allotments=allotments,
            )
        except Refused as refusal:
            lines_form.add_error(None, refusal.problem.in_full(current_language()))
            return _page(
                request, "lines", year_form, lines_form, answered, boxes=_boxes(answered, request.POST), status=422
            )
        messages.success(request, say("บันทึกแล้ว รอคนที่สองยืนยัน", "Entered. A second person confirms it now"))
        return redirect("payments:plan", plan_id=plan.pk)
    return _page(request, "check", year_form, lines_form, answered, rows=rows, status=422 if wrong else 200)


@dataclass(frozen=True)
class _Answered:
    """What the first step said."""

    said: Mapping[str, Any]
    plan_id: UUID

    @property
    def year(self) -> int:
        return int(self.said["fiscal_year"])

    @property
    def reference(self) -> str:
        return str(self.said["reference"])

    @property
    def funds(self) -> list[tuple[str, str]]:
        """(scheme, source) pairs."""
        return [(scheme_code, source) for scheme_code, _, source in (one.partition("@") for one in self.said["funds"])]

    @property
    def chosen(self) -> list[Chosen]:
        """With every word that may name them in a row."""
        found = []
        for code, source in self.funds:
            names = scheme(code)
            words = {code, names.name.th, names.name.en, names.short_name.th, names.short_name.en}
            found.append(
                Chosen(
                    code,
                    source,
                    frozenset(word.casefold() for word in words),
                    frozenset(word.casefold() for word in (source, *SOURCES[source])),
                )
            )
        return found


def _plan_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("plan_id", ""))
    except ValueError:
        return uuid4()


def _boxes(answered: _Answered, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """One box for each office and fund, where there are few enough to type."""
    found = []
    for code, source in answered.funds:
        owners = offices(kind=scheme(code).owner_kind)
        for office in owners[: MOST_BOXES + 1]:
            name = f"amount.{code}.{source}.{office.code}"
            label = f"{say(office.name_th, office.name_en)} · {scheme_words(code)} · {source_words(source)}"
            found.append({"name": name, "office": office.code, "label": label, "value": typed.get(name, "")[:40]})
    return found if len(found) <= MOST_BOXES else []


def _rows(request: HttpRequest, answered: _Answered, form: LinesForm) -> list[ReadRow]:
    """Boxes, pasted rows and file together, read as rows; what the boxes say is turned into rows first."""
    boxes = []
    for name, typed in request.POST.items():
        parts = name.split(".")
        if len(parts) == 4 and parts[0] == "amount" and str(typed).strip():
            boxes.append(
                "\t".join([parts[3], parts[1], parts[2], str(typed)[:60].replace("\t", " ").replace("\n", " ")])
            )
    text = "\n".join([*boxes, str(form.cleaned_data["pasted"]), str(form.cleaned_data["file"])])
    names = {word: office.code for office in offices() for word in (office.name_th, office.name_en, office.code)}
    return read_rows(text, fiscal_year=answered.year, chosen=answered.chosen, offices=names)


def _page(
    request: HttpRequest,
    step: str,
    year_form: YearForm,
    lines_form: LinesForm | None = None,
    answered: _Answered | None = None,
    *,
    boxes: list[dict[str, Any]] | None = None,
    rows: list[ReadRow] | None = None,
    status: int = 200,
) -> HttpResponse:
    good = [row for row in rows or [] if row.fund is not None]
    names = office_names() if good else {}
    there = dict(register(answered.year)) if good and answered else {}
    context = {
        "step": step,
        "step_number": STEPS.index(step) + 1,
        "steps": len(STEPS) + 1,
        "year_form": year_form,
        "lines_form": lines_form,
        "answered": answered,
        "boxes": boxes,
        "wrong": [
            {"number": row.number, "raw": row.raw, "why": row.problem.in_full(current_language())}
            for row in rows or []
            if row.problem is not None
        ],
        "table": _preview(good, names, there) if good else None,
        "total": books(sum(row.satang for row in good)),
        # What was pasted or in a file travels on as text, so that it can be corrected in place.
        "kept": "\n".join(row.raw for row in rows or []),
        "has_errors": status == 422,
    }
    return render(request, "payments/plan_new.html", context, status=status)


def _preview(rows: list[ReadRow], names: Mapping[str, str], there: Mapping[Fund, Any]) -> Table:
    return Table(
        caption=say("ตรวจก่อนบันทึก (บาท)", "Check before entering (baht)"),
        columns=[
            Column(say("สำนักงาน", "Office")),
            Column(say("กองเงิน", "Fund")),
            Column(say("มีอยู่แล้ว", "There already"), is_number=True),
            Column(say("จัดสรรครั้งนี้", "Allotted now"), is_number=True),
            Column(say("รวมเป็น", "Together"), is_number=True),
        ],
        rows=[
            TableRow(
                cells=[
                    names.get(row.fund.office_code, row.fund.office_code),
                    fund_words(row.fund),
                    books(there[row.fund].allotted if row.fund in there else 0),
                    books(row.satang),
                    books(row.satang + (there[row.fund].allotted if row.fund in there else 0)),
                ]
            )
            for row in rows
            if row.fund is not None
        ],
    )


@gate(*BUDGET_READERS)
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan: everything in it, who entered it, and the confirmation for somebody else."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = plan_by_id(plan_id)
    if found is None:
        raise Http404
    return _plan_page(request, viewer, found)


def _plan_page(request: HttpRequest, viewer: Viewer, found: BudgetPlan, error: str = "") -> HttpResponse:
    by, names = actor_of(viewer, CONFIRMING_ROLES), office_names()
    lines = sorted(found.allotments.all(), key=lambda line: (line.scheme_code, line.source, line.office_code))
    is_open = found.confirmed_at is None and found.dropped_at is None
    table = Table(
        caption=say("จัดสรร (บาท)", "Allotments (baht)"),
        columns=[
            Column(say("สำนักงาน", "Office")),
            Column(say("กองเงิน", "Fund")),
            Column(say("จำนวนเงิน", "Amount"), is_number=True),
        ],
        rows=[
            TableRow(
                cells=[
                    names.get(line.office_code, line.office_code),
                    fund_words(Fund(found.fiscal_year, line.scheme_code, line.office_code, line.source)),
                    books(line.amount_satang),
                ]
            )
            for line in lines
        ],
    )
    context = {
        "plan": found,
        "table": table,
        "total": books(sum(line.amount_satang for line in lines)),
        "is_open": is_open,
        "may_confirm": is_open and by is not None and found.entered_by_id != by.id,
        "entered_it": found.entered_by_id == viewer.account_id,
        "may_drop": is_open and actor_of(viewer, (*PLANNING_ROLES, *CONFIRMING_ROLES)) is not None,
        "error": error,
        "has_errors": bool(error),
    }
    return render(request, "payments/plan.html", context, status=422 if error else 200)


@gate("finance_maker", "finance_checker", "releaser", "administrator")
@require_POST
def plan_act(request: HttpRequest, plan_id: UUID, act: str) -> HttpResponse:
    """Confirm, or throw away."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    roles = CONFIRMING_ROLES if act == "confirm" else (*PLANNING_ROLES, *CONFIRMING_ROLES)
    by, found = actor_of(viewer, roles), plan_by_id(plan_id)
    if found is None or by is None or act not in ("confirm", "drop"):
        raise Http404
    try:
        (confirm_plan if act == "confirm" else drop_plan)(by=by, at=now(), plan_id=plan_id)
    except Refused as refusal:
        return _plan_page(request, viewer, found, refusal.problem.in_full(current_language()))
    if act == "confirm":
        messages.success(request, say("เปิดวงเงินแล้ว สำนักงานใช้ได้ทันที", "Allotted. The offices can use it at once"))
    return redirect("payments:plan", plan_id=plan_id)
