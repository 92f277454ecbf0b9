"""How does a second person decide, so that money, right and letter come into being together or not at all?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import end_borrowed_hands, lay_hand
from phueng.applications.actions import close_application
from phueng.applications.locks import locked
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.consequences import follow_through
from phueng.decisions.models import Appeal, Decision, Meeting, Recommendation
from phueng.decisions.queries import delegation_for
from phueng.decisions.standing import insist_it_may_be_decided, office_acting_in
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import scheme

OUTCOMES = {"approve": "approved", "refuse": "refused"}


@action
def decide(
    *, by: Actor, at: datetime, application_id: UUID, outcome: str, why: str, office_id: UUID | None = None
) -> Decision:
    """Approve or refuse what was recommended. Deciding the same again returns the decision.

    Approval reserves the budget, grants the entitlement, writes the letter and queues the message in one transaction.
    `office_id` is the office whose delegation is used; without it, the one in which the actor acts. Refused:
    nothing_recommended, committee_decides, already_decided, case_is_closed, checks_open, same_hands,
    related_to_applicant, outside_area, above_delegation, budget_exceeded, cap_reached, why_is_missing.
    """
    application = locked(application_id)
    if scheme(application.scheme_code).decider(in_bangkok(at).date()) == "committee":
        raise Refused(refusals.COMMITTEE_DECIDES)
    return order(by=by, at=at, application=application, outcome=outcome, why=why, office_id=office_id)


def order(
    *,
    by: Actor,
    at: datetime,
    application: Application,
    outcome: str,
    why: str,
    office_id: UUID | None = None,
    meeting: Meeting | None = None,
) -> Decision:
    """Write the decision on the latest recommendation of a locked application, and everything that follows from it."""
    deciding_id = office_id or office_acting_in(by, application)
    if by.id is None or deciding_id is None:
        raise ValueError("a person decides, in an office")
    recommendation = Recommendation.objects.filter(application=application).order_by("-round").first()
    if recommendation is None or recommendation.outcome == "wait_budget":
        raise Refused(refusals.NOTHING_RECOMMENDED)
    known = Decision.objects.filter(recommendation=recommendation).first()
    if known is not None:
        if (known.decided_by_id, known.outcome) == (by.id, OUTCOMES[outcome]):
            return known
        raise Refused(refusals.ALREADY_DECIDED)
    insist_it_may_be_decided(application, recommendation, outcome, why)
    lay_hand(case_id=application.pk, hand="approver", by=by, at=at)
    amount = recommendation.amount_satang if outcome == "approve" else None
    with refusals.said_plainly():
        decision = Decision.objects.create(
            application=application,
            recommendation=recommendation,
            round=recommendation.round,
            outcome=OUTCOMES[outcome],
            amount_satang=amount,
            reasons=recommendation.reasons,
            why=why or recommendation.why,
            office_id=deciding_id,
            delegation=delegation_for(by.id, deciding_id, application.scheme_code, amount, in_bangkok(at).date())
            if amount
            else None,
            meeting=meeting,
            decided_at=at,
            decided_by_id=by.id,
            decided_by_name=by.name,
            is_appeal_outcome=Appeal.objects.filter(decision__application=application, outcome="reversed").exists(),
        )
    record(
        by=by,
        at=at,
        act="decisions.decide",
        subject=("application", application.pk),
        person_id=application.person_id,
        why=why,
        after={"outcome": decision.outcome, "amount_satang": decision.amount_satang, "round": decision.round},
    )
    # Before anything else of the case moves: a lent hand is one act, and the lender sees no more of it.
    end_borrowed_hands(case_id=application.pk, how="used", by=by, at=at)
    follow_through(by=by, at=at, application=application, decision=decision)
    close_application(by=by, at=at, application_id=application.pk, why="decided")
    return decision
