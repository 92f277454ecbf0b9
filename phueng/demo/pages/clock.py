"""What does a case look like in a week? The demo's clock can be moved; real installations cannot do this."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_public
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now, set_clock_offset
from phueng.demo.pages.demo_only import demo_only
from phueng.demo.queries import clock_shift
from phueng.design.wording import say

_CLOCK = UUID(int=1)
_LONGEST = timedelta(days=400)
STEPS = ((1, "1 วัน", "1 day"), (3, "3 วัน", "3 days"), (7, "1 สัปดาห์", "1 week"), (16, "16 วัน", "16 days"))


@gate_public
@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: HttpRequest) -> HttpResponse:
    """What time it is here; posting `days` moves on, posting nothing goes back to real time."""
    if request.method == "POST":
        _move(request, request.POST.get("days", ""))
        return HttpResponseRedirect(reverse("demo:clock"))
    shift = clock_shift()
    context = {"moment": now(), "days": round(shift / timedelta(days=1), 1), "is_moved": bool(shift), "steps": STEPS}
    return render(request, "demo/clock.html", context | {"back_url": "/demo/"})


def _move(request: HttpRequest, days: str) -> None:
    wanted = timedelta(0) if not days.isdecimal() else clock_shift() + timedelta(days=int(days[:3]))
    if wanted > _LONGEST:
        messages.error(request, say("เลื่อนได้ไม่เกิน 400 วัน", "At most 400 days"))
        return
    with transaction.atomic():
        set_clock_offset(wanted)
        record(
            by=SYSTEM("demo"), at=now(), act="demo.move_clock", subject=("clock", _CLOCK), after={"days": str(wanted)}
        )
    messages.success(request, say("ตั้งเวลาแล้ว", "The clock is set"))
