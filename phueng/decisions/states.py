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


def may_follow(state: str, act: str) -> bool:
    """Whether the act is possible in this state."""
    return any(start == state and name == act for start, name, _, _ in TRANSITIONS)


def roles_for(act: str) -> frozenset[str]:
    """The roles whose hand may do this act."""
    return frozenset(role for _, name, _, who in TRANSITIONS if name == act for role in who.split())
