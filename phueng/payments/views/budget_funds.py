"""Every baht: which movements are behind a number of an office's budget, and which run or case behind each?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.design.pieces import Tab
from phueng.design.wording import say
from phueng.ledger.accounts import Fund
from phueng.ledger.models import BUDGET_ROLES, CASH_ROLES, Posting
from phueng.ledger.queries import balances, movements_behind
from phueng.payments.budget_scope import BUDGET_READERS, sees
from phueng.payments.money_trail import cases_of_decisions, numbers_of_runs
from phueng.payments.proof_wording import fund_words, scheme_words, source_words
from phueng.payments.views.budget import fund_url, office_names, year_words
from phueng.payments.views.showing import books
from phueng.payments.wording import ROLE_WORDS

ON_A_PAGE = 50
MORE_ROLE_WORDS = {"carried": ("กันไว้เบิกเหลื่อมปี", "Carried over"), "lapsed": ("พับ", "Lapsed")}


@dataclass(frozen=True)
class ShownMovement:
    """One movement of the list with what it belongs to."""

    at: datetime
    memo: str
    who: str
    amount: str
    is_credit: bool
    about: str
    url: str


def role_words(role: str) -> str:
    """What we call an account."""
    return say(*(MORE_ROLE_WORDS.get(role) or ROLE_WORDS[role]))


@gate(*BUDGET_READERS)
def fund(request: HttpRequest, fiscal_year: int, scheme_code: str, source: str, office_code: str) -> HttpResponse:
    """The movements behind each number of a fund, paged, with their runs and cases."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    mine = Fund(fiscal_year, scheme_code, office_code, source)
    totals = balances(mine) if sees(viewer, office_code) else {}
    if not totals:
        raise Http404
    role = request.GET.get("role", "")
    role = role if role in totals else "available" if "available" in totals else next(iter(totals))
    page = Paginator(movements_behind(mine, role), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "payments/fund.html",
        {
            "title": fund_words(mine),
            "year": year_words(fiscal_year),
            "scheme": scheme_words(scheme_code),
            "source": source_words(source),
            "office": office_names().get(office_code, office_code),
            "budget_tabs": _tabs(mine, role, totals, BUDGET_ROLES),
            "cash_tabs": _tabs(mine, role, totals, CASH_ROLES),
            "role": role_words(role),
            "total": books(-totals[role] if role == "allotted" else totals[role]),
            "movements": shown_movements(viewer, list(page.object_list), flip=role == "allotted"),
            "page": page,
            "as_of": now(),
        },
    )


def _tabs(mine: Fund, chosen: str, totals: dict[str, int], roles: Sequence[str]) -> list[Tab]:
    return [
        Tab(
            label=f"{role_words(role)} {books(-totals[role] if role == 'allotted' else totals[role])}",
            url=fund_url(mine, role),
            is_current=role == chosen,
        )
        for role in roles
        if role in totals
    ]


def shown_movements(viewer: Viewer, postings: Sequence[Posting], *, flip: bool = False) -> list[ShownMovement]:
    """Postings with the run or case they belong to; two queries however many."""
    subjects: dict[str, set[UUID]] = {}
    for posting in postings:
        subjects.setdefault(posting.movement.subject_kind, set()).add(posting.movement.subject_id)
    runs = numbers_of_runs(subjects.get("run", ()))
    cases = cases_of_decisions(subjects.get("decision", ()))
    found = []
    for posting in postings:
        movement = posting.movement
        about, url = "", ""
        if movement.subject_id in runs:
            about = runs[movement.subject_id]
            url = reverse("payments:run", args=[about])
        elif movement.subject_id in cases:
            about = cases[movement.subject_id]
            url = case_url(viewer, about)
        elif movement.subject_kind == "transfer":
            about, url = say("เรื่องโอนงบ", "Transfer"), reverse("payments:transfers")
        elif movement.subject_kind == "carry_over":
            about, url = say("เรื่องกันเงินข้ามปี", "Carry-over"), reverse("payments:carry_overs")
        elif movement.subject_kind == "budget_plan":
            about, url = say("แผนจัดสรร", "Plan"), reverse("payments:plan", args=[movement.subject_id])
        satang = -posting.amount_satang if flip else posting.amount_satang
        found.append(
            ShownMovement(
                movement.moved_at, movement.memo, movement.moved_by_name, books(satang), satang < 0, about, url
            )
        )
    return found


def case_url(viewer: Viewer, reference: str) -> str:
    """The case, for those whose door it is; finance officers read its number only."""
    return reverse("desk:case", args=[reference]) if viewer.has_role("auditor", "approver", "social_worker") else ""
