"""What can a citizen do from the timeline: appeal against a decision, or give another account?"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.actions import issue_code, redeem_code
from phueng.access.gates import gate_public
from phueng.access.problems import WRONG_CODE
from phueng.access.viewers import Request
from phueng.applications.queries import application_by_id
from phueng.audit.clock import now
from phueng.decisions.actions import lodge_appeal
from phueng.design.wording import current_language
from phueng.kernel.bank_accounts import account_digits, normalise_account
from phueng.kernel.phones import is_mobile, mask_phone
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_text import clean_text
from phueng.registry.actions import state_account
from phueng.tracking.forms import AccountCodeForm, AccountForm, AppealForm
from phueng.tracking.queries import Timeline
from phueng.tracking.views.looking_up import citizen
from phueng.tracking.views.reached import with_timeline

PURPOSE = "payout_account"
HOLDER_MISSING = Problem(
    "holder_missing",
    "ยังไม่ได้กรอกชื่อบัญชี",
    "The account name is missing.",
    "กรอกชื่อตามหน้าแรกของสมุดบัญชี",
    "Type the name on the first page of the passbook.",
)


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_timeline
def appeal(request: Request, shown: Timeline) -> HttpResponse:
    """Ask for the decision to be looked at by somebody else. A late appeal is taken as well: an officer says if it counts."""
    decision = shown.decision
    if decision is None or decision.appeal_until is None:
        return HttpResponseRedirect(_timeline_address(shown))
    form = AppealForm(request.POST or None)
    if request.method == "POST":
        grounds = clean_text(request.POST.get("grounds", "")[:4000])
        try:
            lodge_appeal(by=citizen(request), at=now(), decision_id=decision.id, grounds=grounds)
        except Refused as refused:
            form.add_error("grounds", refused.problem.in_full(current_language()))
        else:
            return HttpResponseRedirect(_timeline_address(shown))
    has_errors = request.method == "POST"
    context = {
        "form": form,
        "shown": shown,
        "decision": decision,
        "has_errors": has_errors,
        "back_url": _timeline_address(shown),
    }
    return render(request, "tracking/appeal.html", context, status=422 if has_errors else 200)


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_timeline
def account(request: Request, shown: Timeline) -> HttpResponse:
    """Another account for the money. A number and a birth date are not enough to move money: a code goes to the phone first."""
    if not shown.may_state_account or shown.payee_id is None:
        return HttpResponseRedirect(_timeline_address(shown))
    application = application_by_id(shown.application_id)
    phone = application.contact_phone if application else ""
    if not is_mobile(phone):
        return render(
            request, "tracking/account_by_office.html", {"shown": shown, "back_url": _timeline_address(shown)}
        )
    if request.method != "POST":
        return _account_page(request, shown, phone, AccountForm())
    return _account_posted(request, shown, phone, shown.payee_id)


def _account_posted(request: Request, shown: Timeline, phone: str, payee_id: UUID) -> HttpResponse:
    asks_code = "code" in request.POST
    form = AccountCodeForm(request.POST) if asks_code else AccountForm(request.POST)
    bank, number = request.POST.get("bank", "")[:3], request.POST.get("number", "")[:40]
    holder = clean_text(request.POST.get("holder", "")[:400], 200)
    read = normalise_account(bank, number)
    problems = {"number": read} if isinstance(read, Problem) else {}
    if isinstance(read, Problem) and read.code in ("unknown_bank", "closed_bank"):
        problems = {"bank": read}
    if not holder:
        problems["holder"] = HOLDER_MISSING
    if problems:
        return _account_page(request, shown, phone, form, problems)
    by, at = citizen(request), now()
    said: dict[str, Any] = {"purpose": PURPOSE, "subject_id": shown.application_id, "phone": phone, "by": by, "at": at}
    if not asks_code:
        try:
            issue_code(**said, language=current_language())
        except Refused as refused:
            return _account_page(request, shown, phone, form, {"number": refused.problem})
        return _account_page(request, shown, phone, AccountCodeForm(initial=request.POST.dict()))
    if not redeem_code(**said, code=request.POST["code"][:20]):
        return _account_page(request, shown, phone, form, {"code": WRONG_CODE})
    state_account(
        by=by, at=at, source="tracking", person_id=payee_id, bank_code=bank, number=account_digits(number),
        holder_name=holder,
    )  # fmt: skip
    return HttpResponseRedirect(_timeline_address(shown))


def _account_page(
    request: Request, shown: Timeline, phone: str, form: AccountForm, problems: dict[str, Problem] | None = None
) -> HttpResponse:
    for name, problem in (problems or {}).items():
        form.add_error(name, problem.in_full(current_language()))
    context = {
        "form": form, "shown": shown, "phone": mask_phone(phone), "asks_code": "code" in form.fields,
        "has_errors": bool(problems), "back_url": _timeline_address(shown),
    }  # fmt: skip
    return render(request, "tracking/account.html", context, status=422 if problems else 200)


def _timeline_address(shown: Timeline) -> str:
    return reverse("tracking:timeline", kwargs={"reference": shown.reference})
