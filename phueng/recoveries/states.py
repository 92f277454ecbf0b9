"""Which step may follow which when money was paid that was not owed, and whose hand does it?

from · act · to · who. The database's own guard is written from this table; no other file names a transition.
"""

TRANSITIONS = (
    ("noted", "tell_person", "told", "officer"),
    ("noted", "begin_enquiry", "asking", "officer"),
    ("noted", "withdraw_note", "dropped", "officer"),
    ("told", "answer_notice", "heard", "citizen officer"),
    ("told", "assess", "assessed", "officer"),
    ("told", "withdraw_note", "dropped", "officer"),
    ("heard", "assess", "assessed", "officer"),
    ("heard", "withdraw_note", "dropped", "officer"),
    ("asking", "assess", "assessed", "officer"),
    ("asking", "withdraw_note", "dropped", "officer"),
    ("assessed", "send_back", "heard", "approver"),
    ("assessed", "decide", "decided", "approver"),
    ("assessed", "decide", "nothing_owed", "approver"),
    ("decided", "lodge_appeal", "appealed", "citizen officer"),
    ("repaying", "lodge_appeal", "appealed", "citizen officer"),
    ("appealed", "settle_appeal", "decided", "approver elsewhere"),
    ("appealed", "settle_appeal", "nothing_owed", "approver elsewhere"),
    ("appealed", "settle_appeal", "settled", "approver elsewhere"),
    ("decided", "agree_plan", "repaying", "citizen officer"),
    ("decided", "record_repayment", "repaying", "finance"),
    ("decided", "record_repayment", "settled", "finance"),
    ("repaying", "record_repayment", "settled", "finance"),
)

STATES = tuple(dict.fromkeys(state for row in TRANSITIONS for state in (row[0], row[2])))
# Where nothing more is asked of anybody.
OVER = ("nothing_owed", "settled", "dropped")
OPEN = tuple(state for state in STATES if state not in OVER)
# Where money asked back may come in; what the bank returns for somebody who died comes in while we ask.
TAKES_MONEY = ("asking", "decided", "repaying")
# Where the person may still say something before anybody judges.
HEARS = ("told", "heard")
ALLOWED = frozenset((source, target) for source, _, target, _ in TRANSITIONS)


def may_follow(source: str, target: str) -> bool:
    """Whether this step may follow that one; staying where one is needs no step."""
    return source == target or (source, target) in ALLOWED
