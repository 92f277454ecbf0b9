"""What can be done about money that was not owed: note, tell, hear, assess, decide, appeal, plan, pay back."""

from phueng.recoveries.actions.agree_plan import agree_plan
from phueng.recoveries.actions.answer_notice import answer_notice
from phueng.recoveries.actions.appeal import lodge_appeal, settle_appeal
from phueng.recoveries.actions.assess import assess
from phueng.recoveries.actions.consent import give_consent, revoke_consent
from phueng.recoveries.actions.decide import decide, send_back
from phueng.recoveries.actions.enquire import begin_enquiry, finish_enquiry
from phueng.recoveries.actions.note_overpayment import note_overpayment
from phueng.recoveries.actions.record_repayment import record_repayment
from phueng.recoveries.actions.tell_person import tell_person
from phueng.recoveries.actions.withdraw_note import withdraw_note

__all__ = [
    "agree_plan",
    "answer_notice",
    "assess",
    "begin_enquiry",
    "decide",
    "finish_enquiry",
    "give_consent",
    "lodge_appeal",
    "note_overpayment",
    "record_repayment",
    "revoke_consent",
    "send_back",
    "settle_appeal",
    "tell_person",
    "withdraw_note",
]
