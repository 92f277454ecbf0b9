"""One run: its list, its signatures, its files, the bank's answer. Each signature is one POST."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from phueng.access.gates import gate, requires_recent_factor
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.audit.queries import sealing_is_fresh
from phueng.design.pieces import Column, Event, Row, Table, TableRow
from phueng.design.times import baht_text, day_text
from phueng.design.wording import current_language, say
from phueng.kernel.bank_accounts import banks
from phueng.kernel.problems import Refused
from phueng.ledger.queries import movements_of
from phueng.payments import queries
from phueng.payments.actions import abandon_run, check_run, release_run
from phueng.payments.forms import ReleaseForm, WhyForm, with_problem
from phueng.payments.models import Line, Run
from phueng.payments.wording import state_tag
from phueng.schemes.catalogue import scheme


def _run_or_404(request: HttpRequest, number: str) -> Run:
    run = queries.run_for(request.viewer, number)  # type: ignore[attr-defined]
    if run is None:
        raise Http404
    return run


@gate(*queries.FINANCE_ROLES, "auditor")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one run."""
    run = _run_or_404(request, number)
    return _page(request, run)


def _page(request: HttpRequest, run: Run, forms: dict[str, Any] | None = None) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    at, lang = now(), current_language()
    record_read(by=viewer.actor(), at=at, act="payments.open_run", subject=("run", run.pk))
    outcome = request.GET.get("outcome", "")
    page = Paginator(queries.lines_of(run, outcome), 50).get_page(request.GET.get("page"))
    state = queries.state_of(run)
    progress = queries.progress_of([run.pk]).get(run.pk)
    facts = [
        Row(say("โครงการ", "Scheme"), scheme(run.scheme_code).name.in_language(lang)),
        Row(say("สำนักงาน", "Office"), run.office.name_th if lang == "th" else run.office.name_en),
        Row(say("จำนวนรายการ", "Lines"), f"{run.line_count:,}"),
        Row(say("ยอดรวม", "Total"), baht_text(run.total_satang)),
        Row(say("เงินเข้าบัญชีวันที่", "Money arrives on"), day_text(run.effective_on, "weekday")),
        Row(say("รหัสชุดจ่าย (SHA-256)", "Fingerprint (SHA-256)"), run.lines_root),
    ]
    may_sign = viewer.account_id not in (run.prepared_by_id, run.checked_by_id)
    return render(
        request,
        "payments/run.html",
        {
            "run": run,
            "state": state,
            "state_tag": state_tag(state),
            "facts": facts,
            "progress": progress,
            "table": _lines_table(list(page.object_list), at),
            "page": page,
            "outcome": outcome,
            "signatures": _signatures(run),
            "files": list(run.files.defer("content").order_by("product", "part")),
            "movements": movements_of(run.pk),
            "may_check": state == "prepared" and viewer.has_role("finance_checker") and may_sign,
            "may_release": state == "checked" and viewer.has_role("releaser") and may_sign,
            "may_abandon": state in ("prepared", "checked") and viewer.has_role(*queries.FINANCE_ROLES),
            "is_signer": not may_sign and state in ("prepared", "checked"),
            "seal_is_fresh": sealing_is_fresh(at),
            "release_form": ReleaseForm(),
            "abandon_form": WhyForm(),
            **(forms or {}),
            "has_errors": bool(forms),
        },
        status=422 if forms else 200,
    )


def _lines_table(lines: list[Line], at: Any) -> Table:
    names = {code: bank.name(current_language()) for code, bank in banks().items()}
    rows = [
        TableRow(
            cells=[
                str(line.number),
                line.payee_name,
                names.get(line.bank_code, say("พร้อมเพย์", "PromptPay")),
                f"•••{line.last_digits}",
                baht_text(line.amount_satang),
                line.reference,
                _outcome(line),
            ],
            is_late=line.returned_at is not None,
        )
        for line in lines
    ]
    return Table(
        caption=say("รายการจ่าย", "Payments"),
        columns=[
            Column(say("ที่", "No."), is_number=True),
            Column(say("ผู้รับ", "Payee")),
            Column(say("ธนาคาร", "Bank")),
            Column(say("บัญชี", "Account")),
            Column(say("จำนวนเงิน", "Amount"), is_number=True),
            Column(say("เลขอ้างอิง", "Reference")),
            Column(say("ผล", "Outcome")),
        ],
        rows=rows,
        empty=say("ไม่มีรายการแบบนี้", "No such payments"),
        as_of=at,
    )


def _outcome(line: Line) -> str:
    if line.paid_at:
        return say("เข้าบัญชีแล้ว", "Paid") + (f" {day_text(line.settled_on)}" if line.settled_on else "")
    if line.returned_at:
        return say("ธนาคารคืนเงิน", "Returned") + f": {line.returned_code}"
    return say("ยกเลิก", "Dropped") if line.dropped_at else say("รอธนาคาร", "Waiting")


def _signatures(run: Run) -> list[Event]:
    steps = (
        (say("จัดทำ", "Prepared"), run.prepared_at, run.prepared_by),
        (say("ตรวจ", "Checked"), run.checked_at, run.checked_by),
        (say("สั่งจ่าย", "Released"), run.released_at, run.released_by),
    )
    events = [
        Event(
            title=words,
            at=moment,
            state="done" if moment else "waiting",
            who=str(account.display_name_th) if account else "",
        )
        for words, moment, account in steps
    ]
    if run.abandoned_at:
        events.append(
            Event(title=say("ยกเลิก", "Abandoned"), at=run.abandoned_at, state="stopped", body=run.abandoned_why)
        )
    return events


def _sign(
    request: HttpRequest, number: str, act: Callable[[Run], Run], said: str, form: Any = None, name: str = ""
) -> HttpResponse:
    run = _run_or_404(request, number)
    try:
        act(run)
    except Refused as refusal:
        messages.error(request, f"{refusal.problem.in_full(current_language())}")
        return _page(
            request,
            _run_or_404(request, number),
            {name: with_problem(form, refusal.problem)} if form is not None else {},
        )
    messages.success(request, said)
    return redirect(reverse("payments:run", args=[number]))


@gate("finance_checker")
@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The checker signs."""
    by, at = request.viewer.actor("finance_checker"), now()  # type: ignore[attr-defined]
    return _sign(
        request,
        number,
        lambda run: check_run(by=by, at=at, run_id=run.pk),
        say("ตรวจแล้ว รอผู้สั่งจ่าย", "Checked; waits for the releaser"),
    )


@gate("releaser")
@requires_recent_factor()
@require_POST
def release(request: HttpRequest, number: str) -> HttpResponse:
    """The releaser signs, after a fresh second factor and with the end of the fingerprint typed."""
    by, at = request.viewer.actor("releaser"), now()  # type: ignore[attr-defined]
    form = ReleaseForm(request.POST)
    typed = form.data.get("last_of_root", "")
    return _sign(
        request,
        number,
        lambda run: release_run(by=by, at=at, run_id=run.pk, last_of_root=typed),
        say("สั่งจ่ายแล้ว แฟ้มลงลายมือชื่อและกำลังส่ง", "Released; the files are signed and on their way"),
        form,
        "release_form",
    )


@gate(*queries.FINANCE_ROLES)
@require_POST
def abandon(request: HttpRequest, number: str) -> HttpResponse:
    """Give the run up before release, with a reason."""
    by, at = request.viewer.actor(), now()  # type: ignore[attr-defined]
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, _run_or_404(request, number), {"abandon_form": form})
    return _sign(
        request,
        number,
        lambda run: abandon_run(by=by, at=at, run_id=run.pk, why=form.cleaned_data["why"]),
        say("ยกเลิกชุดจ่ายแล้ว รายการกลับไปรอจ่าย", "Abandoned; the items are ready to be paid again"),
        form,
        "abandon_form",
    )
