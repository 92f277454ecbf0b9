"""The home visit on a phone: one page at a time, everything kept as typed, photos and the place where one stood."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.parking import typed_before
from phueng.access.viewers import Request
from phueng.applications.models import Application
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.design.pieces import Task
from phueng.design.wording import current_language, say
from phueng.desk.forms.casework import PlaceForm
from phueng.desk.queries import case_by_id
from phueng.desk.refusals import NOT_A_PLACE
from phueng.desk.stages import CASEWORK
from phueng.desk.views.casework import either_way
from phueng.desk.views.reached import actor_here, carry_out, case_url, reader, viewer_of, with_case
from phueng.documents.queries import EvidenceCard, evidence_of
from phueng.documents.refusals import MOST_BYTES, PROBLEMS
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import ascii_digits
from phueng.questionnaires.definitions import Page, visible_pages
from phueng.questionnaires.forms import PageForm, typed_from
from phueng.questionnaires.queries import Answers
from phueng.verification.actions import (
    add_visit_photo,
    finish_visit,
    note_visit_place,
    save_visit_answers,
    start_visit,
)
from phueng.verification.queries import VisitCard, visit_answers, visit_by_id
from phueng.verification.refusals import UnfinishedVisit
from phueng.verification.visit_form import visit_questionnaire


@dataclass(frozen=True, slots=True)
class Reached:
    """A visit that the viewer may work on, its case and the time of this look."""

    visit: VisitCard
    application: Application
    at: datetime


def with_visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn the number into the visit; of a case that is not theirs it is a 404 like one that is not there."""

    @functools.wraps(view)
    def reaching(request: Request, visit_id: UUID, **more: Any) -> HttpResponse:
        card = visit_by_id(visit_id)
        application = case_by_id(viewer_of(request), card.application_id) if card else None
        if card is None or application is None:
            raise Http404
        return view(request, Reached(card, application, now()), **more)

    return reaching


def _actor(request: Request, reached: Reached) -> Actor:
    return actor_here(viewer_of(request), reached.application, CASEWORK, may_lend=True)


@gate(*CASEWORK)
@either_way
@with_case
def begin(request: Request, application: Application, at: datetime) -> HttpResponse:
    """Start the visit of a case, or go on with the open one."""
    started: list[UUID] = []
    answer = carry_out(
        request, application, at, "visit",
        lambda by, said: started.append(start_visit(by=by, at=at, application_id=application.pk).pk),
        ("เปิดแบบเยี่ยมบ้านแล้ว ทุกคำตอบบันทึกให้เอง", "The visit form is open. Every answer is kept."),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("desk:visit", args=[started[0]])) if started else answer


@gate(*CASEWORK)
@require_safe
@with_visit
def overview(request: Request, reached: Reached) -> HttpResponse:
    """The pages of the form with what is still open, the place, and the end."""
    with transaction.atomic():
        record_read(
            by=reader(viewer_of(request)), at=reached.at, act="desk.open_visit", subject=("visit", reached.visit.id),
            person_id=reached.application.person_id,
        )  # fmt: skip
    return _show_overview(request, reached)


def _show_overview(
    request: Request, reached: Reached, place: PlaceForm | None = None, status: int = 200
) -> HttpResponse:
    answers = visit_answers(reached.visit.id)
    visit = reached.visit
    typed = {"latitude": visit.latitude, "longitude": visit.longitude, "accuracy": visit.accuracy_metres}
    context = {
        "visit": visit,
        "application": reached.application,
        "tasks": [_task(visit, page, answers) for page in _pages(answers)],
        "place": place or PlaceForm(initial=typed),
        "unfinished": len(answers.unfinished()),
        "back_url": case_url(reached.application),
        "has_errors": place is not None,
    }
    return render(request, "desk/visit.html", context, status=status)


def _pages(answers: Answers) -> tuple[Page, ...]:
    return visible_pages(answers.questionnaire, answers.values())


def _task(visit: VisitCard, page: Page, answers: Answers) -> Task:
    wrong = any(answers.problem(code) for code in page.questions)
    left = any(code in answers.unfinished() for code in page.questions)
    touched = any(answers.typed(code) is not None for code in page.questions)
    state, th, en = (
        ("late", "ต้องแก้", "To correct")
        if wrong
        else ("waiting", "ยังไม่ครบ", "Not complete")
        if left
        else (("done", "ครบแล้ว", "Complete") if touched else ("waiting", "ข้ามได้", "May be skipped"))
    )
    title = page.title_en if current_language() == "en" else page.title_th
    url = "" if visit.finished_at else reverse("desk:visit_page", args=[visit.id, page.code])
    return Task(title, url, state, say(th, en), note=" " if visit.finished_at else "")


@gate(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
@with_visit
def page(request: Request, reached: Reached, page_code: str) -> HttpResponse:
    """One page. Posting keeps it, valid or not, then goes on or shows what to correct."""
    form = visit_questionnaire()
    asked = next((one for one in form.pages if one.code == page_code), None)
    if asked is None:
        raise Http404
    if reached.visit.finished_at is not None:
        return HttpResponseRedirect(reverse("desk:visit", args=[reached.visit.id]))
    if request.method == "POST":
        return _keep(request, reached, asked)
    return _show_page(request, reached, asked)


def _keep(request: Request, reached: Reached, asked: Page) -> HttpResponse:
    form, visit = visit_questionnaire(), reached.visit
    try:
        by = _actor(request, reached)
        typed = typed_from(form, asked, request.POST)
        if typed:
            save_visit_answers(by=by, at=reached.at, visit_id=visit.id, page_code=asked.code, typed=typed)
        refusals = _take_photos(request, reached, asked, by)
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
        return HttpResponseRedirect(reverse("desk:visit", args=[visit.id]))
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=204)
    answers = visit_answers(visit.id)
    if refusals or any(answers.problem(code) for code in asked.questions):
        return _show_page(request, reached, asked, refusals=refusals, with_problems=True, status=422)
    if "stay" in request.POST or request.FILES:
        return HttpResponseRedirect(reverse("desk:visit_page", args=[visit.id, asked.code]))
    pages = _pages(answers)
    following = pages[pages.index(asked) + 1 :] if asked in pages else ()
    if following:
        return HttpResponseRedirect(reverse("desk:visit_page", args=[visit.id, following[0].code]))
    return HttpResponseRedirect(reverse("desk:visit", args=[visit.id]))


def _take_photos(request: Request, reached: Reached, asked: Page, by: Actor) -> dict[str, list[str]]:
    """Store what was attached; a file that cannot be taken is told beside its question, the others stay."""
    refusals: dict[str, list[str]] = {}
    for code in asked.questions:
        if visit_questionnaire().questions[code].kind != "photo":
            continue
        for file in request.FILES.getlist(code)[:20]:
            try:
                if (file.size or 0) > MOST_BYTES:
                    raise Refused(PROBLEMS["file_is_too_big"])
                add_visit_photo(
                    by=by, at=reached.at, visit_id=reached.visit.id, question_code=code, original_name=file.name or "",
                    content=file.read(),
                )  # fmt: skip
            except Refused as refused:
                refusals.setdefault(code, []).append(refused.problem.in_full(current_language()))
    return refusals


def _show_page(
    request: Request,
    reached: Reached,
    asked: Page,
    *,
    refusals: dict[str, list[str]] | None = None,
    with_problems: bool = False,
    status: int = 200,
) -> HttpResponse:
    visit, answers = reached.visit, visit_answers(reached.visit.id)
    parked = typed_before(request)
    pages = _pages(answers)
    here = pages.index(asked) if asked in pages else 0
    form = PageForm(
        visit_questionnaire(), asked, answers, with_problems=with_problems, refusals=refusals,
        typed=typed_from(visit_questionnaire(), asked, _as_posted(parked)) if parked else None,
    )  # fmt: skip
    before = (
        reverse("desk:visit_page", args=[visit.id, pages[here - 1].code])
        if here
        else reverse("desk:visit", args=[visit.id])
    )
    context = {
        "visit": visit,
        "application": reached.application,
        "page": asked,
        "form": form,
        "asked": form.asked(),
        "photos": _photos(visit),
        "back_url": before,
        "step": here + 1,
        "steps": len(pages),
        "has_errors": bool(form.errors),
    }
    return render(request, "desk/visit_page.html", context, status=status)


def _as_posted(parked: dict[str, list[str]]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in parked.items():
        posted.setlist(name, values)
    return posted


def _photos(visit: VisitCard) -> dict[str, list[EvidenceCard]]:
    found: dict[str, list[EvidenceCard]] = {}
    for card in evidence_of([visit.id]).get(visit.id, []):
        found.setdefault(card.slot, []).append(card)
    return found


@gate(*CASEWORK)
@require_POST
@with_visit
def place(request: Request, reached: Reached) -> HttpResponse:
    """Where the visitor stands: from the phone, or typed."""
    form = PlaceForm(request.POST)
    try:
        numbers = [_degrees(request.POST.get(name, "")) for name in ("latitude", "longitude")]
        accuracy = _degrees(request.POST.get("accuracy", "") or "0")
        note_visit_place(
            by=_actor(request, reached), at=reached.at, visit_id=reached.visit.id, latitude=numbers[0],
            longitude=numbers[1], accuracy_metres=accuracy or None,
        )  # fmt: skip
    except ValueError:
        form.add_error("latitude", NOT_A_PLACE.in_full(current_language()))
        return _show_overview(request, reached, form, status=422)
    except Refused as refused:
        form.add_error("latitude", refused.problem.in_full(current_language()))
        return _show_overview(request, reached, form, status=422)
    messages.success(request, say("บันทึกพิกัดแล้ว", "The place is noted."))
    return HttpResponseRedirect(reverse("desk:visit", args=[reached.visit.id]))


def _degrees(typed: str) -> float:
    number = float(ascii_digits(typed).strip().replace(",", "."))
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError("not a number of degrees")
    return number


@gate(*CASEWORK)
@require_POST
@with_visit
def finish(request: Request, reached: Reached) -> HttpResponse:
    """The visit is done: its form becomes a paper, and the check is answered."""
    try:
        finish_visit(by=_actor(request, reached), at=reached.at, visit_id=reached.visit.id)
    except UnfinishedVisit as unfinished:
        messages.warning(request, unfinished.problem.in_full(current_language()))
        first = visit_questionnaire().page_of(next(iter(unfinished.problems)))
        return HttpResponseRedirect(reverse("desk:visit_page", args=[reached.visit.id, first.code]))
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
        return HttpResponseRedirect(reverse("desk:visit", args=[reached.visit.id]))
    messages.success(
        request, say("เยี่ยมบ้านเสร็จแล้ว แบบ ปสค.1 กำลังจัดทำ", "The visit is finished. Form ปสค.1 is being made.")
    )
    return HttpResponseRedirect(case_url(reached.application))
