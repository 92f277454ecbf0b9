"""What can be done about a verified case: borrow a hand, recommend, decide (alone or in committee), appeal, settle."""

from phueng.decisions.actions.appeal import lodge_appeal, settle_appeal
from phueng.decisions.actions.borrow import ask_for_hand, give_back_hand
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
    "ask_for_hand",
    "call_meeting",
    "close_meeting",
    "decide",
    "give_back_hand",
    "lodge_appeal",
    "put_on_agenda",
    "recommend",
    "record_attendance",
    "recuse",
    "resolve_item",
    "settle_appeal",
]
