"""The bank says paid. Did the money arrive? The person says it alone, here, and may say it again.

Whoever gave the reference and the second thing may answer: it moves no money, and an auditor of no paying office reads it.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_public
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.design.wording import say
from phueng.kernel.problems import Refused
from phueng.spotchecks.actions import confirm_receipt, dispute_receipt
from phueng.spotchecks.forms import PartForm, with_problem
from phueng.spotchecks.queries import PaidSum, paid_sums_of
from phueng.spotchecks.wording import RECEIVED_WORDS, words
from phueng.tracking.queries import Timeline
from phueng.tracking.views.looking_up import citizen, look_up_page
from phueng.tracking.views.reached import with_timeline


def receipt_card(shown: Timeline) -> list[dict[str, str]]:
    """One card when something was paid; one query, whether there is anything or not."""
    sums = paid_sums_of(shown.application_id)
    if not sums:
        return []
    is_asked = any(not one.answer for one in sums)
    return [
        {
            "title": say("เงินถึงคุณแล้วหรือยัง", "Did the money reach you?"),
            "tone": "action" if is_asked else "",
            "words": say(
                "ธนาคารแจ้งว่าจ่ายแล้ว บอกเราว่าได้ครบหรือไม่ คำตอบไปถึงผู้ตรวจสอบ ไม่ใช่สำนักงานที่จ่าย",
                "The bank says it was paid. Tell us whether all of it came. Auditors read it, not the office that paid.",
            )
            if is_asked
            else say("คุณตอบแล้ว แก้คำตอบได้", "You have answered. You may change it."),
            "link": say("บอกเรา", "Tell us") if is_asked else say("ดูหรือแก้คำตอบ", "See or change it"),
            "url": _address(shown),
        }
    ]


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: Request, reference: str) -> HttpResponse:
    """The latest payments, what was said about each, and three buttons."""

    @with_timeline
    def reached(request: Request, shown: Timeline) -> HttpResponse:
        sums = paid_sums_of(shown.application_id)
        if not sums:
            return look_up_page(request, reference)
        if request.method != "POST":
            return _page(request, shown, sums)
        return _posted(request, shown, sums)

    return reached(request, reference)


def _posted(request: Request, shown: Timeline, sums: list[PaidSum]) -> HttpResponse:
    meant = next((one for one in sums if str(one.line_id) == request.POST.get("line")), None)
    act = request.POST.get("act", "")
    if meant is None or act not in ("full", "part", "none"):
        return _page(request, shown, sums)
    form = _form(meant, request.POST) if act == "part" else None
    if form is not None and not form.is_valid():
        return _page(request, shown, sums, {meant.line_id: form})
    said: dict[str, Any] = {"by": citizen(request), "at": now(), "line_id": meant.line_id}
    try:
        if act == "full":
            confirm_receipt(**said)
        else:
            dispute_receipt(**said, amount_satang=form.cleaned_data["amount_satang"] if form else None)
    except Refused as refused:
        bound = {meant.line_id: with_problem(form, refused.problem)} if form else {}
        return _page(request, shown, paid_sums_of(shown.application_id), bound)
    return HttpResponseRedirect(_address(shown))


def _page(
    request: Request, shown: Timeline, sums: list[PaidSum], bound: dict[UUID, PartForm] | None = None
) -> HttpResponse:
    bound = bound or {}
    context = {
        "shown": shown,
        "rows": [
            {"one": one, "form": bound.get(one.line_id) or _form(one), "is_bound": one.line_id in bound,
             "said": words(RECEIVED_WORDS, one.answer) if one.answer else ""}
            for one in sums
        ],
        "bound": list(bound.values()),
        "back_url": reverse("tracking:timeline", kwargs={"reference": shown.reference}),
    }  # fmt: skip
    return render(request, "tracking/receipts.html", context, status=422 if bound else 200)


def _form(one: PaidSum, typed: Any = None) -> PartForm:
    return PartForm(typed, prefix=one.reference)


def _address(shown: Timeline) -> str:
    return reverse("tracking:receipts", kwargs={"reference": shown.reference})
