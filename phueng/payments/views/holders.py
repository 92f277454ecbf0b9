"""Accounts in another name, and accounts that many share: what waits for a person of finance, and who says what."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.pieces import Photo, Row
from phueng.design.times import day_text
from phueng.design.wording import current_language, say
from phueng.documents.queries import EvidenceCard, evidence_of
from phueng.documents.tickets import evidence_url, thumbnail_url
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.actions import confirm_ruling, rule_on_holder, rule_on_sharing, turn_down_ruling
from phueng.payments.actions.rule_on_account import CONSENT_SLOT
from phueng.payments.approving import FINANCE_ROLES
from phueng.payments.forms import WhyForm, with_problem
from phueng.payments.holder_forms import KINDS, RELATION_WORDS, HolderRulingForm
from phueng.payments.holder_tasks import (
    account_for,
    account_ruled_on,
    cases_of_person,
    holder_check_for,
    offices_of,
    other_names,
    ruling_for,
    shared_accounts,
)
from phueng.payments.holders import waiting_for_the_bank
from phueng.payments.models import HolderCheck, HolderRuling
from phueng.payments.views.showing import bank_words
from phueng.registry.queries import payees_of

RULERS = ("finance_maker", "finance_checker")
CONFIRMERS = ("finance_checker", "releaser")


@gate(*FINANCE_ROLES, "auditor")
@require_safe
def holders(request: Request) -> HttpResponse:
    """What waits: other names, shared accounts, and how many the bank has not answered about."""
    offices = offices_of(request.viewer)
    context = {
        "names": [
            {"one": one, "bank": bank_words(one.check.bank_code), "standing": _standing(one.is_ruled_on)}
            for one in other_names(offices)
        ],
        "shared": [
            {"one": one, "bank": bank_words(one.bank_code), "standing": _standing(one.ruling is not None)}
            for one in shared_accounts(offices)
        ],
        "unanswered": waiting_for_the_bank(offices),
        "as_of": now(),
    }
    return render(request, "payments/holders.html", context)


def _standing(is_ruled_on: bool) -> str:
    return say("รอคนที่สองยืนยัน", "Waits for a second person") if is_ruled_on else ""


@gate(*FINANCE_ROLES, "auditor")
@require_safe
def holder(request: Request, check_id: UUID) -> HttpResponse:
    """One account in another name: both names side by side, why they differ, and the passbook."""
    return _holder_page(request, _check_or_404(request, check_id), HolderRulingForm(), WhyForm(prefix="turn_down"))


def _check_or_404(request: Request, check_id: UUID) -> HolderCheck:
    check = holder_check_for(request.viewer, check_id)
    if check is None or check.verdict != "different":
        raise Http404
    return check


def _holder_page(
    request: Request, check: HolderCheck, form: HolderRulingForm, turn_down: WhyForm, status: int = 200
) -> HttpResponse:
    viewer, at = request.viewer, now()
    record_read(
        by=viewer.actor(), at=at, act="payments.open_holder", subject=("holder_check", check.pk),
        person_id=check.person_id,
    )  # fmt: skip
    rulings = HolderRuling.objects.filter(holder_check=check).select_related(
        "ruled_by", "confirmed_by", "turned_down_by"
    )
    live = next((one for one in rulings if one.turned_down_at is None), None)
    files = evidence_of([*cases_of_person(check.person_id), check.pk])
    papers = [card for cards in files.values() for card in cards]
    context = {
        "check": check,
        "bank": bank_words(check.bank_code),
        "asked_on": day_text(in_bangkok(check.asked_at).date()),
        "reasons": [say(one["th"], one["en"]) for one in check.reasons],
        "passbook": _photos(request, [c for c in papers if "passbook" in c.slot], say("หน้าสมุดบัญชี", "Passbook page")),
        "form": form,
        "may_rule": live is None and viewer.has_role(*RULERS),
        **_ruling(request, live, turn_down),
        "consent": _photos(request, [c for c in papers if c.slot == CONSENT_SLOT], say("หนังสือยินยอม", "Consent")),
        "consent_words": _consent_words(request, [c for c in papers if c.slot == CONSENT_SLOT]),
        "turned_down": [_turned_down(one) for one in rulings if one.turned_down_at is not None],
        "has_errors": status != 200,
        "as_of": at,
    }
    return render(request, "payments/holder.html", context, status=status)


def _ruling(request: Request, live: HolderRuling | None, turn_down: WhyForm) -> dict[str, Any]:
    """What was said, and what this person may answer."""
    viewer = request.viewer
    is_open = live is not None and live.confirmed_at is None and live.kind != "new_account"
    return {
        "ruling": live,
        "ruling_rows": _rows(live) if live is not None else [],
        "is_open": is_open,
        "may_confirm": is_open
        and live is not None
        and viewer.has_role(*CONFIRMERS)
        and viewer.account_id != live.ruled_by_id,
        "may_turn_down": is_open and viewer.has_role(*FINANCE_ROLES),
        "turn_down_form": turn_down,
    }


def _rows(ruling: HolderRuling) -> list[Row]:
    kinds = {**dict(KINDS), "shared": say("ปล่อยผ่าน {n} คน", "Let through, {n} payees", n=ruling.payee_count)}
    rows = [Row(say("ตัดสินว่า", "Ruled"), str(kinds[ruling.kind]))]
    if ruling.relation:
        rows.append(Row(say("เจ้าของบัญชีเป็น", "The holder is"), str(dict(RELATION_WORDS)[ruling.relation])))
    rows += [Row(say("เพราะ", "Because"), ruling.why), Row(say("โดย", "By"), _name(ruling.ruled_by))]
    if ruling.confirmed_by is not None:
        rows.append(Row(say("ยืนยันโดย", "Confirmed by"), _name(ruling.confirmed_by)))
    return rows


def _name(account: Any) -> str:
    return say(account.display_name_th, account.display_name_en)


def _turned_down(ruling: HolderRuling) -> str:
    return say("{who}: {why}", "{who}: {why}", who=_name(ruling.turned_down_by), why=ruling.turned_down_why)


def _photos(request: Request, cards: list[EvidenceCard], caption: str) -> list[Photo]:
    """Pictures of papers that were examined, for this account only."""
    mine = request.viewer.account_id
    return [
        Photo(
            evidence_url(card.id, account_id=mine),
            caption,
            thumbnail_url(card.id, account_id=mine) if card.has_thumbnail else "",
            card.received_at,
        )
        for card in cards
        if card.is_clean and (card.is_picture or card.has_thumbnail)
    ]


def _consent_words(request: Request, cards: list[EvidenceCard]) -> list[Row]:
    """A consent that is no picture is opened by its name; one that cannot be shown yet, or never, says so."""
    found = []
    for card in cards:
        if card.is_clean and not (card.is_picture or card.has_thumbnail):
            found.append(Row(card.original_name, "", evidence_url(card.id, account_id=request.viewer.account_id)))
        elif card.refusal is not None:
            found.append(Row(card.original_name, card.refusal.in_full(current_language())))
        elif card.is_waiting:
            found.append(Row(card.original_name, say("กำลังตรวจแฟ้ม รอสักครู่", "The file is being checked; wait a moment")))
    return found


@gate(*RULERS)
@require_POST
def holder_rule(request: Request, check_id: UUID) -> HttpResponse:
    """One person says whose account it is."""
    check = _check_or_404(request, check_id)
    form = HolderRulingForm(request.POST, request.FILES)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            rule_on_holder(
                by=request.viewer.actor(), at=now(), check_id=check.pk, kind=typed["kind"], why=typed["why"],
                relation=typed["relation"], consent=form.paper(),
            )  # fmt: skip
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            is_done = typed["kind"] == "new_account"
            said = (
                say("ขอบัญชีใหม่แล้ว", "Another account is asked for")
                if is_done
                else say("บันทึกแล้ว รอคนที่สองยืนยัน", "Recorded; a second person confirms it")
            )
            messages.success(request, said)
            return redirect("payments:holder", check_id=check.pk)
    return _holder_page(request, check, form, WhyForm(prefix="turn_down"), 422)


@gate(*FINANCE_ROLES, "auditor")
@require_safe
def shared_account(request: Request, account_id: UUID) -> HttpResponse:
    """One account into which several households are paid."""
    return _shared_page(request, account_id, WhyForm(), WhyForm(prefix="turn_down"))


def _shared_page(
    request: Request, account_id: UUID, form: WhyForm, turn_down: WhyForm, status: int = 200
) -> HttpResponse:
    found = account_for(request.viewer, account_id)
    shown = shared_accounts(None, only=account_id) if found else []
    if found is None or not shown:
        raise Http404
    at, (account, people) = now(), found
    record_read(
        by=request.viewer.actor(), at=at, act="payments.open_shared_account", subject=("bank_account", account.pk)
    )
    cards = payees_of(people)
    context = {
        "account": account,
        "one": shown[0],
        "bank": bank_words(account.bank_code),
        "payees": sorted(card.name for card in cards.values()),
        "form": form,
        "may_rule": shown[0].ruling is None and request.viewer.has_role(*RULERS),
        **_ruling(request, shown[0].ruling, turn_down),
        "has_errors": status != 200,
        "as_of": at,
    }
    return render(request, "payments/shared_account.html", context, status=status)


@gate(*RULERS)
@require_POST
def shared_rule(request: Request, account_id: UUID) -> HttpResponse:
    """One person lets it through; a second one confirms."""
    found = account_for(request.viewer, account_id)
    shown = shared_accounts(None, only=account_id) if found else []
    if not shown:
        raise Http404
    form = WhyForm(request.POST)
    if form.is_valid():
        by, why = request.viewer.actor(), form.cleaned_data["why"]
        try:
            rule_on_sharing(by=by, at=now(), account_id=account_id, payee_count=shown[0].payees, why=why)
        except Refused as refusal:
            form = with_problem(form, refusal.problem)
        else:
            messages.success(request, say("บันทึกแล้ว รอคนที่สองยืนยัน", "Recorded; a second person confirms it"))
            return redirect("payments:shared_account", account_id=account_id)
    return _shared_page(request, account_id, form, WhyForm(prefix="turn_down"), 422)


@gate(*CONFIRMERS)
@require_POST
def ruling_confirm(request: Request, ruling_id: UUID) -> HttpResponse:
    """The second person says yes."""
    by = request.viewer.actor()
    said = say("ยืนยันแล้ว บัญชีนี้รับเงินได้ในชุดถัดไป", "Confirmed; the account is paid in the next run")
    return _answered(request, ruling_id, lambda: confirm_ruling(by=by, at=now(), ruling_id=ruling_id), said, WhyForm())


@gate(*FINANCE_ROLES)
@require_POST
def ruling_turn_down(request: Request, ruling_id: UUID) -> HttpResponse:
    """Somebody says no, or takes their own ruling back."""
    by, form = request.viewer.actor(), WhyForm(request.POST, prefix="turn_down")
    if not form.is_valid():
        return _answered(request, ruling_id, None, "", form)
    why = form.cleaned_data["why"]
    said = say("ไม่ยืนยัน บัญชีนี้รอการตัดสินใหม่", "Turned down; the account waits for another ruling")
    act = lambda: turn_down_ruling(by=by, at=now(), ruling_id=ruling_id, why=why)  # noqa: E731
    return _answered(request, ruling_id, act, said, form)


def _answered(
    request: Request, ruling_id: UUID, act: Callable[[], object] | None, said: str, form: WhyForm
) -> HttpResponse:
    ruling = ruling_for(request.viewer, ruling_id)
    if ruling is None:
        raise Http404
    about = None if ruling.holder_check is not None else account_ruled_on(ruling)
    if act is not None:
        try:
            act()
        except Refused as refusal:
            messages.error(request, refusal.problem.in_full(current_language()))
        else:
            messages.success(request, said)
            if ruling.holder_check is not None:
                return redirect("payments:holder", check_id=ruling.holder_check_id)
            return redirect("payments:shared_account", account_id=about)
    turn_down = form if form.is_bound else WhyForm(prefix="turn_down")
    if ruling.holder_check is not None:
        return _holder_page(request, ruling.holder_check, HolderRulingForm(), turn_down, 422)
    return _shared_page(request, about or ruling.pk, WhyForm(), turn_down, 422)
