"""How much was allotted to each office, and where is it now? All centres of a scheme on one page, in constant queries."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.audit.clock import now
from phueng.design.pieces import Column, Tab, Table, TableRow
from phueng.design.wording import current_language, say
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.queries import BudgetState, fiscal_years, register, sum_of, trial_balance
from phueng.payments.budget_scope import FINANCE_ROLES, offices_seen
from phueng.payments.proof_wording import scheme_words, source_words
from phueng.payments.views.showing import books
from phueng.places.queries import offices

if TYPE_CHECKING:
    from phueng.access.viewers import Viewer

STEPS = (
    ("ได้รับ", "Allotted"),
    ("เหลือใช้", "Available"),
    ("กันไว้", "Reserved"),
    ("ผูกพัน", "Committed"),
    ("จ่ายแล้ว", "Disbursed"),
    ("ข้ามปี", "Carried over"),
    ("พับ", "Lapsed"),
)


def year_words(year: int) -> str:
    """A fiscal year in the reader's calendar."""
    return str(year if current_language() == "th" else year - 543)


def office_names() -> dict[str, str]:
    """Code → name of every office, in the reader's language; one query."""
    return {office.code: say(office.name_th, office.name_en) for office in offices()}


def fund_url(fund: Fund, role: str = "") -> str:
    """Where every baht of a fund is listed."""
    address = reverse("payments:fund", args=[fund.fiscal_year, fund.scheme_code, fund.source, fund.office_code])
    return f"{address}?{urlencode({'role': role})}" if role else address


@gate(*FINANCE_ROLES, "auditor")
def budget_register(request: HttpRequest) -> HttpResponse:
    """Each fund of a year with where its money stands; one scheme at a time when asked; for the auditor every account."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at, seen = now(), offices_seen(viewer)
    years = fiscal_years(seen) or [fiscal_year_be(in_bangkok(at).date())]
    year = _asked_year(request, years, fiscal_year_be(in_bangkok(at).date()))
    rows = register(year, office_codes=seen)
    codes = sorted({fund.scheme_code for fund, _ in rows})
    scheme_code = request.GET.get("scheme", "")
    scheme_code = scheme_code if scheme_code in codes else ""
    shown = [(fund, state) for fund, state in rows if scheme_code in ("", fund.scheme_code)]
    accounts = trial_balance() if viewer.has_role("auditor") else []
    return render(
        request,
        "payments/budget.html",
        {
            "table": _table(year, shown, scheme_code, at),
            "schemes": _tabs(year, codes, scheme_code, rows),
            "years": [_tab(str(one), year_words(one), one == year, year=one, scheme=scheme_code) for one in years],
            "sees_all": seen is None,
            "accounts": [(code, books(satang)) for code, satang in accounts[:1000]],
            "difference": books(sum(satang for _, satang in accounts)),
        },
    )


def _asked_year(request: HttpRequest, years: list[int], this_year: int) -> int:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and asked.isascii() and int(asked) in years:
        return int(asked)
    return this_year if this_year in years else years[0]


def _tab(_: str, words: str, is_current: bool, **asked: object) -> Tab:
    query = urlencode({name: value for name, value in asked.items() if value})
    return Tab(label=words, url=f"{reverse('payments:budget')}?{query}", is_current=is_current)


def _tabs(year: int, codes: list[str], chosen: str, rows: list[tuple[Fund, BudgetState]]) -> list[Tab]:
    if len(codes) < 2:
        return []
    every = [_tab("", say("ทุกโครงการ", "All schemes"), not chosen, year=year)]
    return every + [_tab(code, scheme_words(code), code == chosen, year=year, scheme=code) for code in codes]


def amounts(state: BudgetState) -> list[str]:
    """The numbers of a row, in the order of the heading."""
    return [
        books(satang)
        for satang in (
            state.allotted, state.available, state.reserved, state.committed, state.disbursed, state.carried, state.lapsed,
        )
    ]  # fmt: skip


def _table(year: int, rows: list[tuple[Fund, BudgetState]], scheme_code: str, at: object) -> Table:
    names = office_names()
    table_rows = [
        TableRow(
            cells=[
                names.get(fund.office_code, fund.office_code),
                scheme_words(fund.scheme_code),
                source_words(fund.source),
                *amounts(state),
            ],
            url=fund_url(fund),
            is_late=not state.is_whole,
        )
        for fund, state in rows
    ]
    if len(rows) > 1:
        total = [say("รวม", "Together"), say("{n} กองเงิน", "{n} funds", n=len(rows)), ""]
        table_rows.insert(0, TableRow(cells=[*total, *amounts(sum_of(state for _, state in rows))]))
    named = f" {scheme_words(scheme_code)}" if scheme_code else ""
    return Table(
        caption=say("ปีงบประมาณ {year}{of} (บาท)", "Fiscal year {year}{of} (baht)", year=year_words(year), of=named),
        columns=[
            Column(say("สำนักงาน", "Office")),
            Column(say("โครงการ", "Scheme")),
            Column(say("แหล่งเงิน", "Source")),
            *(Column(say(*words), is_number=True) for words in STEPS),
        ],
        rows=table_rows,
        empty=say("ยังไม่มีการจัดสรร", "Nothing allotted yet"),
        as_of=at,  # type: ignore[arg-type]
    )
