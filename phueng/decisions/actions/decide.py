"""How does a second person decide, so that money, right and letter come into being together or not at all?"""

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from phueng.access.actions import lay_hand
from phueng.applications.actions import close_application
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.actions.consequences import follow_through
from phueng.decisions.models import Decision, Meeting, Recommendation
from phueng.decisions.queries import delegation_for
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
    Refused: nothing_recommended, committee_decides, already_decided, same_hands, related_to_applicant, outside_area,
    above_delegation, budget_exceeded, cap_reached, why_is_missing.
    """
    application = Application.objects.select_for_update().get(pk=application_id)
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
    is_appeal_outcome: bool = False,
) -> Decision:
    """Write the decision on the latest recommendation and everything that follows from it."""
    recommendation = Recommendation.objects.filter(application=application).order_by("-round").first()
    if recommendation is None or recommendation.outcome == "wait_budget":
        raise Refused(refusals.NOTHING_RECOMMENDED)
    known = Decision.objects.filter(recommendation=recommendation).first()
    if known is not None:
        if (known.decided_by_id, known.outcome) == (by.id, OUTCOMES[outcome]):
            return known
        raise Refused(refusals.ALREADY_DECIDED)
    if outcome == "refuse" and not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    lay_hand(case_id=application.pk, hand="approver", by=by, at=at)
    decision = _written(by, at, application, recommendation, outcome, why, office_id, meeting, is_appeal_outcome)
    record(
        by=by,
        at=at,
        act="decisions.decide",
        subject=("application", application.pk),
        person_id=application.person_id,
        why=why,
        after={"outcome": decision.outcome, "amount_satang": decision.amount_satang, "round": decision.round},
    )
    follow_through(by=by, at=at, application=application, decision=decision)
    close_application(by=by, at=at, application_id=application.pk, why="decided")
    return decision


def _written(
    by: Actor,
    at: datetime,
    application: Application,
    recommendation: Recommendation,
    outcome: str,
    why: str,
    office_id: UUID | None,
    meeting: Meeting | None,
    is_appeal_outcome: bool,
) -> Decision:
    office = office_id or application.office_id
    approves = outcome == "approve"
    amount = recommendation.amount_satang if approves else None
    on = in_bangkok(at).date()
    delegation = (
        delegation_for(by.id, office, application.scheme_code, amount, on) if approves and by.id and office else None
    )
    try:
        with transaction.atomic():
            return Decision.objects.create(
                application=application,
                recommendation=recommendation,
                round=recommendation.round,
                outcome=OUTCOMES[outcome],
                amount_satang=amount,
                reasons=recommendation.reasons,
                why=why or recommendation.why,
                office_id=office,
                delegation=delegation,
                meeting=meeting,
                decided_at=at,
                decided_by_id=by.id,
                decided_by_name=by.name,
                is_appeal_outcome=is_appeal_outcome,
            )
    except IntegrityError as error:
        problem = refusals.problem_in(error)
        if problem is None and Decision.objects.filter(recommendation=recommendation).exists():
            problem = refusals.ALREADY_DECIDED
        if problem is None:
            raise
        raise Refused(problem) from error
    except DatabaseError as error:
        problem = refusals.problem_in(error)
        if problem is None:
            raise
        raise Refused(problem) from error
