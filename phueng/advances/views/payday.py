"""Pay day: who comes, who has signed, what is left, and does the cash agree?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.advances import queries
from phueng.advances.actions import Receipt, clear_advance, hand_over, withdraw_handover
from phueng.advances.forms import ClearForm, HandOverForm, WithdrawForm, with_problem
from phueng.advances.models import Advance
from phueng.advances.queries import PayeeRow
from phueng.advances.receipts import KIND
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.wording import say
from phueng.documents.models import Content
from phueng.documents.queries import clean_content, evidence_of, letter_of
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok


def advance_or_404(request: Request, advance_id: UUID) -> Advance:
    """The advance, or the same answer for "not there" and "not yours"."""
    found = queries.advance_for(request.viewer, advance_id)
    if found is None:
        raise Http404
    return found


def row_or_404(request: Request, advance_id: UUID, line_id: UUID) -> tuple[Advance, PayeeRow]:
    """One payee of it."""
    advance = advance_or_404(request, advance_id)
    for row in queries.payees_of_advance(advance):
        if row.line.pk == line_id:
            return advance, row
    raise Http404


@gate(*queries.MONEY_READERS)
def show(request: Request, advance_id: UUID) -> HttpResponse:
    """The list of payees: who is still to come first."""
    return _advance_page(request, advance_or_404(request, advance_id), ClearForm())


def _advance_page(request: Request, advance: Advance, form: ClearForm, status: int = 200) -> HttpResponse:
    viewer, at = request.viewer, now()
    record_read(by=viewer.actor(), at=at, act="advances.open", subject=("advance", advance.pk))
    order = ("noted", "open", "paid", "returned")
    rows = sorted(queries.payees_of_advance(advance), key=lambda row: order.index(row.standing))
    paid = sum(row.line.amount_satang for row in rows if row.standing == "paid")
    context = {
        "one": advance,
        "rows": rows,
        "paid_satang": paid,
        "left_satang": advance.amount_satang - paid,
        "is_late": advance.cleared_at is None and advance.clear_by < in_bangkok(at).date(),
        "may_clear": advance.cleared_at is None
        and advance.office_id in viewer.office_ids(*queries.FINANCE)
        and viewer.account_id not in (advance.first_payer_id, advance.second_payer_id),
        "form": form,
    }
    return render(request, "advances/advance.html", context, status=status)


@gate(*queries.FINANCE)
@require_POST
def clear(request: Request, advance_id: UUID) -> HttpResponse:
    """Somebody who did not carry the cash counts what came back."""
    advance = advance_or_404(request, advance_id)
    form = ClearForm(request.POST)
    if not form.is_valid():
        return _advance_page(request, advance, form, 422)
    try:
        clear_advance(by=request.viewer.actor(), at=now(), advance_id=advance.pk, **form.cleaned_data)
    except Refused as refused:
        return _advance_page(request, advance, with_problem(form, refused.problem), 422)
    messages.success(request, say("ล้างเงินยืมแล้ว ยอดตรงกัน", "Cleared: the sums agree"))
    return redirect("advances:advance", advance_id=advance.pk)


@gate(*queries.MONEY_READERS)
def payee(request: Request, advance_id: UUID, line_id: UUID) -> HttpResponse:
    """One payee: identity, signature, money. A payer notes it here."""
    advance, row = row_or_404(request, advance_id, line_id)
    viewer = request.viewer
    form = HandOverForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(by=viewer.actor(), at=now(), line_id=row.line.pk, receipt=_receipt(form.cleaned_data))
        except Refused as refused:
            form = with_problem(form, refused.problem)
        else:
            messages.success(request, say("บันทึกแล้ว รอผู้จ่ายอีกคนยืนยัน", "Noted; the other payer confirms it"))
            return redirect("advances:advance", advance_id=advance.pk)
    return _payee_page(request, advance, row, form, WithdrawForm(), 422 if request.method == "POST" else 200)


def _payee_page(
    request: Request, advance: Advance, row: PayeeRow, form: HandOverForm, withdrawing: WithdrawForm, status: int
) -> HttpResponse:
    me = request.viewer.account_id
    is_payer = me in (advance.first_payer_id, advance.second_payer_id)
    record_read(
        by=request.viewer.actor(), at=now(), act="advances.open_payee", subject=("advance", advance.pk),
        person_id=row.line.person_id,
    )  # fmt: skip
    letter = letter_of(KIND, row.line.pk)
    context = {
        "one": advance,
        "row": row,
        "form": form,
        "withdrawing": withdrawing,
        "has_receipt": letter is not None and letter.made_at is not None,
        "may_note": is_payer and row.standing == "open" and advance.cleared_at is None,
        "may_confirm": is_payer
        and row.standing == "noted"
        and row.handover is not None
        and row.handover.handed_by_id != me,
        "may_withdraw": is_payer and row.standing == "noted",
    }
    return render(request, "advances/payee.html", context, status=status)


def _receipt(said: dict[str, Any]) -> Receipt:
    return Receipt(
        identity=said["identity"], mark=said["mark"], photo=said["photo"].read(), photo_name=said["photo"].name,
        witnesses=(said["witness_1"], said["witness_2"]), way=said["way"], cheque_number=said["cheque_number"],
        cheque_bank=said["cheque_bank"], cheque_on=said["cheque_on"],
    )  # fmt: skip


@gate(*queries.FINANCE)
@require_POST
def withdraw(request: Request, advance_id: UUID, line_id: UUID) -> HttpResponse:
    """It was noted by mistake."""
    advance, row = row_or_404(request, advance_id, line_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_handover(by=request.viewer.actor(), at=now(), line_id=row.line.pk, why=form.cleaned_data["why"])
        except Refused as refused:
            form = with_problem(form, refused.problem)
        else:
            messages.success(request, say("ถอนการบันทึกแล้ว", "Withdrawn"))
            return redirect("advances:payee", advance_id=advance.pk, line_id=row.line.pk)
    return _payee_page(request, advance, row, HandOverForm(), form, 422)


@gate(*queries.MONEY_READERS)
def receipt(request: Request, advance_id: UUID, line_id: UUID) -> HttpResponse:
    """The receipt to be printed and signed, as PDF."""
    advance, row = row_or_404(request, advance_id, line_id)
    letter = letter_of(KIND, row.line.pk)
    return _file(request, advance, row, letter.file if letter else None, "advances.open_receipt")


@gate(*queries.MONEY_READERS)
def photo(request: Request, advance_id: UUID, line_id: UUID) -> HttpResponse:
    """The photo of the signed one, once it was examined."""
    advance, row = row_or_404(request, advance_id, line_id)
    kept = evidence_of([row.handover.pk]).get(row.handover.pk, []) if row.handover else []
    content = clean_content(kept[0].id, subject_id=kept[0].subject_id) if kept else None
    return _file(request, advance, row, content, "advances.open_photo")


def _file(request: Request, advance: Advance, row: PayeeRow, content: Content | None, act: str) -> HttpResponse:
    if content is None:
        raise Http404
    with transaction.atomic():
        record_read(
            by=request.viewer.actor(), at=now(), act=act, subject=("advance", advance.pk), person_id=row.line.person_id
        )
    response = HttpResponse(bytes(content.content), content_type=content.mime)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
