"""How does one page of the form ask, keep and go on?"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phueng.access.gates import gate_public
from phueng.access.parking import typed_before
from phueng.access.viewers import Request
from phueng.applications.actions import add_photo, remove_photo, save_application_answers
from phueng.applications.photos import attached_photos
from phueng.applications.queries import answers_of_application
from phueng.applications.views.reached import Reached, not_here, with_application
from phueng.design.wording import current_language
from phueng.documents.queries import clean_content, thumbnail_content
from phueng.documents.refusals import MOST_BYTES, PROBLEMS
from phueng.kernel.problems import Problem, Refused
from phueng.questionnaires.definitions import (
    Page,
    Questionnaire,
    first_unfinished_page,
    next_page,
    previous_page,
    visible_pages,
)
from phueng.questionnaires.forms import PageForm, typed_from
from phueng.questionnaires.queries import Answers
from phueng.schemes.catalogue import questionnaire, scheme


@gate_public
@require_safe
@with_application
def go_on(request: Request, reached: Reached) -> HttpResponse:
    """A bookmark of the request itself: to the first unfinished page, the check, or what happened to it."""
    return HttpResponseRedirect(next_address(reached))


def next_address(reached: Reached) -> str:
    """Where a person who comes back goes on."""
    application = reached.application
    if application.state != "draft":
        return reverse("applications:done", kwargs={"reference": application.reference})
    answers = answers_of_application(application)
    unfinished = first_unfinished_page(answers.questionnaire, answers.values())
    return page_address(application.reference, unfinished) if unfinished else _check_address(application.reference)


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_application
def page(request: Request, reached: Reached, page_code: str) -> HttpResponse:
    """One decision. Posting keeps everything typed, right or wrong, then goes on or shows what to correct."""
    application = reached.application
    form = questionnaire(application.scheme_code)
    asked = _page(form, page_code)
    if asked is None:
        return not_here(request)
    if application.state != "draft":
        return HttpResponseRedirect(next_address(reached))
    if request.method == "POST":
        return _keep_and_go_on(request, reached, form, asked)
    answers = answers_of_application(application)
    page_form = PageForm(
        form,
        asked,
        answers,
        with_problems="problems" in request.GET,
        typed=_parked(request, form, asked),
        refusals=_refused_photos(request),
    )
    return render(request, "applications/page.html", _context(request, reached, asked, answers, page_form))


@gate_public
@require_POST
@with_application
def save(request: Request, reached: Reached, page_code: str) -> HttpResponse:
    """Keep a half-typed page in the background. A wrong answer is as welcome as a right one."""
    form = questionnaire(reached.application.scheme_code)
    asked = _page(form, page_code)
    if asked is None:
        return not_here(request)
    try:
        _save(reached, form, asked, request.POST)
    except Refused:
        return HttpResponse(status=409)  # sent or withdrawn meanwhile: the page itself will say so
    return HttpResponse(status=204)


@gate_public
@require_safe
@with_application
def photo(request: Request, reached: Reached, evidence_id: UUID) -> HttpResponse:
    """The examined copy of one photo of this request, or its thumbnail; never the file as it came."""
    ask = thumbnail_content if request.GET.get("size") == "small" else clean_content
    found = ask(evidence_id, subject_id=reached.application.id)
    if found is None:
        return not_here(request)
    response = HttpResponse(bytes(found.content), content_type=found.mime)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def page_address(reference: str, asked: Page, **query: str) -> str:
    """The address of one page of one request."""
    address = reverse("applications:page", kwargs={"reference": reference, "page_code": asked.code})
    parts = QueryDict(mutable=True)
    parts.update(query)
    return f"{address}?{parts.urlencode()}" if query else address


def _check_address(reference: str) -> str:
    return reverse("applications:check", kwargs={"reference": reference})


def _page(form: Questionnaire, page_code: str) -> Page | None:
    return next((one for one in form.pages if one.code == page_code), None)


def _keep_and_go_on(request: Request, reached: Reached, form: Questionnaire, asked: Page) -> HttpResponse:
    """Save, then answer with a redirect: refresh and back never send a page twice."""
    reference = reached.application.reference
    back_to_check = {"return": "check"} if request.POST.get("return") == "check" else {}
    try:
        problems = _save(reached, form, asked, request.POST)
        took_all = _take_photos(request, reached, form, asked)
        _remove_photo(request, reached, asked)
    except Refused:
        return HttpResponseRedirect(next_address(reached))  # sent from another phone meanwhile
    answers = answers_of_application(reached.application)
    stays = "stay" in request.POST or "remove" in request.POST or not took_all
    if stays or PageForm(form, asked, answers).has_grown(request.POST):
        return HttpResponseRedirect(page_address(reference, asked, **back_to_check))
    if problems:
        return HttpResponseRedirect(page_address(reference, asked, problems="1", **back_to_check))
    if back_to_check:
        unfinished = first_unfinished_page(form, answers.values())
        return HttpResponseRedirect(
            page_address(reference, unfinished, **back_to_check) if unfinished else _check_address(reference)
        )
    following = next_page(form, asked.code, answers.values())
    return HttpResponseRedirect(page_address(reference, following) if following else _check_address(reference))


def _save(reached: Reached, form: Questionnaire, asked: Page, posted: QueryDict) -> dict[str, Problem]:
    typed = typed_from(form, asked, posted)
    if not typed:
        return {}
    return save_application_answers(
        by=reached.by, at=reached.at, application_id=reached.application.id, page_code=asked.code, typed=typed
    )


def _take_photos(request: Request, reached: Reached, form: Questionnaire, asked: Page) -> bool:
    """Store what was attached; a file that cannot be taken is told beside its question and the others stay.

    Returns whether every file was taken. A photo page that was passed without a photo counts as answered.
    """
    took_all = True
    photo_codes = [code for code in asked.questions if form.questions[code].kind == "photo"]
    for code in photo_codes:
        for file in request.FILES.getlist(code)[:20]:
            try:
                if (file.size or 0) > MOST_BYTES:
                    raise Refused(PROBLEMS["file_is_too_big"])
                add_photo(
                    by=reached.by,
                    at=reached.at,
                    application_id=reached.application.id,
                    question_code=code,
                    original_name=file.name or "",
                    content=file.read(),
                )
            except Refused as refused:
                took_all = False
                messages.error(request, refused.problem.in_full(current_language()), extra_tags=code)
    if photo_codes:
        answers = answers_of_application(reached.application)
        passed: dict[str, Any] = {code: [] for code in photo_codes if answers.typed(code) is None}
        if passed:
            save_application_answers(
                by=reached.by,
                at=reached.at,
                application_id=reached.application.id,
                page_code=asked.code,
                typed=passed,
            )
    return took_all


def _remove_photo(request: Request, reached: Reached, asked: Page) -> None:
    """`remove` is "<question>:<evidence id>"; anything else was not made by our page and is passed over."""
    code, _, number = request.POST.get("remove", "").partition(":")
    try:
        evidence_id = UUID(number)
    except ValueError:
        return
    if code in asked.questions:
        remove_photo(
            by=reached.by,
            at=reached.at,
            application_id=reached.application.id,
            question_code=code,
            evidence_id=evidence_id,
        )


def _refused_photos(request: Request) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in messages.get_messages(request):
        found.setdefault(str(message.extra_tags), []).append(str(message))
    return found


def _parked(request: Request, form: Questionnaire, asked: Page) -> dict[str, Any]:
    """What an officer had typed here when the session ended."""
    lists = typed_before(request) if "parked" in request.GET else {}
    if not lists:
        return {}
    posted = QueryDict(mutable=True)
    for name, values in lists.items():
        posted.setlist(name, values)
    return typed_from(form, asked, posted)


def _context(request: Request, reached: Reached, asked: Page, answers: Answers, form: PageForm) -> dict[str, Any]:
    application = reached.application
    shown = visible_pages(answers.questionnaire, answers.values())
    returns = request.GET.get("return") == "check"
    before = previous_page(answers.questionnaire, asked.code, answers.values())
    if returns:
        back_url = _check_address(application.reference)
    elif before is not None:
        back_url = page_address(application.reference, before)
    else:
        back_url = reverse("applications:start", kwargs={"scheme_code": application.scheme_code})
    has_photos = any(one.is_photo for one in form.asked())
    return {
        "application": application,
        "scheme": scheme(application.scheme_code),
        "page": asked,
        "form": form,
        "asked": form.asked(),
        "has_errors": bool(form.errors),
        "photos": attached_photos(application) if has_photos else {},
        "returns": returns,
        "back_url": back_url,
        "step": shown.index(asked) + 1 if asked in shown else None,
        "steps": len(shown) + 1,
        "is_counter": reached.lane == "counter",
        "messages": (),  # those about photos stand beside their question
        "save_url": reverse("applications:save", kwargs={"reference": application.reference, "page_code": asked.code}),
    }
