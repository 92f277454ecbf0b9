"""Each act of an officer on one question: one POST, back to the page, or the page again with everything typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.recoveries import actions, forms, queries
from phueng.recoveries.models import Overpayment
from phueng.recoveries.views.case import case_page, overpayment_or_404

Act = Callable[[Overpayment, dict[str, Any]], object]


def _do(
    request: Request, reference: str, name: str, shape: type[Form] | None, act: Act, said: tuple[str, str]
) -> HttpResponse:
    overpayment = overpayment_or_404(request, reference)
    form = shape(request.POST, prefix=name) if shape else None
    if form is not None and not form.is_valid():
        return case_page(request, overpayment, {name: form})
    try:
        act(overpayment, form.cleaned_data if form else {})
    except Refused as refused:
        if form is None:
            messages.error(request, refused.problem.in_full(current_language()))
            return redirect("recoveries:case", reference=overpayment.reference)
        return case_page(
            request, overpayment_or_404(request, reference), {name: forms.with_problem(form, refused.problem)}
        )
    messages.success(request, say(*said))
    return redirect("recoveries:case", reference=overpayment.reference)


def _who(request: Request, one: Overpayment, *roles: str) -> Any:
    """The actor in a role that counts for this act, in the office of the payment where the viewer holds one there."""
    held = [duty for duty in request.viewer.duties if duty.role in roles]
    here = next((duty for duty in held if duty.office_id == one.office_id), held[0] if held else None)
    return request.viewer.actor(here.role, here.office_id) if here else request.viewer.actor()


@gate(*queries.OFFICERS)
@require_POST
def tell(request: Request, reference: str) -> HttpResponse:
    """Write to the person and ask to be told."""
    return _do(
        request, reference, "tell", None,
        lambda one, _: actions.tell_person(by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk),
        ("ส่งหนังสือแล้ว รอฟังผู้รับ", "The notice is on its way; now we listen"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def withdraw(request: Request, reference: str) -> HttpResponse:
    """The note was a mistake."""
    return _do(
        request, reference, "withdraw", forms.WhyForm,
        lambda one, said: actions.withdraw_note(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, why=said["why"]
        ),
        ("ถอนเรื่องแล้ว ไม่มีใครต้องคืนเงิน", "Withdrawn: nobody is asked for anything"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def answer(request: Request, reference: str) -> HttpResponse:
    """Note what the person said at the office, by phone or by letter."""
    return _do(
        request, reference, "answer", forms.OfficerAnswerForm,
        lambda one, said: actions.answer_notice(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, **said
        ),
        ("บันทึกคำชี้แจงแล้ว", "What the person said is noted"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def ask(request: Request, reference: str) -> HttpResponse:
    """Take the task of asking bank and family."""
    return _do(
        request, reference, "ask", None,
        lambda one, _: actions.begin_enquiry(by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk),
        ("เริ่มถามแล้ว", "Begun"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def found(request: Request, reference: str) -> HttpResponse:
    """Note what bank and family said."""
    return _do(
        request, reference, "found", forms.EnquiryForm,
        lambda one, said: actions.finish_enquiry(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, **said
        ),
        ("บันทึกแล้ว", "Recorded"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def assess_it(request: Request, reference: str) -> HttpResponse:
    """Say whose fault it was; the rules say what follows."""

    def act(one: Overpayment, said: dict[str, Any]) -> object:
        return actions.assess(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, fault=said["fault"],
            acted_in_good_faith=said["good_faith"] == "yes", said_falsely=said["good_faith"] == "false",
            evidence=said["evidence"], why=said["why"],
        )  # fmt: skip

    return _do(
        request, reference, "assess", forms.AssessForm, act,
        ("ประเมินแล้ว รอผู้อนุมัติอีกคน", "Assessed; waits for a second person"),
    )  # fmt: skip


@gate("approver")
@require_POST
def decide_it(request: Request, reference: str) -> HttpResponse:
    """The second person agrees, or sends it back."""

    def act(one: Overpayment, said: dict[str, Any]) -> object:
        by = _who(request, one, "approver")
        if said["outcome"] == "agree":
            return actions.decide(by=by, at=now(), overpayment_id=one.pk, why=said["why"])
        return actions.send_back(by=by, at=now(), overpayment_id=one.pk, why=said["why"])

    return _do(request, reference, "decide", forms.DecideForm, act, ("บันทึกแล้ว", "Recorded"))


@gate(*queries.OFFICERS)
@require_POST
def appeal(request: Request, reference: str) -> HttpResponse:
    """Take an appeal for the person."""
    return _do(
        request, reference, "appeal", forms.OfficerGroundsForm,
        lambda one, said: actions.lodge_appeal(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, **said
        ),
        ("รับอุทธรณ์แล้ว", "The appeal is taken"),
    )  # fmt: skip


@gate("approver")
@require_POST
def settle(request: Request, reference: str) -> HttpResponse:
    """Settle the appeal."""
    return _do(
        request, reference, "settle", forms.SettleForm,
        lambda one, said: actions.settle_appeal(
            by=_who(request, one, "approver"), at=now(), overpayment_id=one.pk, **said
        ),
        ("บันทึกคำวินิจฉัยแล้ว", "The appeal is settled"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def plan(request: Request, reference: str) -> HttpResponse:
    """Agree instalments with the person."""
    return _do(
        request, reference, "plan", forms.OfficerPlanForm,
        lambda one, said: actions.agree_plan(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, **said
        ),
        ("บันทึกแผนแล้ว", "The plan is recorded"),
    )  # fmt: skip


@gate(*queries.OFFICERS)
@require_POST
def consent(request: Request, reference: str) -> HttpResponse:
    """Keep a written consent that the person signed."""

    def act(one: Overpayment, said: dict[str, Any]) -> object:
        language = one.application.language if one.application else "th"
        return actions.give_consent(
            by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk, language=language,
            monthly_satang=said["monthly_satang"], channel=said["channel"],
        )  # fmt: skip

    return _do(
        request, reference, "consent", forms.OfficerConsentForm, act, ("บันทึกความยินยอมแล้ว", "The consent is kept")
    )


@gate(*queries.OFFICERS)
@require_POST
def revoke(request: Request, reference: str) -> HttpResponse:
    """The person takes the consent back."""
    return _do(
        request, reference, "revoke", None,
        lambda one, _: actions.revoke_consent(by=_who(request, one, *queries.OFFICERS), at=now(), overpayment_id=one.pk),
        ("ถอนความยินยอมแล้ว จะไม่มีการหักเงิน", "Taken back: nothing is kept back any more"),
    )  # fmt: skip


@gate(*queries.FINANCE)
@require_POST
def repay(request: Request, reference: str) -> HttpResponse:
    """Record money that came back."""
    return _do(
        request, reference, "repay", forms.RepaymentForm,
        lambda one, said: actions.record_repayment(
            by=_who(request, one, *queries.FINANCE), at=now(), overpayment_id=one.pk, **said
        ),
        ("บันทึกและลงบัญชีแล้ว", "Recorded and posted"),
    )  # fmt: skip
