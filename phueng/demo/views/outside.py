"""How do the systems outside behave today? A visitor may make them slow, silent or wrong."""

import json
from dataclasses import dataclass

import httpx
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from phueng.access.gates import gate_public
from phueng.design.wording import say

TIMEOUT_SECONDS = 3


@dataclass(frozen=True)
class Mode:
    """One way to behave: the order that its control panel takes, and what to expect."""

    name: str
    order: str
    th: str
    en: str


@dataclass(frozen=True)
class StandIn:
    """One system outside, and its moods."""

    name: str
    th: str
    en: str
    modes: tuple[Mode, ...]


STAND_INS = (
    StandIn(
        "civil_register", "ทะเบียนราษฎร", "Civil register",
        (
            Mode("ok", '{"mode": "ok"}', "ตอบปกติ", "Answers"),
            Mode("down", '{"mode": "down"}', "ไม่ตอบเลย: การตรวจต้องรอและลองใหม่ให้เห็น", "Silent: the check waits and retries, visibly"),
            Mode("slow", '{"mode": "slow", "delay": 20}', "ตอบช้ามาก", "Very slow"),
            Mode("malformed", '{"mode": "malformed"}', "ตอบมั่ว: ต้องไม่ถือว่าผ่าน", "Nonsense: must never count as passed"),
        ),
    ),
    StandIn(
        "sms", "ผู้ให้บริการข้อความ", "Text message operator",
        (
            Mode("ok", '{"mode": "ok"}', "ส่งปกติ", "Delivers"),
            Mode("hang_up", '{"mode": "hang_up"}', "วางสาย: ส่งใหม่เอง", "Hangs up: sent again by itself"),
            Mode("undeliverable", '{"mode": "undeliverable"}', "ส่งไม่ถึง: เป็นงานให้คนโทรหา", "Undeliverable: becomes a task for a person"),
        ),
    ),
    StandIn(
        "krungthai", "ธนาคารกรุงไทย", "Krungthai Bank",
        (
            Mode("ok", '{"hold": false, "return_accounts": {}, "unknown_lines": false}', "จ่ายทุกรายการ", "Pays everything"),
            Mode("hold", '{"hold": true}', "รับไว้ ยังไม่ตอบ", "Takes files, does not answer yet"),
            Mode("unknown", '{"unknown_lines": true}', "ตอบรายการที่เราไม่รู้จักมาด้วย", "Adds lines that we never sent"),
        ),
    ),
)  # fmt: skip


@gate_public
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Choose how each stand-in behaves."""
    if request.method == "POST":
        _steer(request)
        return redirect("demo:stand_ins")
    return render(request, "demo/stand_ins.html", {"stand_ins": STAND_INS})


def _steer(request: HttpRequest) -> None:
    chosen = next((one for one in STAND_INS if one.name == request.POST.get("stand_in")), None)
    mode = next((one for one in chosen.modes if one.name == request.POST.get("mode")), None) if chosen else None
    address = settings.PHUENG_STAND_INS.get(chosen.name, "") if chosen else ""
    if chosen is None or mode is None or not address:
        messages.error(request, say("ไม่มีระบบจำลองนี้ให้สั่ง", "There is no such stand-in to steer"))
        return
    try:
        httpx.post(f"{address}/control", json=json.loads(mode.order), timeout=TIMEOUT_SECONDS).raise_for_status()
    except httpx.HTTPError:
        messages.error(request, say("ระบบจำลองไม่ตอบ", "The stand-in does not answer"))
        return
    messages.success(request, f"{say(chosen.th, chosen.en)}: {say(mode.th, mode.en)}")
