"""The queue: what waits, sorted by the time that is left, and whom nobody could reach."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.limits import allow
from phueng.access.viewers import Request, Viewer
from phueng.applications.models import Application
from phueng.applications.queries import applications_for
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.decisions.queries import open_appeals
from phueng.design.pieces import Chip, Tab
from phueng.design.wording import current_language, say
from phueng.desk import queries
from phueng.desk.forms.casework import UnreachedForm
from phueng.desk.forms.fields import add_refusal
from phueng.desk.refusals import FIELDS, SEARCHED_TOO_OFTEN
from phueng.desk.stages import OFFICE, READERS
from phueng.desk.views.reached import actor_here, oneself, reader, viewer_of
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.notices.actions import settle_unreached as settle_task
from phueng.notices.queries import unreached_for, unreached_open
from phueng.schemes.catalogue import schemes

PAGE = 25
SEARCHES = 100
WITHIN = timedelta(minutes=10)
TABS = (
    ("mine", "รอคุณทำ", "Your turn"),
    ("all", "ที่เปิดอยู่ทั้งหมด", "All open"),
    ("late", "เกินกำหนด", "Late"),
    ("new", "รอคัดกรอง", "To triage"),
    ("applicant", "รอผู้ขอ", "With the applicant"),
    ("budget", "รองบประมาณ", "Waiting for budget"),
)


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that was told how many rows there are, so that they are not counted twice."""

    def __init__(self, rows: Any, size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count


@gate(*READERS)
@require_safe
def queue(request: Request) -> HttpResponse:
    """One queue for every role, with the tab that is theirs open first."""
    viewer, at = viewer_of(request), now()
    on = in_bangkok(at).date()
    typed = clean_text(request.GET.get("q", ""), 100)
    wanted = request.GET.get("scheme", "")
    scheme_code = wanted if wanted in {one.code for one in schemes()} else ""
    first = "all" if viewer.roles <= {"auditor"} else "mine"
    show = request.GET.get("show", "") or first
    problem = None
    if typed and not allow(f"desk-search:{viewer.account_id}", most=SEARCHES, within=WITHIN):
        typed, problem = "", SEARCHED_TOO_OFTEN
    counts = queries.counts_of_queue(viewer, on, scheme_code)
    if typed:
        page = _found(viewer, typed, request, at)
    elif show == "done":
        page = _page(queries.closed_cases(viewer), request, None)
    else:
        rows = queries.open_cases(viewer, scheme_code).filter(queries.shown_as(show, viewer, on))
        page = _page(queries.in_order(rows), request, counts.get(show, counts["all"]))
    context = {
        "tabs": _tabs(viewer, counts, "" if typed else show, scheme_code),
        "chips": _chips(request, typed, scheme_code),
        "page": page,
        "rows": queries.queue_rows(list(page.object_list), at),
        "typed": typed,
        "problem": problem.in_full(current_language()) if problem else "",
        "show": show,
        "scheme_code": scheme_code,
        "schemes": schemes(),
        "news": [] if typed else queries.news_for(viewer, at),
        "shows_office": len(viewer.office_ids(*OFFICE, "approver")) != 1 or bool(viewer.asked_case_ids()),
        "at": at,
    }
    return render(request, "desk/queue.html", context, status=429 if problem else 200)


def _found(viewer: Viewer, typed: str, request: Request, at: datetime) -> Page[Application]:
    with transaction.atomic():
        # A search brings a hundred at most: fetched once, they need not be counted as well.
        rows = list(queries.in_order(queries.search_cases(viewer, typed)))
        page: Page[Application] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        record_read(by=reader(viewer), at=at, act="desk.search", subject=oneself(viewer), why=typed)
    return page


def _page(rows: QuerySet[Application], request: Request, count: int | None) -> Page[Application]:
    paginator: Paginator[Application] = Paginator(rows, PAGE) if count is None else CountedPaginator(rows, PAGE, count)
    return paginator.get_page(request.GET.get("page"))


def _tabs(viewer: Viewer, counts: dict[str, int], show: str, scheme_code: str) -> list[Tab]:
    here = reverse("desk:queue")
    tabs = [
        Tab(say(th, en), _address(here, show=code, scheme=scheme_code), counts[code], is_current=code == show)
        for code, th, en in TABS
        if code != "mine" or not viewer.roles <= {"auditor"}
    ]
    mine = applications_for(viewer).values("pk")
    tabs.append(
        Tab(
            say("ติดต่อไม่ได้", "Not reached"),
            reverse("desk:unreached"),
            unreached_open().filter(subject_id__in=mine).count(),
        )
    )
    if viewer.has_role("approver"):
        tabs.append(Tab(say("อุทธรณ์", "Appeals"), reverse("desk:appeals"), open_appeals(viewer).count()))
    tabs.append(Tab(say("เสร็จแล้ว", "Finished"), _address(here, show="done"), is_current=show == "done"))
    return tabs


def _chips(request: Request, typed: str, scheme_code: str) -> list[Chip]:
    chips = []
    if typed:
        chips.append(Chip(say("ค้นหา: {q}", "Search: {q}", q=typed), _without(request, "q")))
    for one in schemes():
        if one.code == scheme_code:
            chips.append(Chip(one.short_name.in_language(current_language()), _without(request, "scheme")))
    return chips


def _address(path: str, **said: str) -> str:
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{path}?{query}" if query else path


def _without(request: Request, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@gate(*READERS)
@require_safe
def unreached(request: Request) -> HttpResponse:
    """News that no message could bring: somebody calls, writes or goes there."""
    return _show_unreached(request)


@gate(*OFFICE)
@require_POST
def settle_unreached(request: Request, task_id: UUID) -> HttpResponse:
    """The person was told in another way; how is written down."""
    viewer = viewer_of(request)
    mine = applications_for(viewer)
    task = unreached_open().filter(pk=task_id).first()
    application = mine.filter(pk=task.subject_id).first() if task else None
    if task is None or application is None:
        known = next((card for card in unreached_for(mine.values("pk"), is_open=False) if card.id == task_id), None)
        if known is None:
            raise Http404
        messages.info(request, say("เพื่อนร่วมงานจัดการแล้ว: {how}", "A colleague has settled it: {how}", how=known.outcome))
        return HttpResponseRedirect(reverse("desk:unreached"))
    form = UnreachedForm(request.POST, auto_id=f"id-{task_id}-%s")
    if form.is_valid():
        try:
            by = actor_here(viewer, application, OFFICE)
            settle_task(by=by, at=now(), task_id=task_id, outcome=form.cleaned_data["outcome"])
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("บันทึกแล้วว่าแจ้งผู้ขออย่างไร", "Noted how the person was told."))
            return HttpResponseRedirect(reverse("desk:unreached"))
    return _show_unreached(request, {task_id: form}, status=422)


def _show_unreached(
    request: Request, bound: dict[UUID, UnreachedForm] | None = None, status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    mine = applications_for(viewer)
    tasks = unreached_for(mine.values("pk"))[:PAGE]
    about = {one.pk: one for one in mine.filter(pk__in=[task.subject_id for task in tasks])}
    forms = bound or {}
    rows = [
        (task, about[task.subject_id], forms.get(task.id) or UnreachedForm(auto_id=f"id-{task.id}-%s"))
        for task in tasks
        if task.subject_id in about
    ]
    context = {
        "rows": rows,
        "may_settle": viewer.has_role(*OFFICE),
        "bound": list(forms.values()),
        "has_errors": bool(forms),
    }
    return render(request, "desk/unreached.html", context, status=status)
