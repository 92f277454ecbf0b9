"""What happened to my request, who has it, what comes next, until when?"""

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.access.viewers import Request
from phueng.applications import tickets
from phueng.design.pieces import Event, Row
from phueng.design.wording import current_language, say
from phueng.documents.queries import letter_of
from phueng.tracking import stream_tickets
from phueng.tracking.queries import Timeline, lookers_of, timeline_of_reference, version_of_reference
from phueng.tracking.views.looking_up import look_up_page
from phueng.tracking.views.questions import question_cards
from phueng.tracking.views.reached import with_timeline
from phueng.tracking.views.receipts import receipt_card

LETTER = "decisions/decision_letter"


@gate_public
@require_safe
@with_timeline
def timeline(request: Request, shown: Timeline) -> HttpResponse:
    """The whole page; its middle part is the same that `now` answers while the page stays open."""
    context = {
        **fragment_context(shown),
        "now_url": _address("now", shown),
        "events_url": events_url(shown),
        "lookers": lookers_of(shown.application_id, shown.person_id, current_language()),
        "questions": [*receipt_card(shown), *question_cards(shown)],
    }
    return render(request, "tracking/timeline.html", context)


@gate_public
@require_safe
def now(request: Request, reference: str) -> HttpResponse:
    """The part that changes by itself. "Nothing new" costs one question to the database and no page.

    When the ticket is over, what was shown is taken off the screen: the phone may lie on a table.
    """
    if not tickets.may_open(request, reference):
        return render(request, "tracking/over.html", {"reference": reference})
    seen = request.headers.get("If-None-Match", "")
    if seen:
        known = version_of_reference(reference)
        if known is not None and seen == _etag(known[1]):
            return HttpResponseNotModified(headers={"ETag": seen, **_stream(*known)})
    shown = timeline_of_reference(reference, current_language())
    if shown is None:
        return render(request, "tracking/over.html", {"reference": reference})
    response = render(request, "tracking/now.html", fragment_context(shown))
    response.headers["ETag"] = _etag(shown.version)
    for name, value in _stream(shown.application_id, shown.version).items():
        response.headers[name] = value
    return response


@gate_public
@require_safe
@with_timeline
def letter(request: Request, shown: Timeline) -> HttpResponse:
    """The letter about the last decision, as PDF."""
    found = letter_of(LETTER, shown.decision.id) if shown.decision else None
    if found is None or found.file is None:
        return look_up_page(request, shown.reference)
    response = HttpResponse(bytes(found.file.content), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="phueng-{shown.reference}.pdf"'
    return response


def fragment_context(shown: Timeline) -> dict[str, Any]:
    """What the changing part is drawn from."""
    return {
        "shown": shown,
        "events": [
            Event(step.title, step.at, step.state, step.body, url=_address(step.link, shown) if step.link else "")
            for step in shown.steps
        ],
        "reasons": _reason_rows(shown),
        "action": _action(shown),
    }


def _reason_rows(shown: Timeline) -> list[Row]:
    """Each rule: what it says, the value it was asked about and who said so."""
    if shown.decision is None:
        return []
    return [
        Row(
            label=_verdict(reason.passed),
            value=reason.sentence,
            source=reason.source,
            note=" · ".join(part for part in (reason.value, reason.law) if part),
        )
        for reason in shown.decision.reasons
    ]


def _verdict(passed: bool | None) -> str:
    if passed is None:
        return say("ยังไม่รู้", "Not known")
    return say("ผ่าน", "Met") if passed else say("ไม่ผ่าน", "Not met")


def _action(shown: Timeline) -> dict[str, str] | None:
    """The one thing to do now, if it is the applicant's turn."""
    application = {"reference": shown.reference}
    if shown.stage == "draft":
        return {"words": say("ตอบต่อ", "Go on"), "url": reverse("applications:go_on", kwargs=application)}
    if shown.stage == "missing":
        return {"words": say("ตอบข้อที่ขอ", "Answer now"), "url": reverse("applications:missing", kwargs=application)}
    if shown.may_state_account:
        return {"words": say("แจ้งบัญชี", "Give an account"), "url": _address("account", shown)}
    return None


def events_url(shown: Timeline) -> str:
    """The address of the event stream with a minute's ticket, or "" where there is none (polling goes on alone)."""
    return _stream(shown.application_id, shown.version).get("X-Events", "")


def _stream(application_id: Any, version: str) -> dict[str, str]:
    base = settings.PHUENG_EVENTS_URL.split(",")[0].rstrip("/")
    if not base:
        return {}
    ticket = stream_tickets.issue(application_id, version, key=settings.PHUENG_EVENT_TICKET_KEY, at=time.time())
    return {"X-Events": f"{base}/events?ticket={ticket}"}


def _etag(version: str) -> str:
    return f'"{version}-{current_language()}"'


def _address(page: str, shown: Timeline) -> str:
    return reverse(f"tracking:{page}", kwargs={"reference": shown.reference})
