"""One run: its list, its signatures, its files, the bank's answer. Each signature is one POST."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from phueng.access.gates import gate, requires_recent_factor
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.audit.queries import sealing_is_fresh
from phueng.design.pieces import Row
from phueng.design.times import baht_text, day_text
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.payments import queries
from phueng.payments.actions import abandon_run, check_run, give_back_file, release_run
from phueng.payments.forms import ReleaseForm, WhyForm, with_problem
from phueng.payments.views import showing
from phueng.payments.views.board import state_with
from phueng.payments.wording import reason_words, state_tag
from phueng.schemes.catalogue import scheme

if TYPE_CHECKING:
    from phueng.payments.models import Run

OUTCOMES = ("paid", "returned", "waiting")
# Who may open the page of a case, which belongs to a package above.
CASE_READERS = ("front_desk", "social_worker", "municipal_officer", "approver", "auditor")


def _run_or_404(request: HttpRequest, number: str) -> "Run":
    run = queries.run_for(request.viewer, number)  # type: ignore[attr-defined]
    if run is None:
        raise Http404
    return run


@gate(*queries.FINANCE_ROLES, "auditor")
def show(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one run."""
    return _page(request, _run_or_404(request, number))


def _page(request: HttpRequest, run: "Run", forms: dict[str, Any] | None = None) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    record_read(by=viewer.actor(), at=at, act="payments.open_run", subject=("run", run.pk))
    progress = queries.progress_of([run.pk])[run.pk]
    outcome = request.GET.get("outcome", "")
    counts = {"paid": progress.paid, "returned": progress.returned, "waiting": progress.waiting}
    paginator = Paginator(queries.lines_of(run, outcome), 50)
    paginator.count = counts.get(outcome, run.line_count)  # known already: spares a query
    page = paginator.get_page(request.GET.get("page"))
    state = queries.state_of(run)
    is_signer = viewer.account_id in (run.prepared_by_id, run.checked_by_id)
    may_release = state == "checked" and viewer.has_role("releaser") and not is_signer
    files = queries.files_for(run) if run.released_at else []
    context = {
        "run": run,
        "state_tag": state_tag(state_with(run, progress)),
        "facts": _facts(run),
        "fingerprint": showing.fingerprint(run.lines_root),
        "progress": progress,
        "tabs": _outcomes(progress, outcome) if run.released_at else [],
        "outcome": outcome if outcome in OUTCOMES else "",
        "lines": showing.shown_lines(run, list(page.object_list)),
        "as_of": at,
        "page": page,
        "signatures": showing.signatures(run),
        "files": [{"file": file, "print": showing.fingerprint(file.sha256)} for file in files],
        "troubles": showing.troubles(files),
        "may_give_back": viewer.has_role("finance_checker", "releaser") and viewer.account_id != run.released_by_id,
        "returned": _returned(viewer, run) if progress.returned else [],
        "movements": showing.movements(queries.postings_of(run)),
        "may_check": state == "prepared" and viewer.has_role("finance_checker") and not is_signer,
        "may_release": may_release,
        "may_abandon": state in ("prepared", "checked") and viewer.has_role(*queries.FINANCE_ROLES),
        "is_signer": is_signer and state in ("prepared", "checked"),
        "seal_is_fresh": sealing_is_fresh(at) if may_release else True,
        "release_form": ReleaseForm(),
        "abandon_form": WhyForm(prefix="abandon"),
        "give_back_form": WhyForm(prefix="give_back"),
        "has_errors": bool(forms),
    }
    return render(request, "payments/run.html", context | (forms or {}), status=422 if forms is not None else 200)


def _facts(run: "Run") -> list[Row]:
    return [
        Row(say("โครงการ", "Scheme"), scheme(run.scheme_code).name.in_language(current_language())),
        Row(say("สำนักงาน", "Office"), say(run.office.name_th, run.office.name_en)),
        Row(say("รายการ", "Payments"), f"{run.line_count:,}"),
        Row(say("ยอดรวม", "Total"), baht_text(run.total_satang)),
        Row(say("เงินเข้าบัญชี", "Money arrives"), day_text(run.effective_on, "weekday")),
        Row(say("ช่องทาง", "Way"), say("ธนาคารกรุงไทย", "Krungthai Bank") if run.pay_route == "krungthai"
            else say("กรมบัญชีกลาง", "Comptroller General")),
    ]  # fmt: skip


def _outcomes(progress: queries.RunProgress, outcome: str) -> list[dict[str, Any]]:
    shown = (
        ("", say("ทั้งหมด", "All"), progress.answered + progress.waiting, None),
        ("returned", say("คืน", "Returned"), progress.returned, progress.returned_satang),
        ("waiting", say("รอผล", "Waiting"), progress.waiting, progress.waiting_satang),
        ("paid", say("เข้าบัญชี", "Paid"), progress.paid, progress.paid_satang),
    )
    return [
        {"url": f"?outcome={code}", "label": label, "count": count, "satang": satang, "is_current": code == outcome}
        for code, label, count, satang in shown
    ]


def _returned(viewer: Any, run: "Run") -> list[dict[str, Any]]:
    """What came back, with its case: a link for those who may open cases, the reference to pass on for the others."""
    may_open = viewer.has_role(*CASE_READERS)
    return [
        {
            "payment": payment,
            "bank": showing.bank_words(payment.bank_code),
            "why": reason_words(payment.returned_code),
            "case_url": _case_url(payment.application_reference) if may_open else "",
        }
        for payment in queries.returned_of(run)
    ]


def _case_url(reference: str) -> str:
    try:
        return reverse("desk:case", args=[reference])
    except NoReverseMatch:
        return ""


def _sign(
    request: HttpRequest, number: str, act: Callable[["Run"], object], said: str, forms: dict[str, Any] | None = None
) -> HttpResponse:
    """Do it and come back to the page, or show the page again with the problem and everything typed."""
    run = _run_or_404(request, number)
    try:
        act(run)
    except Refused as refusal:
        shown = {name: with_problem(form, refusal.problem) for name, form in (forms or {}).items()}
        if not shown:
            messages.error(request, refusal.problem.in_full(current_language()))
        return _page(request, _run_or_404(request, number), shown)
    messages.success(request, said)
    return redirect("payments:run", number=number)


@gate("finance_checker")
@require_POST
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The checker signs."""
    by, at = request.viewer.actor("finance_checker"), now()  # type: ignore[attr-defined]
    said = say("ตรวจแล้ว รอผู้สั่งจ่าย", "Checked; waits for the releaser")
    return _sign(request, number, lambda run: check_run(by=by, at=at, run_id=run.pk), said)


@gate("releaser")
@requires_recent_factor()
@require_POST
def release(request: HttpRequest, number: str) -> HttpResponse:
    """The releaser signs, after a fresh second factor and with the end of the fingerprint typed."""
    by, at = request.viewer.actor("releaser"), now()  # type: ignore[attr-defined]
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, _run_or_404(request, number), {"release_form": form})
    typed = form.cleaned_data["last_of_root"]
    said = say("สั่งจ่ายแล้ว แฟ้มลงลายมือชื่อและกำลังส่ง", "Released; the files are signed and on their way")
    act = lambda run: release_run(by=by, at=at, run_id=run.pk, last_of_root=typed)  # noqa: E731
    return _sign(request, number, act, said, {"release_form": form})


@gate(*queries.FINANCE_ROLES)
@require_POST
def abandon(request: HttpRequest, number: str) -> HttpResponse:
    """Give the run up before release, with a reason."""
    by, at = request.viewer.actor(), now()  # type: ignore[attr-defined]
    form = WhyForm(request.POST, prefix="abandon")
    if not form.is_valid():
        return _page(request, _run_or_404(request, number), {"abandon_form": form})
    said = say("ยกเลิกชุดจ่ายแล้ว รายการกลับไปรอจ่าย", "Abandoned; the items are ready to be paid again")
    act = lambda run: abandon_run(by=by, at=at, run_id=run.pk, why=form.cleaned_data["why"])  # noqa: E731
    return _sign(request, number, act, said, {"abandon_form": form})


@gate("finance_checker", "releaser")
@require_POST
def give_back(request: HttpRequest, number: str, trouble_id: UUID) -> HttpResponse:
    """Nothing of a troubled file was paid: its payments are due again."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if queries.trouble_for(viewer, number, trouble_id) is None:
        raise Http404
    by, at = viewer.actor(), now()
    form = WhyForm(request.POST, prefix="give_back")
    if not form.is_valid():
        return _page(request, _run_or_404(request, number), {"give_back_form": form})
    said = say("คืนรายการแล้ว จัดทำชุดใหม่ได้", "Given back; the payments can go into a new run")
    act = lambda _: give_back_file(by=by, at=at, trouble_id=trouble_id, why=form.cleaned_data["why"])  # noqa: E731
    return _sign(request, number, act, said, {"give_back_form": form})
