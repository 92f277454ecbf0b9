"""How is a promised day said, so that the day and the days left stand together?"""

from datetime import date
from typing import Literal

from phueng.design.times import weekday_text
from phueng.design.wording import say

Unit = Literal["working", "calendar"]
UNIT_WORDS: dict[str, tuple[str, str, str]] = {
    "working": ("วันทำการ", "working day", "working days"),
    "calendar": ("วัน", "day", "days"),
}


def promise_text(due_on: date, days_left: int, *, unit: Unit = "working", paused: bool = False) -> str:
    """ "ภายใน 3 วันทำการ (ศุกร์ 27 พ.ย. 2569)"; days below zero are days late."""
    day = weekday_text(due_on)
    th, one, many = UNIT_WORDS[unit]
    slots = {"n": abs(days_left), "days_th": th, "days": one if abs(days_left) == 1 else many, "day": day}
    if paused:
        return say("หยุดนับเวลาไว้ก่อน เหลืออีก {n} {days_th}", "Clock paused with {n} {days} left", **slots)
    if days_left < 0:
        return say("เลยกำหนด {n} {days_th} (ครบกำหนด{day})", "{n} {days} late (was due {day})", **slots)
    if days_left == 0:
        return say("ภายในวันนี้ ({day})", "Today ({day})", **slots)
    return say("ภายใน {n} {days_th} ({day})", "Within {n} {days} ({day})", **slots)


def promise_state(days_left: int, *, paused: bool = False) -> str:
    """The state whose colour and icon the promise wears. The last day already asks for action."""
    if paused:
        return "stopped"
    if days_left < 0:
        return "late"
    return "action" if days_left == 0 else "waiting"
