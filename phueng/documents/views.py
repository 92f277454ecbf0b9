"""Who gets a file, and how does anybody check a letter?"""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.access.limits import address_of, allow
from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.design.pieces import Row
from phueng.design.wording import current_language, say
from phueng.documents.actions import note_reading
from phueng.documents.file_kinds import JPEG
from phueng.documents.letter_numbers import kind_name, letter_number
from phueng.documents.models import Content
from phueng.documents.queries import letter_by_code, letter_by_id, shown_copy
from phueng.documents.tickets import Ticket, read_ticket
from phueng.kernel.references import format_reference, normalise_reference
from phueng.kernel.thai_dates import format_date, in_bangkok
from phueng.places.queries import office

CHECKS_AN_HOUR = 60


@gate_public
@require_safe
def evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """One file for whoever holds a ticket. No ticket, a ticket that is over and no file look alike."""
    ticket = _ticket(request, evidence_id, "evidence", "thumbnail")
    if ticket is None:
        return _not_here(request)
    is_thumbnail = ticket.what == "thumbnail"
    copy = shown_copy(evidence_id, is_thumbnail=is_thumbnail)
    if copy is None:
        return _not_here(request)
    if not is_thumbnail:
        _note(request, "evidence", evidence_id)
    extension = "jpg" if copy.mime == JPEG.mime else "pdf"
    return _served(copy, f"phueng-{evidence_id.hex[:8]}.{extension}", is_shown=copy.mime == JPEG.mime)


@gate_public
@require_safe
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter as PDF, for whoever holds a ticket."""
    if _ticket(request, letter_id, "letter") is None:
        return _not_here(request)
    letter = letter_by_id(letter_id)
    if letter is None or letter.file is None:
        return _not_here(request)
    _note(request, "letter", letter_id)
    # We wrote this PDF ourselves, so a browser may show it.
    return _served(letter.file, f"phueng-{letter.running_no}-{letter.year_be}.pdf", is_shown=True)


@gate_public
@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """The field for the code that stands on a letter."""
    typed = request.GET.get("code", "")[:60]
    code = normalise_reference(typed) if typed else None
    if code is not None:
        return HttpResponseRedirect(reverse("documents:check_letter", args=[code]))
    return render(
        request, "documents/ask_code.html", {"typed": typed, "is_wrong": bool(typed), "has_errors": bool(typed)}
    )


@gate_public
@require_safe
def check_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Genuine or not: number, office, day, kind and the file's checksum, and nothing about anybody."""
    if not allow(f"letter checks from {address_of(request.META)}", most=CHECKS_AN_HOUR, within=timedelta(hours=1)):
        return render(request, "documents/too_many_checks.html", status=429)
    letter = letter_by_code(code[:60])
    if letter is None or letter.file is None or letter.made_at is None:
        return render(request, "documents/letter_not_found.html", {"code": code[:60]}, status=404)
    known = office(letter.office_code)
    rows = [
        Row(say("เป็น", "Kind"), say(*kind_name(letter.kind))),
        Row(say("เลขที่", "Number"), letter_number(letter)),
        Row(say("ออกโดย", "Issued by"), say(known.name_th, known.name_en) if known is not None else letter.office_code),
        Row(say("วันที่", "Date"), format_date(in_bangkok(letter.asked_at).date(), current_language())),
        Row(say("รหัสตรวจ", "Code"), format_reference(letter.verify_code)),
    ]
    shown = {"rows": rows, "sha256": letter.file.sha256}
    return render(request, "documents/letter_genuine.html", shown)


def _ticket(request: HttpRequest, one: UUID, *kinds: str) -> Ticket | None:
    ticket = read_ticket(request.GET.get("ticket", ""))
    if ticket is None or ticket.id != one or ticket.what not in kinds:
        return None
    if ticket.account_id is not None and ticket.account_id != _viewer(request).account_id:
        return None
    return ticket


def _viewer(request: HttpRequest) -> Viewer:
    return request.viewer  # type: ignore[attr-defined,no-any-return]


def _note(request: HttpRequest, what: str, one: UUID) -> None:
    viewer = _viewer(request)
    if viewer.is_signed_in:
        note_reading(by=viewer.actor(), at=now(), what=what, file_id=one)


def _served(copy: Content, name: str, *, is_shown: bool) -> HttpResponse:
    """Never guessed at by a browser, never run, never kept by a cache."""
    response = HttpResponse(bytes(copy.content), content_type=copy.mime)
    response.headers["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _not_here(request: HttpRequest) -> HttpResponse:
    return render(request, "documents/file_not_here.html", status=404)
