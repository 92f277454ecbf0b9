"""Which step may follow which, and whose hand does it?

from · act · to · who. No state is stored: it is read from the facts (recommendation, decision, appeal), and this table
is the only place that says which step may come next.
"""

TRANSITIONS = (
    ("verified", "recommend", "recommended", "social_worker municipal_officer"),
    ("waiting_for_budget", "recommend", "recommended", "social_worker municipal_officer"),
    ("recommended", "decide", "decided", "approver"),
    ("recommended", "resolve_item", "decided", "committee"),
    ("decided", "lodge_appeal", "appealed", "citizen"),
    ("appealed", "settle_appeal", "settled", "approver elsewhere"),
)
