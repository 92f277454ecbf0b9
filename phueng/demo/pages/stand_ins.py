"""How does somebody see what happens when the outside world fails? By switching a stand-in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_public
from phueng.demo import control
from phueng.demo.pages.demo_only import demo_only
from phueng.design.wording import say


@gate_public
@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def stand_ins(request: HttpRequest) -> HttpResponse:
    """The switches; posting turns one."""
    if request.method == "POST":
        _switch(request, request.POST.get("name", ""), request.POST.get("mode", ""))
        return HttpResponseRedirect(reverse("demo:stand_ins"))
    return render(request, "demo/stand_ins.html", {"panels": control.panels(), "back_url": "/demo/"})


def _switch(request: HttpRequest, name: str, code: str) -> None:
    mode = control.mode_of(name, code)
    if mode is None or not control.steer(name, mode.orders):
        messages.error(request, say("ติดต่อระบบจำลองไม่ได้", "The stand-in cannot be reached"))
        return
    messages.success(request, say("เปลี่ยนแล้ว: {mode}", "Switched: {mode}", mode=mode.words.in_language(say("th", "en"))))
