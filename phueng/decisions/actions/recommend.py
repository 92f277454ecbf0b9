"""How does the social worker propose an outcome?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from phueng.access.actions import lay_hand
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.models import Decision, Recommendation
from phueng.decisions.rules import problem_with_recommendation, reasons_from
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import scheme
from phueng.verification.queries import eligibility_of, open_questions


@action
def recommend(
    *, by: Actor, at: datetime, application_id: UUID, outcome: str, why: str, amount_satang: int | None = None
) -> Recommendation:
    """Recommend `approve`, `refuse` or `wait_budget`, in words; amount in satang where the scheme leaves it open.

    Repeating the same recommendation returns it. Refused: checks_open, why_is_missing, already_decided, the scheme's
    ceiling, same_hands, related_to_applicant, outside_area.
    """
    application = Application.objects.select_for_update().get(pk=application_id)
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    last = Recommendation.objects.filter(application=application).order_by("-round").first()
    if last is not None and _says_the_same(last, by, outcome, amount_satang, why):
        return last
    decided_rounds = Decision.objects.filter(application=application).count()
    if last is not None and last.outcome != "wait_budget" and decided_rounds < last.round:
        raise Refused(refusals.ALREADY_DECIDED)
    if application.closed_at is not None:
        raise Refused(refusals.ALREADY_DECIDED)
    hindering = [
        q for q in open_questions(application_id) if (q.hinders_refusal if outcome == "refuse" else q.hinders_approval)
    ]
    if hindering:
        raise Refused(refusals.CHECKS_OPEN)
    eligibility = eligibility_of(application_id)
    rule = scheme(application.scheme_code)
    problem = problem_with_recommendation(rule, outcome, amount_satang, eligibility, in_bangkok(at).date())
    if problem is not None:
        raise Refused(problem)
    lay_hand(case_id=application_id, hand="verifier", by=by, at=at)
    return _written(by, at, application, outcome, amount_satang, why, eligibility, (last.round if last else 0) + 1)


def _says_the_same(last: Recommendation, by: Actor, outcome: str, amount_satang: int | None, why: str) -> bool:
    return (last.recommended_by_id, last.outcome, last.amount_satang, last.why) == (by.id, outcome, amount_satang, why)


def _written(
    by: Actor,
    at: datetime,
    application: Application,
    outcome: str,
    amount_satang: int | None,
    why: str,
    eligibility: Mapping[str, Any] | None,
    number: int,
) -> Recommendation:
    try:
        with transaction.atomic():
            recommendation = Recommendation.objects.create(
                application=application,
                round=number,
                outcome=outcome,
                amount_satang=None if outcome == "refuse" else amount_satang,
                reasons=list(reasons_from(eligibility)),
                why=why,
                office_id=application.office_id,
                recommended_at=at,
                recommended_by_id=by.id,
                recommended_by_name=by.name,
            )
    except DatabaseError as error:
        problem = refusals.problem_in(error)
        if problem is None:
            raise
        raise Refused(problem) from error
    record(
        by=by,
        at=at,
        act="decisions.recommend",
        subject=("application", application.pk),
        person_id=application.person_id,
        why=why,
        after={"outcome": outcome, "amount_satang": recommendation.amount_satang, "round": number},
    )
    return recommendation
