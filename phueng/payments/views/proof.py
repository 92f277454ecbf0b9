"""Was the day proved: debits = credits = bank? Differences first, then every fund, down to each payment and its case."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.design.times import day_text
from phueng.design.wording import say
from phueng.documents.queries import letter_of
from phueng.documents.tickets import letter_url
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.models import DailyProof
from phueng.ledger.queries import latest_proof, proof_by_id, recent_proofs
from phueng.payments.budget_scope import FINANCE_ROLES, offices_seen, sees
from phueng.payments.money_trail import lines_of_day
from phueng.payments.proof_wording import DIFFERENCES, difference_next, difference_words, fund_words
from phueng.payments.proving import LETTER, keep_proof
from phueng.payments.views.budget import fund_url, office_names
from phueng.payments.views.budget_funds import case_url
from phueng.payments.views.showing import books

ON_A_PAGE = 50
FIRST_DAY = date(2000, 1, 1)


def _day(request: HttpRequest, today: date) -> date:
    """The asked day; else the last one that can be whole."""
    return _read_day(request.GET.get("on", ""), today) or today - timedelta(days=1)


def _read_day(text: str, today: date) -> date | None:
    """A day that may be asked about; nothing that lies beyond any book."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= today else None


@gate(*FINANCE_ROLES, "auditor")
def proof(request: HttpRequest) -> HttpResponse:
    """A day's proof as it was kept, for the offices that the viewer sees."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    on, seen = _day(request, in_bangkok(at).date()), offices_seen(viewer)
    names = office_names()
    office = request.GET.get("office", "")
    office = office if office in names else ""
    kept = latest_proof(on, office) if office and sees(viewer, office) else latest_proof(on)
    funds = _funds(kept, seen, office, names) if kept else []
    differences = _differences(kept, seen, office, names) if kept else []
    paper = _paper(viewer, kept, seen)
    days = [
        {"on": one.on, "is_proved": one.is_proved, "url": f"{reverse('payments:proof')}?on={one.on.isoformat()}"}
        for one in recent_proofs()
    ]
    return render(
        request,
        "payments/proof.html",
        {
            "on": on,
            "on_iso": on.isoformat(),
            "before": (on - timedelta(days=1)).isoformat(),
            "after": (on + timedelta(days=1)).isoformat() if on < in_bangkok(at).date() else "",
            "proof": kept,
            "office": names.get(office, ""),
            "differences": differences,
            "funds": funds,
            "paper": paper,
            "days": days,
            "may_prove": viewer.has_role("finance_checker", "releaser") and on <= in_bangkok(at).date(),
            "as_of": at,
        },
    )


def _in_sight(office_code: str, seen: frozenset[str] | None, office: str) -> bool:
    return (seen is None or office_code in seen) and office in ("", office_code)


def _funds(
    kept: DailyProof, seen: frozenset[str] | None, office: str, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    found = []
    for day in kept.figures.get("funds", []):
        fund = Fund(**day["fund"])
        if not _in_sight(fund.office_code, seen, office):
            continue
        where = [kept.on.isoformat(), fund.fiscal_year, fund.scheme_code, fund.source, fund.office_code]
        found.append(
            {name: books(value) for name, value in day.items() if isinstance(value, int) and name != "is_even"}
            | {
                "fund": fund_words(fund),
                "office": names.get(fund.office_code, fund.office_code),
                "is_even": day["is_even"],
                "count": day["paid_count"] + day["returned_count"],
                "lines_url": reverse("payments:proof_lines", args=where),
                "fund_url": fund_url(fund, "disbursed"),
            }
        )
    return found


def _differences(
    kept: DailyProof, seen: frozenset[str] | None, office: str, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "words": difference_words(one.code) if one.code in DIFFERENCES else one.code,
            "next": difference_next(one.code) if one.code in DIFFERENCES else "",
            "office": names.get(one.office_code, one.office_code),
            "fund": one.fund_code,
            "about": one.about,
            "url": reverse("payments:run", args=[one.about]) if one.subject_kind == "run" else "",
            "expected": None if one.expected_satang is None else books(one.expected_satang),
            "found": None if one.found_satang is None else books(one.found_satang),
        }
        for one in sorted(kept.findings.all(), key=lambda one: one.number)
        if _in_sight(one.office_code, seen, office) or (not one.office_code and not office)
    ]


def _paper(viewer: Viewer, kept: DailyProof | None, seen: frozenset[str] | None) -> dict[str, Any] | None:
    """The signed PDF: the whole one for those who see all offices, else that of the viewer's own office."""
    if kept is None:
        return None
    own = kept
    if seen is not None and not kept.office_code:
        own_code = sorted(seen)[0] if seen else ""
        found = latest_proof(kept.on, own_code) if own_code else None
        if found is None:
            return None
        own = found
    letter = letter_of(LETTER, own.pk)
    if letter is None or letter.file is None:
        return {"is_waiting": True}
    return {
        "url": letter_url(letter.pk, account_id=viewer.account_id),
        "proof": own,
        "signature_url": reverse("payments:proof_signature", args=[own.pk]) if own.signed_at else "",
    }


@gate("finance_checker", "releaser")
@require_POST
def prove_again(request: HttpRequest, on: str) -> HttpResponse:
    """Prove the day anew: after something was put right, or before the night. A new round, the earlier ones stay."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at = now()
    day = _read_day(on, in_bangkok(at).date())
    if day is None:
        raise Http404
    role = "finance_checker" if viewer.has_role("finance_checker") else "releaser"
    kept = keep_proof(by=viewer.actor(role), at=at, on=day)
    if kept.is_proved:
        messages.success(request, say("ตรงกันทุกบาท", "Everything agrees, to the satang"))
    return redirect(f"{reverse('payments:proof')}?on={day.isoformat()}")


@gate(*FINANCE_ROLES, "auditor")
@require_safe
def proof_signature(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The detached signature over the SHA-256 of the PDF, as a file to verify with."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    kept, seen = proof_by_id(proof_id), offices_seen(viewer)
    if kept is None or kept.signed_at is None or not (seen is None or kept.office_code in seen):
        raise Http404
    response = HttpResponse(bytes.fromhex(kept.pdf_signature), content_type="application/octet-stream")
    name = f"phueng-proof-{kept.on.isoformat()}-{kept.office_code or 'all'}-{kept.round}.sig"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@gate(*FINANCE_ROLES, "auditor")
def proof_lines(
    request: HttpRequest, on: str, fiscal_year: int, scheme_code: str, source: str, office_code: str
) -> HttpResponse:
    """Each payment of a fund that was settled on a day: run, case and the bank's reference."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    day = _read_day(on, in_bangkok(now()).date())
    if day is None or not sees(viewer, office_code):
        raise Http404
    fund = Fund(fiscal_year, scheme_code, office_code, source)
    asked = request.GET.get("page", "1")
    number = max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    lines, count = lines_of_day(fund, day, offset=(number - 1) * ON_A_PAGE, most=ON_A_PAGE)
    page = Paginator(range(count), ON_A_PAGE).get_page(number)
    return render(
        request,
        "payments/proof_lines.html",
        {
            "title": fund_words(fund),
            "office": office_names().get(office_code, office_code),
            "day": day_text(day, "long"),
            "on": on,
            "lines": [
                {"line": line, "case_url": case_url(viewer, line.case_reference) if line.case_reference else ""}
                for line in lines
            ],
            "count": count,
            "page": page,
            "fund_url": fund_url(fund, "disbursed"),
            "as_of": now(),
        },
    )
