"""Which questions wait for whom, and how does an officer note a new one?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.calendars.queries import clock_states
from phueng.design.pieces import Tab
from phueng.design.wording import current_language, say
from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries import queries
from phueng.recoveries.actions import note_overpayment
from phueng.recoveries.forms import NoteForm, with_problem
from phueng.recoveries.steps import is_for_enquiry
from phueng.recoveries.wording import CAUSE_WORDS, state_words, words
from phueng.schemes.catalogue import scheme

# What needs an officer first, what waits for the person, what is over.
GROUPS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "todo": ("รอเจ้าหน้าที่", "For us to do", ("noted", "asking", "heard", "assessed", "appealed")),
    "waiting": ("รอผู้รับ", "With the person", ("told", "decided", "repaying")),
    "over": ("เสร็จสิ้น", "Closed", ("settled", "nothing_owed", "dropped")),
}


@gate(*queries.READERS)
def board(request: Request) -> HttpResponse:
    """The list by what comes next, the oldest first."""
    viewer, at = request.viewer, now()
    chosen = request.GET.get("show", "todo")
    chosen = chosen if chosen in GROUPS else "todo"
    counts = queries.counts_for(viewer)
    paginator = Paginator(queries.listed_for(viewer, GROUPS[chosen][2]), 25)
    paginator.count = sum(counts.get(state, 0) for state in GROUPS[chosen][2])  # known already: spares a query
    page = paginator.get_page(request.GET.get("page"))
    tabs = [
        Tab(say(th, en), f"?show={code}", sum(counts.get(state, 0) for state in states), code == chosen)
        for code, (th, en, states) in GROUPS.items()
    ]
    context = {
        "tabs": tabs,
        "page": page,
        "rows": _rows(list(page.object_list), at),
        "may_note": viewer.has_role(*queries.OFFICERS),
        "as_of": at,
    }
    return render(request, "recoveries/board.html", context)


def _rows(found: list[Any], at: Any) -> list[dict[str, Any]]:
    on, lang = in_bangkok(at).date(), current_language()
    standings = queries.standings_of(found) if found else {}
    appeals = queries.appeal_ids_of([one.pk for one in found]) if found else {}
    clocks = clock_states([*(one.pk for one in found), *appeals.values()], on) if found else {}
    rows = []
    for one in found:
        clock = clocks.get(appeals.get(one.pk, one.pk))
        standing = standings[one.pk]
        state, th, en, next_th, next_en = state_words(one.state, is_for_enquiry=is_for_enquiry(one))
        overdue = one.state == "told" and one.hearing.answer_until < on
        rows.append(
            {
                "one": one,
                "payee": one.payee,
                "scheme": scheme(one.scheme_code).short_name.in_language(lang),
                "cause": words(CAUSE_WORDS, one.cause),
                "tone": "action" if overdue else state,
                "state": say("พ้นเวลาชี้แจง รอประเมิน", "No answer came: to be assessed") if overdue else say(th, en),
                "next": say(next_th, next_en),
                "clock": clock if clock is not None and clock.stopped_on is None else None,
                "until": one.hearing.answer_until if one.state == "told" and not overdue else standing.next_due_on,
                "standing": standing,
                "is_late": (clock is not None and clock.stopped_on is None and clock.is_late)
                or (one.state == "repaying" and standing.is_late(on)),
            }
        )
    return rows


@gate(*queries.OFFICERS)
def note(request: Request) -> HttpResponse:
    """First the number of the request; then which of its payments were not owed, and how much of each."""
    viewer = request.viewer
    reference = (request.POST.get("reference") or request.GET.get("reference", ""))[:40]
    lines = queries.paid_lines_of(viewer, reference) if reference else []
    form = NoteForm(request.POST if request.method == "POST" else None)
    typed = {line.pk: request.POST.get(f"sum-{line.pk}", "")[:40] for line, _ in lines}
    problems: dict[UUID, str] = {}
    if request.method == "POST":
        chosen, problems = _chosen(request, lines, typed)
        if form.is_valid() and not problems:
            try:
                if not chosen:
                    form.add_error(None, say("เลือกอย่างน้อยหนึ่งรายการ", "Choose at least one payment"))
                else:
                    made = note_overpayment(
                        by=viewer.actor(), at=now(), lines=chosen, cause=form.cleaned_data["cause"],
                        what_happened=form.cleaned_data["what_happened"],
                    )  # fmt: skip
                    messages.success(
                        request, say("บันทึกแล้ว ยังไม่มีใครถูกขอเงินคืน", "Noted. Nobody has been asked for anything yet")
                    )
                    return redirect("recoveries:case", reference=made.reference)
            except Refused as refused:
                form = with_problem(form, refused.problem)
    has_errors = request.method == "POST"
    context = {
        "reference": reference,
        "form": form,
        "lines": [
            {
                "line": line, "is_asked": asked, "typed": typed[line.pk], "problem": problems.get(line.pk, ""),
                "is_chosen": f"line-{line.pk}" in request.POST,
            }
            for line, asked in lines
        ],
        "is_unknown": bool(reference) and not lines,
        "back_url": reverse("recoveries:board"),
        "has_errors": has_errors,
    }  # fmt: skip
    return render(request, "recoveries/note.html", context, status=422 if has_errors else 200)


def _chosen(
    request: Request, lines: list[Any], typed: dict[UUID, str]
) -> tuple[dict[UUID, int | None], dict[UUID, str]]:
    """Ticked payments with their sums (None: all of it), and what is wrong with a sum."""
    chosen: dict[UUID, int | None] = {}
    problems: dict[UUID, str] = {}
    for line, asked in lines:
        if asked or f"line-{line.pk}" not in request.POST:
            continue
        try:
            chosen[line.pk] = parse_baht(typed[line.pk]) if typed[line.pk].strip() else None
        except Refused as refused:
            problems[line.pk] = refused.problem.in_full(current_language())
    return chosen, problems
