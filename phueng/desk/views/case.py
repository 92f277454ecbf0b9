"""The page of one case, its files and its letters."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.applications.models import Application
from phueng.audit.actions import record_read
from phueng.decisions.queries import decisions_of
from phueng.design.wording import current_language
from phueng.desk.check_rows import checks_seen, version_of
from phueng.desk.queries import stage_of
from phueng.desk.stages import OFFICE, READERS
from phueng.desk.views.reached import read_case, reader, show_case, viewer_of, with_case
from phueng.documents.models import Content
from phueng.documents.queries import clean_content, letter_by_id, thumbnail_content
from phueng.verification.queries import checks_of, visits_of


@gate(*READERS)
@require_safe
@with_case
def case(request: Request, application: Application, at: datetime) -> HttpResponse:
    """Everything about one case on one screen."""
    return show_case(request, read_case(request, application, at))


@gate(*READERS)
@require_safe
@with_case
def checks(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The checks alone, for a page that stays open while they run. "Nothing new" opens no record, so it notes none."""
    shown = checks_of([application.pk])[application.pk]
    etag = f'"{version_of(shown, stage_of(application), current_language())}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    found = read_case(request, application, at)
    context = {
        "application": application,
        "case": found,
        "checks": checks_seen(found),
        "may_casework": found.role_here(*OFFICE) is not None,
        "has_moved_on": request.GET.get("since", found.stage.code) != found.stage.code,
    }
    response = render(request, "desk/case/checks.html", context)
    response["ETag"] = etag
    if not found.is_checking:
        response["X-Live"] = "over"
    return response


@gate(*READERS)
@require_safe
@with_case
def file(request: Request, application: Application, at: datetime, number: UUID) -> HttpResponse:
    """One examined photo or paper of the case or of a visit to it."""
    find = thumbnail_content if request.GET.get("small") else clean_content
    with transaction.atomic():
        subjects = [application.pk, *(visit.id for visit in visits_of(application.pk))]
        content = next((found for of in subjects if (found := find(number, subject_id=of))), None)
        if content is None:
            raise Http404
        if not request.GET.get("small"):
            # The small pictures belong to the opened case; looking at one closely is a look of its own.
            record_read(
                by=reader(viewer_of(request)), at=at, act="desk.open_file", subject=("evidence", number),
                person_id=application.person_id,
            )  # fmt: skip
    return _sent(content)


@gate(*READERS)
@require_safe
@with_case
def letter(request: Request, application: Application, at: datetime, number: UUID) -> HttpResponse:
    """One letter about the case, as PDF."""
    with transaction.atomic():
        found = letter_by_id(number)
        if found is None or found.file is None or not _is_about(found.subject_id, application):
            raise Http404
        record_read(
            by=reader(viewer_of(request)), at=at, act="desk.open_letter", subject=("letter", number),
            person_id=application.person_id,
        )  # fmt: skip
    return _sent(found.file)


def _is_about(subject_id: UUID, application: Application) -> bool:
    number = application.pk
    known = {number, *(visit.id for visit in visits_of(number))}
    return subject_id in known | {decision.pk for decision in decisions_of([number])[number].decisions}


def _sent(content: Content) -> HttpResponse:
    response = HttpResponse(bytes(content.content), content_type=content.mime)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Small pictures may rest in this browser for the length of a look, never in a shared cache.
    response["Cache-Control"] = "private, max-age=300" if content.mime.startswith("image/") else "no-store"
    return response
