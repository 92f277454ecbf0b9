"""What would it be like in ten days? The demonstration's clock can be moved."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from phueng.access.gates import gate_public
from phueng.audit.clock import now, set_clock_offset
from phueng.design.wording import say

DAYS = (0, 1, 5, 10, 15, 31)


@gate_public
def clock(request: HttpRequest) -> HttpResponse:
    """Move the service's clock by whole days; deadlines, late marks and months due follow."""
    if request.method == "POST":
        days = request.POST.get("days", "")
        if days.isascii() and days.isdigit() and int(days) in DAYS:
            set_clock_offset(timedelta(days=int(days)))
            messages.success(request, say("ตั้งเวลาแล้ว", "The clock is set"))
        return redirect("demo:clock")
    return render(request, "demo/clock.html", {"days": DAYS, "moment": now()})
