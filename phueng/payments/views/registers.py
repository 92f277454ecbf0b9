"""The registers on a screen: narrowed by their address, page by page, with the totals of everything that fits."""

import tempfile
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.pieces import Chip, Tab
from phueng.design.times import day_text
from phueng.design.wording import current_language, say
from phueng.kernel.money import format_amount
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_range, in_bangkok
from phueng.ledger.queries import fiscal_years
from phueng.payments.actions.ask_export import MOST_ALONE, ask_export
from phueng.payments.budget_scope import offices_seen
from phueng.payments.exports import CONTENT_TYPES, OUTCOME_WORDS, WRITERS, Maker, name_of_file, words_of
from phueng.payments.proof_wording import scheme_words
from phueng.payments.registers import (
    OUTCOMES,
    READERS,
    REGISTERS,
    Column,
    OpenRegister,
    Register,
    open_register,
    read_asked,
)
from phueng.payments.views.budget import office_names, year_words
from phueng.schemes.catalogue import schemes

ON_A_PAGE = 50
LAYOUTS = ("xlsx", "csv", "pdf")


@gate(*READERS)
@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """One register."""
    return _page(request, _opened(request, code))


@gate(*READERS)
@require_POST
def export(request: Request, code: str) -> HttpResponse:
    """The same rows as a file: few at once, many (and paper) by the worker, after a second person."""
    opened, layout, viewer, at = _opened(request, code), request.POST.get("layout", ""), request.viewer, now()
    if layout not in LAYOUTS:
        raise Http404
    purpose, count, language = request.POST.get("purpose", ""), opened.count(), current_language()
    if layout != "pdf" and 0 < count <= MOST_ALONE:
        return _at_once(request, opened, layout, Maker(viewer.name, at, language, purpose.strip()[:300]))
    try:
        ask_export(
            by=viewer.actor(), at=at, register=code, layout=layout, asked=opened.asked.as_words(), language=language,
            purpose=purpose, row_count=count, office_codes=opened.offices,
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, opened, problem=refusal.problem.in_full(language), typed=purpose, status=422)
    said = (
        say("ขอไฟล์แล้ว รอผู้อื่นอนุมัติ", "Asked for; it waits for somebody else's approval")
        if count > MOST_ALONE
        else say("กำลังทำไฟล์ ปิดหน้านี้ได้", "The file is being made; you may close this page")
    )
    messages.success(request, said)
    return redirect("payments:exports")


def _at_once(request: Request, opened: OpenRegister, layout: str, maker: Maker) -> HttpResponse:
    with tempfile.TemporaryFile() as file:
        WRITERS[layout](file, opened, maker)
        file.seek(0)
        content = file.read()
    _note(request, opened, "payments.take_register", f"{layout} {maker.purpose}".strip())
    response = HttpResponse(content, content_type=CONTENT_TYPES[layout])
    response["Content-Disposition"] = f'attachment; filename="{name_of_file(opened, layout, maker.at)}"'
    return response


def _opened(request: Request, code: str) -> OpenRegister:
    if code not in REGISTERS:
        raise Http404
    given = {name: str(value) for name, value in request.GET.items()}
    return open_register(REGISTERS[code], request.viewer, read_asked(given, in_bangkok(now()).date()))


def _note(request: Request, opened: OpenRegister, act: str, why: str = "") -> None:
    viewer = request.viewer
    said = f"{opened.register.code} {urlencode(opened.asked.as_words())} {why}".strip()
    record_read(by=viewer.actor(), at=now(), act=act, subject=("account", viewer.account_id), why=said[:300])  # type: ignore[arg-type]  # the gate let nobody in without


def _page(
    request: Request, opened: OpenRegister, *, problem: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    _note(request, opened, "payments.read_register")
    page: Page[Any] = Paginator(opened, ON_A_PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]  # it counts and slices
    register, names = opened.register, office_names()
    totals = opened.totals()
    return render(
        request,
        "payments/register.html",
        {
            "register": register,
            "title": say(register.th, register.en),
            "about": say(register.about_th, register.about_en),
            "tabs": _tabs(opened),
            "columns": [(say(one.th, one.en), one.kind in ("baht", "count")) for one in register.columns],
            "rows": [(row[0], _cells(register, row, names)) for row in page],
            "totals": [_total(one, totals) for one in register.columns] if page.paginator.count else [],
            "page": page,
            "count": page.paginator.count,
            "filters": _filters(opened, names, fiscal_years(offices_seen(request.viewer))),
            "asked_run": opened.asked.run,
            "chips": _chips(opened, names),
            "is_large": page.paginator.count > MOST_ALONE,
            "most_alone": MOST_ALONE,
            "query": urlencode(opened.asked.as_words()),
            "problem": problem,
            "typed": typed,
            "as_of": now(),
        },
        status=status,
    )


def _cells(register: Register, row: tuple[Any, ...], names: dict[str, str]) -> list[dict[str, Any]]:
    return [_cell(column, value, names) for column, value in zip(register.columns, row[1:], strict=True)]


def _cell(column: Column, value: Any, names: dict[str, str]) -> dict[str, Any]:
    is_number = column.kind in ("baht", "count")
    if column.kind == "baht":
        words = format_amount(value or 0)
    elif column.kind == "count":
        words = f"{value or 0:,}"
    elif column.kind == "day":
        words = day_text(value) if value else ""
    elif column.code == "office":
        words = names.get(value, value)
    else:
        words = words_of(column, value)
    url = reverse("payments:run", args=[value]) if column.code == "run" and value else ""
    outcome = value if column.kind == "outcome" else ""
    return {"words": words, "is_number": is_number, "url": url, "outcome": outcome}


def _total(column: Column, totals: dict[str, int]) -> str:
    if not column.is_summed:
        return ""
    return format_amount(totals[column.code]) if column.kind == "baht" else f"{totals[column.code]:,}"


def _tabs(opened: OpenRegister) -> list[Tab]:
    return [
        Tab(
            label=say(one.th, one.en),
            url=f"{reverse('payments:register', args=[one.code])}?{urlencode({'year': opened.asked.year})}",
            is_current=one.code == opened.register.code,
        )
        for one in REGISTERS.values()
    ]


def _filters(opened: OpenRegister, names: dict[str, str], years: list[int]) -> list[dict[str, Any]]:
    """A choice for each filter that the register has: name, label, options (value, words, is chosen)."""
    asked, seen = opened.asked, opened.offices
    first, _ = fiscal_year_range(asked.year)
    months = [first.replace(year=first.year + (9 + n) // 12, month=(9 + n) % 12 + 1) for n in range(12)]
    every = say("ทั้งหมด", "All")
    offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "year": (
            say("ปีงบประมาณ", "Fiscal year"),
            [(str(y), year_words(y)) for y in sorted({*years, asked.year}, reverse=True)],
        ),
        "month": (say("เดือน", "Month"), [("", every), *((f"{m:%Y-%m}", _month_words(m)) for m in months)]),
        "scheme": (say("โครงการ", "Scheme"), [("", every), *((one.code, scheme_words(one.code)) for one in schemes())]),
        "office": (
            say("สำนักงาน", "Office"),
            [("", every), *((code, name) for code, name in names.items() if seen is None or code in seen)],
        ),
        "outcome": (say("ผล", "Outcome"), [("", every), *((one, say(*OUTCOME_WORDS[one])) for one in OUTCOMES)]),
    }
    return [
        {
            "name": name,
            "label": label,
            "options": [(value, words, value == str(getattr(asked, name))) for value, words in options],
        }
        for name, (label, options) in offered.items()
        if name in opened.register.filters
    ]


def _month_words(first: Any) -> str:
    return day_text(first).split(" ", 1)[1]


def _chips(opened: OpenRegister, names: dict[str, str]) -> list[Chip]:
    asked, here = opened.asked, reverse("payments:register", args=[opened.register.code])
    first = asked.first_of_month
    words = {
        "month": _month_words(first) if first else "",
        "scheme": scheme_words(asked.scheme) if asked.scheme else "",
        "office": names.get(asked.office, asked.office),
        "outcome": say(*OUTCOME_WORDS[asked.outcome]) if asked.outcome else "",
        "run": asked.run,
    }
    return [Chip(said, f"{here}?{urlencode(asked.without(name).as_words())}") for name, said in words.items() if said]
