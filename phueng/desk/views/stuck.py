"""Whoever runs the service sees what stands still, and who took a bait; nobody's record is on this page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.desk.stuck import alarms, stuck
from phueng.desk.views.reached import viewer_of


@gate("administrator", "auditor")
@require_safe
def stuck_work(request: Request) -> HttpResponse:
    """What is stuck, since when; and alarms of the last month."""
    at = now()
    context = {
        "rows": stuck(at),
        "alarms": alarms(at),
        "at": at,
        "is_administrator": viewer_of(request).has_role("administrator"),
    }
    return render(request, "desk/stuck.html", context)
