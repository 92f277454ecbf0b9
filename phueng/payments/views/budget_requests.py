"""Who asked for budget to be moved or carried over, and who still has to approve? One asks, two others approve."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.approving import APPROVALS_NEEDED, APPROVING_ROLES, ASKING_ROLES
from phueng.ledger.models import BudgetTransfer, CarryOver
from phueng.ledger.queries import BudgetState, carry_overs_of, register, transfers_between
from phueng.payments.budget_forms import CarryForm, TransferForm
from phueng.payments.budget_scope import BUDGET_READERS, actor_of, offices_seen
from phueng.payments.forms import with_problem
from phueng.payments.proof_wording import fund_words
from phueng.payments.views.budget import office_names
from phueng.payments.views.showing import books
from phueng.places.queries import offices

ON_A_PAGE = 25
ACTORS = ("finance_maker", "finance_checker", "releaser", "administrator")


def _named(fund: Fund) -> str:
    return f"{fund.fiscal_year}/{fund.scheme_code}/{fund.source}/{fund.office_code}"


def _fund_choices(
    funds: list[tuple[Fund, BudgetState]], names: dict[str, str], sums: Callable[[BudgetState], int]
) -> list[tuple[str, str]]:
    return [
        (_named(fund), f"{names.get(fund.office_code, fund.office_code)} · {fund_words(fund)} · {books(sums(state))}")
        for fund, state in funds
    ]


def _chosen(funds: list[tuple[Fund, BudgetState]], named: str) -> Fund:
    return next(fund for fund, _ in funds if _named(fund) == named)


@gate(*BUDGET_READERS)
def transfers(request: HttpRequest) -> HttpResponse:
    """Transfers of the viewer's offices, those that wait first; POST asks for one."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at, seen = now(), offices_seen(viewer)
    names = office_names()
    may_ask = actor_of(viewer, ASKING_ROLES, tuple(viewer.office_codes("finance_maker"))) is not None
    form, year = None, fiscal_year_be(in_bangkok(at).date())
    if may_ask:
        # Whoever needs budget asks for it too, so every fund with something left may be chosen as the giver.
        funds = [(fund, state) for fund, state in register(year) if state.available > 0]
        form = TransferForm(request.POST or None)
        form.fields["fund"].choices = [("", ""), *_fund_choices(funds, names, lambda state: state.available)]  # type: ignore[attr-defined]
        form.fields["to_office"].choices = [("", ""), *_takers(viewer, funds, names)]  # type: ignore[attr-defined]
        if request.method == "POST" and form.is_valid() and _asked_for_transfer(request, viewer, form, funds):
            return redirect("payments:transfers")
    page = Paginator(transfers_between(seen), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "payments/transfers.html",
        {
            "form": form,
            "request_id": request.POST.get("request_id") or uuid4(),
            "rows": [_shown_transfer(viewer, one, names) for one in page.object_list],
            "page": page,
            "as_of": at,
            "has_errors": bool(form is not None and form.errors),
        },
        status=422 if form is not None and form.errors else 200,
    )


def _takers(viewer: Viewer, funds: list[tuple[Fund, BudgetState]], names: dict[str, str]) -> list[tuple[str, str]]:
    codes = {office.code for office in offices(kind="centre")} | {fund.office_code for fund, _ in funds}
    codes |= viewer.office_codes("finance_maker")
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda choice: choice[1])


def _asked_for_transfer(
    request: HttpRequest, viewer: Viewer, form: TransferForm, funds: list[tuple[Fund, BudgetState]]
) -> bool:
    said = form.cleaned_data
    fund = _chosen(funds, said["fund"])
    by = actor_of(viewer, ASKING_ROLES, (fund.office_code, said["to_office"]))
    if by is None:
        form.add_error("to_office", say("ต้องเป็นสำนักงานของคุณที่ให้หรือรับ", "One of the two offices must be yours"))
        return False
    try:
        actions.ask_for_transfer(
            by=by, at=now(), request_id=_number(request), from_fund=fund, to_office_code=said["to_office"],
            amount_satang=said["amount"], reason=said["reason"],
        )  # fmt: skip
    except Refused as refusal:
        with_problem(form, refusal.problem)
        return False
    messages.success(request, say("ส่งเรื่องแล้ว รออนุมัติสองคน", "Asked. Two others approve it now"))
    return True


def _number(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("request_id", ""))
    except ValueError:
        return uuid4()


def _approvals(one: BudgetTransfer | CarryOver) -> dict[str, Any]:
    given = sorted(one.approvals.all(), key=lambda approval: approval.approved_at)
    return {
        "approvals": given,
        "missing": max(APPROVALS_NEEDED - len(given), 0),
        "is_open": one.moved_at is None and one.withdrawn_at is None,
    }


def _may(viewer: Viewer, one: BudgetTransfer | CarryOver, office_codes: tuple[str, ...]) -> dict[str, bool]:
    is_open = one.moved_at is None and one.withdrawn_at is None
    by = actor_of(viewer, APPROVING_ROLES, office_codes) if is_open else None
    has_approved = any(approval.approved_by_id == viewer.account_id for approval in one.approvals.all())
    asked = one.asked_by_id == viewer.account_id
    return {
        "may_approve": by is not None and not has_approved and not asked,
        "may_withdraw": is_open and (asked or by is not None),
    }


def _shown_transfer(viewer: Viewer, one: BudgetTransfer, names: dict[str, str]) -> dict[str, Any]:
    return {
        "request": one,
        "fund": fund_words(Fund(one.fiscal_year, one.scheme_code, one.from_office_code, one.source)),
        "giver": names.get(one.from_office_code, one.from_office_code),
        "taker": names.get(one.to_office_code, one.to_office_code),
        "amount": books(one.amount_satang),
        **_approvals(one),
        **_may(viewer, one, (one.from_office_code, one.to_office_code)),
    }


@gate(*ACTORS)
@require_POST
def transfer_act(request: HttpRequest, transfer_id: UUID, act: str) -> HttpResponse:
    """Approve, or withdraw."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = transfers_between(offices_seen(viewer)).filter(pk=transfer_id).first()
    if found is None or act not in ("approve", "withdraw"):
        raise Http404
    concerned = (found.from_office_code, found.to_office_code)
    by = _actor(viewer, found, act, concerned)
    try:
        if act == "approve":
            moved = actions.approve_transfer(by=by, at=now(), transfer_id=transfer_id).moved_at is not None
        else:
            moved = actions.withdraw_transfer(by=by, at=now(), transfer_id=transfer_id).moved_at is not None
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
        return redirect("payments:transfers")
    if moved:
        messages.success(request, say("โอนแล้ว", "Moved"))
    return redirect("payments:transfers")


def _actor(viewer: Viewer, found: BudgetTransfer | CarryOver, act: str, concerned: tuple[str, ...]) -> Any:
    roles: tuple[str, ...] = APPROVING_ROLES
    if act == "withdraw" and found.asked_by_id == viewer.account_id:
        roles = (*ASKING_ROLES, *APPROVING_ROLES)
    by = actor_of(viewer, roles, concerned)
    if by is None:
        raise Http404
    return by


@gate(*BUDGET_READERS)
def carry_overs(request: HttpRequest) -> HttpResponse:
    """Ends of fiscal years by fund; POST asks for one. From a month before the year ends until all are closed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at, seen = now(), offices_seen(viewer)
    names = office_names()
    maker_of = tuple(viewer.office_codes("finance_maker"))
    may_ask = actor_of(viewer, ASKING_ROLES, maker_of) is not None
    form = None
    if may_ask:
        year = fiscal_year_be((in_bangkok(at) + timedelta(days=30)).date()) - 1
        closed = {
            Fund(one.fiscal_year, one.scheme_code, one.office_code, one.source)
            for one in carry_overs_of(seen).filter(withdrawn_at=None, fiscal_year=year)
        }
        funds = [(fund, state) for fund, state in register(year, office_codes=seen) if fund not in closed]
        form = CarryForm(request.POST or None)
        open_sums = _fund_choices(funds, names, lambda state: state.reserved + state.committed)
        form.fields["fund"].choices = [("", ""), *open_sums]  # type: ignore[attr-defined]
        if request.method == "POST" and form.is_valid() and _asked_to_carry(request, viewer, form, funds):
            return redirect("payments:carry_overs")
    page = Paginator(carry_overs_of(seen), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "payments/carry_overs.html",
        {
            "form": form,
            "request_id": request.POST.get("request_id") or uuid4(),
            "rows": [_shown_carry(viewer, one, names) for one in page.object_list],
            "page": page,
            "as_of": at,
            "has_errors": bool(form is not None and form.errors),
        },
        status=422 if form is not None and form.errors else 200,
    )


def _asked_to_carry(
    request: HttpRequest, viewer: Viewer, form: CarryForm, funds: list[tuple[Fund, BudgetState]]
) -> bool:
    said = form.cleaned_data
    fund = _chosen(funds, said["fund"])
    by = actor_of(viewer, ASKING_ROLES, (fund.office_code,))
    if by is None:
        form.add_error("fund", say("กองเงินนี้ไม่ใช่ของสำนักงานคุณ", "This fund is not your office's"))
        return False
    try:
        actions.ask_to_carry_over(by=by, at=now(), request_id=_number(request), fund=fund, reference=said["reference"])
    except Refused as refusal:
        with_problem(form, refusal.problem)
        return False
    messages.success(request, say("ส่งเรื่องแล้ว รออนุมัติสองคน", "Asked. Two others approve it now"))
    return True


def _shown_carry(viewer: Viewer, one: CarryOver, names: dict[str, str]) -> dict[str, Any]:
    return {
        "request": one,
        "fund": fund_words(Fund(one.fiscal_year, one.scheme_code, one.office_code, one.source)),
        "office": names.get(one.office_code, one.office_code),
        "reserved": books(one.reserved_satang),
        "committed": books(one.committed_satang),
        **_approvals(one),
        **_may(viewer, one, (one.office_code,)),
    }


@gate(*ACTORS)
@require_POST
def carry_over_act(request: HttpRequest, carry_over_id: UUID, act: str) -> HttpResponse:
    """Approve, or withdraw."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = carry_overs_of(offices_seen(viewer)).filter(pk=carry_over_id).first()
    if found is None or act not in ("approve", "withdraw"):
        raise Http404
    by = _actor(viewer, found, act, (found.office_code,))
    try:
        if act == "approve":
            actions.approve_carry_over(by=by, at=now(), carry_over_id=carry_over_id)
        else:
            actions.withdraw_carry_over(by=by, at=now(), carry_over_id=carry_over_id)
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
    return redirect("payments:carry_overs")
