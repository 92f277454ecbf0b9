"""Which few words do the desk's templates need beside the design tags?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template

from phueng.applications.models import Application
from phueng.design.wording import current_language, say
from phueng.desk import history, showing
from phueng.desk.households import role_words as words_of_role
from phueng.desk.queries import stage_of
from phueng.kernel.bank_accounts import banks
from phueng.kernel.phones import format_phone
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import scheme

register = template.Library()

NEWS = {
    "submitted": ("คำขอใหม่", "New application"),
    "answered": ("ผู้ขอตอบแล้ว", "The applicant answered"),
    "transferred": ("โอนมาจากสำนักงานอื่น", "Moved here"),
    "appealed": ("อุทธรณ์", "Appeal"),
}
OUTCOMES = {
    "approve": ("ควรช่วยเหลือ", "Help"),
    "refuse": ("ไม่อนุมัติ", "Refuse"),
    "wait_budget": ("รองบประมาณ", "Wait for budget"),
    "postpone": ("เลื่อน", "Postponed"),
    "approved": ("อนุมัติ", "Approved"),
    "refused": ("ไม่อนุมัติ", "Refused"),
    "upheld": ("ยืนตามคำสั่งเดิม", "The decision stands"),
    "reversed": ("ให้พิจารณาใหม่", "To be decided anew"),
    "late": ("ยื่นเกินกำหนด", "Lodged too late"),
}
STANDINGS = {
    "coming": ("waiting", "ยังไม่เริ่ม", "Not yet"),
    "running": ("done", "กำลังได้รับ", "Running"),
    "held": ("stopped", "พักการจ่าย", "Suspended"),
    "ended": ("stopped", "สิ้นสุดแล้ว", "Ended"),
}


@register.filter
def is_beside_queue(path: str, address: str) -> bool:
    """Every address of the desk begins with the queue's; only cases and what hangs on the queue belong to it."""
    below = ("applications/", "unreached/", "appeals/")
    return address == "/desk/" and not path.startswith(tuple(f"/desk/{one}" for one in below))


@register.filter
def short_place(place: Any) -> str:
    """Subdistrict and district, short enough for a list."""
    return showing.short_place(place)


@register.filter
def clock_time(moment: datetime) -> str:
    """14.30 as Thai clocks are read, 14:30 in English; Bangkok time."""
    local = in_bangkok(moment)
    return say(f"{local:%H.%M}", f"{local:%H:%M}")


@register.filter
def news_words(code: str) -> str:
    """What is new, in the language of the page."""
    return say(*NEWS[code])


@register.filter
def outcome_words(code: str) -> str:
    """A recommendation, decision or resolution in words."""
    return say(*OUTCOMES.get(code, (code, code))) if code else ""


@register.filter
def standing_words(code: str) -> str:
    """How an entitlement stands."""
    return say(*STANDINGS[code][1:])


@register.filter
def standing_sign(code: str) -> str:
    """The sign that goes with it."""
    return STANDINGS[code][0]


@register.filter
def role_words(role: str) -> str:
    """A role in words."""
    return words_of_role(role)


@register.filter
def act_words(act: str) -> str:
    """An act of the journal in words."""
    return history.act_words(act)


@register.filter
def of_question(photos: Mapping[str, Sequence[Any]], code: str) -> Sequence[Any]:
    """The photos that hang on one photo question."""
    return photos.get(code, ())


@register.filter
def spoken_phone(number: str) -> str:
    """A telephone number in groups, as people say it."""
    return format_phone(number)


@register.filter
def bank_name(code: str) -> str:
    """The bank behind a code; the code itself when it is unknown."""
    bank = banks().get(code)
    return say(bank.name_th, bank.name_en) if bank else code


@register.filter
def scheme_words(thing: Any) -> str:
    """The short name of the scheme of an application, entitlement or delegation."""
    return scheme(thing.scheme_code).short_name.in_language(current_language())


@register.filter
def stage_words(application: Application) -> str:
    """The stage of an application that came with one."""
    return stage_of(application).words


@register.filter
def stage_sign(application: Application) -> str:
    """The sign of that stage."""
    return stage_of(application).sign
