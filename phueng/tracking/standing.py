"""Where does a request stand now? One literal order of questions over plain facts; the first that fits is the answer."""

from phueng.schemes.catalogue import scheme
from phueng.tracking.facts import Facts, Paid

#: Every stage, in the order of the story. wording.py has the words for each.
STAGES = (
    "draft", "withdrawn", "forwarded", "closed", "missing", "waiting_for_call", "checking", "visit_next", "recommending",
    "waiting_for_budget", "deciding", "refused", "appealed", "approved", "needs_account", "other_name", "prepared",
    "at_bank", "returned", "paid", "held", "ended",
)  # fmt: skip
#: In these the office owes an answer by a promised day.
PROMISED = frozenset(
    {
        "missing",
        "waiting_for_call",
        "checking",
        "visit_next",
        "recommending",
        "waiting_for_budget",
        "deciding",
        "appealed",
    }
)


def stage_of(facts: Facts) -> str:
    """The stage of this request, a name in STAGES."""
    if facts.state in ("draft", "withdrawn"):
        return facts.state
    if facts.forwarding is not None:
        return "forwarded"
    if facts.open_appeal is not None:
        return "appealed"
    if facts.decision is not None and _holds(facts):
        return _after_decision(facts)
    if facts.closed_at is not None:
        return "closed"
    return _before_decision(facts)


def _holds(facts: Facts) -> bool:
    """Does the last decision stand? Not once an appeal brought the case back to the desk."""
    last = facts.decision
    settled = next((one for one in facts.appeals if last and one.decision_id == last.id), None)
    return settled is None or settled.outcome != "reversed"


def _before_decision(facts: Facts) -> str:
    if facts.asked is not None:
        return "missing"
    waiting = _recommendation_that_waits(facts)
    if waiting:
        return "waiting_for_budget" if waiting == "wait_budget" else "deciding"
    if facts.triaged_at is None:
        return "waiting_for_call"
    if any(check.outcome == "waiting" and check.kind != "home_visit" for check in facts.checks):
        return "checking"
    if _wants_visit(facts):
        return "visit_next"
    return "recommending"


def _recommendation_that_waits(facts: Facts) -> str:
    """The outcome of the last recommendation when nobody has decided on it, else ""."""
    if not facts.recommendations:
        return ""
    last = facts.recommendations[-1]
    return "" if any(one.recommendation_id == last.id for one in facts.decisions) else last.outcome


def _wants_visit(facts: Facts) -> bool:
    return any(check.kind == "home_visit" and check.outcome == "waiting" for check in facts.checks)


def _after_decision(facts: Facts) -> str:
    decision, grant = facts.decision, facts.grant
    if decision is None or decision.outcome == "refused":
        return "refused"
    if grant is None:
        return "approved"
    if grant.ended_at is not None and grant.ended_on is not None and grant.ended_on <= facts.today:
        return "ended"
    if grant.held_at is not None:
        return "held"
    last = facts.payments[-1] if facts.payments else None
    stage = _of_money(last, unpaid=grant.unpaid, has_account=grant.has_account, needs_account=needs_account(facts))
    return "other_name" if stage == "approved" and grant.left_out == "name_mismatch" else stage


def _of_money(last: Paid | None, *, unpaid: int, has_account: bool, needs_account: bool) -> str:
    if last is not None and last.paid_at is None and last.returned_at is None:
        return "prepared" if last.released_at is None else "at_bank"
    if last is not None and last.returned_at is not None and unpaid and needs_account and not has_account:
        return "returned"
    if unpaid and needs_account and not has_account:
        return "needs_account"
    if unpaid or last is None:
        return "approved"
    return "paid"


def needs_account(facts: Facts) -> bool:
    """A returned payment always needs another account; before the first one only the bank's route does."""
    if any(one.returned_at for one in facts.payments):
        return True
    return scheme(facts.scheme_code).pay_route == "krungthai"
