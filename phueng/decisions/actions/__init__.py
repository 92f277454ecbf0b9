"""What can be done about a verified case: recommend, decide (alone or in committee), appeal, settle."""

from phueng.decisions.actions.appeal import lodge_appeal, settle_appeal
from phueng.decisions.actions.committee import (
    call_meeting,
    close_meeting,
    put_on_agenda,
    record_attendance,
    recuse,
    resolve_item,
)
from phueng.decisions.actions.decide import decide
from phueng.decisions.actions.recommend import recommend

__all__ = [
    "call_meeting",
    "close_meeting",
    "decide",
    "lodge_appeal",
    "put_on_agenda",
    "recommend",
    "record_attendance",
    "recuse",
    "resolve_item",
    "settle_appeal",
]
