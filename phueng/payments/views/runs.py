"""One run: its list, who signed and who is still needed, its files, the bank's answer."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.access.viewers import Request, Viewer
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.audit.queries import sealing_is_fresh
from phueng.design.pieces import Row, Tab
from phueng.design.times import baht_text, day_text
from phueng.design.wording import current_language, say
from phueng.payments import queries
from phueng.payments.approving import FINANCE_ROLES
from phueng.payments.exclusions import counted_exclusions, exclusions_of
from phueng.payments.forms import DrawForm, ReleaseForm, WhyForm
from phueng.payments.models import Run
from phueng.payments.problems import EXCLUSIONS
from phueng.payments.sharing import sharing_in
from phueng.payments.views import showing, working
from phueng.payments.waiting import needed_by, waits_for
from phueng.payments.wording import PAY_ROUTE_WORDS, reason_words, state_tag
from phueng.schemes.catalogue import scheme

OUTCOMES = ("paid", "returned", "waiting")
# Who may open the page of a case, which belongs to a package above.
CASE_READERS = ("front_desk", "social_worker", "municipal_officer", "approver", "auditor")


def run_or_404(request: Request, number: str) -> Run:
    """The run, when it is there and this viewer may see it."""
    run = queries.run_for(request.viewer, number)
    if run is None:
        raise Http404
    return run


@gate(*FINANCE_ROLES, "auditor")
def show(request: Request, number: str) -> HttpResponse:
    """The page of one run."""
    return run_page(request, run_or_404(request, number))


def run_page(request: Request, run: Run, forms: dict[str, Any] | None = None) -> HttpResponse:
    """The page, with the forms of an act that was refused and everything typed in them."""
    viewer, at = request.viewer, now()
    record_read(by=viewer.actor(), at=at, act="payments.open_run", subject=("run", run.pk))
    state = queries.state_of(run)
    context = {
        "run": run,
        "as_of": at,
        "facts": _facts(run),
        "left_out": getattr(run, "left_out", 0),
        "shared": getattr(run, "shared", 0),
        "signatures": showing.signatures(run),
        "needed_words": showing.needed_words(needed_by(run)),
        "digest": showing.fingerprint(run.files_digest) if run.files_digest else None,
        "root": showing.fingerprint(run.lines_root) if run.lines_root else None,
        "work": working.shown_work(run, state),
        "has_errors": bool(forms),
        **_acts(viewer, run, state),
        **_list(request, run, state),
        **_files(viewer, run),
    }
    if context["may_release"]:
        context["seal_is_fresh"] = sealing_is_fresh(at)
    return render(request, "payments/run.html", context | (forms or {}), status=422 if forms is not None else 200)


def _acts(viewer: Viewer, run: Run, state: str) -> dict[str, Any]:
    """What this person may do now, and why not when they have signed already."""
    waiting = waits_for(viewer, run)
    act = waiting.act if waiting else ""
    is_home = run.office_id in viewer.office_ids(*FINANCE_ROLES)
    is_open = state in ("gathering", "prepared", "checked", "written")
    is_signer = viewer.account_id == run.prepared_by_id or bool(getattr(run, "has_signed", False))
    draws = run.office_id in viewer.office_ids("finance_maker", "finance_checker")
    return {
        "may_approve": act == "approve",
        "may_release": act == "release",
        "is_borrowed": bool(waiting and waiting.is_borrowed),
        "may_record": draws and state in ("prepared", "checked", "written"),
        "must_record": not run.gfmis_number and state in ("checked", "written"),
        "may_abandon": is_home and is_open,
        "is_signer": is_signer and is_open and not act,
        "may_give_back": viewer.has_role("finance_checker", "releaser") and viewer.account_id != run.released_by_id,
        "draw_form": DrawForm(initial={"gfmis_number": run.gfmis_number}),
        "release_form": ReleaseForm(),
        "abandon_form": WhyForm(prefix="abandon"),
        "give_back_form": WhyForm(prefix="give_back"),
    }


def _list(request: Request, run: Run, state: str) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    progress = queries.progress_of([run.pk]).get(run.pk) or queries.NOTHING_YET
    counts = {"paid": progress.paid, "returned": progress.returned, "waiting": progress.waiting}
    paginator = Paginator(queries.lines_of(run, outcome), 50)
    paginator.count = counts.get(outcome, run.line_count)  # known already: spares a query
    page = paginator.get_page(request.GET.get("page"))
    may_open = request.viewer.has_role(*CASE_READERS)
    return {
        "progress": progress,
        "state_tag": state_tag(queries.state_with(run, progress)),
        "tabs": _outcomes(progress, outcome) if run.released_at else [],
        "outcome": outcome if outcome in OUTCOMES else "",
        "lines": showing.shown_lines(run, list(page.object_list), may_open_cases=may_open) if run.frozen_at else [],
        "page": page,
        "returned": _returned(run, may_open=may_open) if progress.returned else [],
        "movements": showing.movements(queries.postings_of(run)) if run.frozen_at else [],
    }


def _files(viewer: Viewer, run: Run) -> dict[str, Any]:
    files = queries.files_for(run) if run.written_at else []
    may_take = run.released_at is not None and viewer.has_role("releaser", "finance_checker", "auditor")
    return {
        "files": [
            {
                "file": file,
                "print": showing.fingerprint(file.sha256) if len(files) > 1 else None,
                "url": reverse("payments:file", args=[run.number, file.name]) if may_take else "",
            }
            for file in files
        ],
        "troubles": showing.troubles(files),
    }


def _facts(run: Run) -> list[Row]:
    facts = [
        Row(say("โครงการ", "Scheme"), scheme(run.scheme_code).name.in_language(current_language())),
        Row(say("สำนักงาน", "Office"), say(run.office.name_th, run.office.name_en)),
        Row(say("เงินเข้าบัญชี", "Money arrives"), day_text(run.effective_on, "weekday")),
        Row(say("ช่องทาง", "Way"), say(*PAY_ROUTE_WORDS[run.pay_route])),
        Row(say("เอกสาร GFMIS", "GFMIS document"), run.gfmis_number or say("ยังไม่บันทึก", "not recorded yet")),
    ]
    if run.frozen_at is None:
        return facts
    return [
        *facts[:2],
        Row(say("รายการ", "Payments"), f"{run.line_count:,}"),
        Row(say("ยอดรวม", "Total"), baht_text(run.total_satang)),
        *facts[2:],
    ]


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


def _returned(run: Run, *, may_open: bool) -> list[dict[str, Any]]:
    """What came back, with its case: a link for those who may open cases, the reference to pass on for the others."""
    return [
        {
            "payment": payment,
            "bank": showing.bank_words(payment.bank_code),
            "why": reason_words(payment.returned_code),
            "case_url": showing.case_url(payment.application_reference) if may_open else "",
        }
        for payment in queries.returned_of(run)
    ]


@gate(*FINANCE_ROLES, "auditor")
def work(request: Request, number: str) -> HttpResponse:
    """The part of the page that moves by itself: how far gathering, writing or sending has come."""
    run = run_or_404(request, number)
    shown = working.shown_work(run, queries.state_of(run))
    etag = f'"{working.version_of(shown)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = render(request, "payments/work.html", {"run": run, "work": shown})
    response["ETag"] = etag
    if shown is None:
        response["X-Live"] = "over"
    return response


@gate(*FINANCE_ROLES, "auditor")
def left_out(request: Request, number: str) -> HttpResponse:
    """Everybody who was due when the list was made and is not in it, and why."""
    run, at = run_or_404(request, number), now()
    record_read(by=request.viewer.actor(), at=at, act="payments.open_left_out", subject=("run", run.pk))
    counts = counted_exclusions(run)
    chosen = request.GET.get("reason", "")
    paginator = Paginator(range(counts[chosen] if chosen in counts else sum(counts.values())), 50)
    page = paginator.get_page(request.GET.get("page"))
    found = exclusions_of(run, 50, chosen if chosen in counts else "", (page.number - 1) * 50)
    context = {
        "run": run,
        "as_of": at,
        "page": page,
        "tabs": _reasons(counts, chosen),
        "may_see_accounts": "name_mismatch" in counts or "shared_account" in counts,
        **_sharing(run),
        "rows": [
            {
                "name": one.payee_name,
                "amount": one.amount_satang,
                "reason": say(*EXCLUSIONS[one.reason][:2]),
                "next": say(*EXCLUSIONS[one.reason][2:]),
            }
            for one in found
        ],
    }
    return render(request, "payments/left_out.html", context)


def _sharing(run: Run) -> dict[str, Any]:
    """Payees of the run who share an account or a phone, the widest sharing first."""
    count, seen = sharing_in(run)
    words = {"account": say("บัญชี", "Account"), "phone": say("โทรศัพท์", "Phone")}
    return {
        "shared_count": count,
        "shared": [
            {
                "name": one.name,
                "what": f"{words[one.kind]} •••{one.last_digits}",
                "payees": one.payee_count,
                "where": say("ครอบครัวเดียวกัน", "one household")
                if one.is_one_household
                else say("ต่างครอบครัว", "several households"),
            }
            for one in seen
        ],
    }


def _reasons(counts: dict[str, int], chosen: str) -> list[Tab]:
    """One tab for each reason with how many it keeps out."""
    everything = Tab(say("ทั้งหมด", "All"), "?", sum(counts.values()), chosen not in counts)
    return [
        everything,
        *(Tab(say(*EXCLUSIONS[code][:2]), f"?reason={code}", count, code == chosen) for code, count in counts.items()),
    ]
