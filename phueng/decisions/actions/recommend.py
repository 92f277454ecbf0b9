"""How does the social worker propose an outcome?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import end_borrowed_hands, lay_hand
from phueng.applications.locks import locked
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.models import Decision, Recommendation
from phueng.decisions.rules import amount_to_recommend, problem_with_recommendation, reasons_from
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.actions import queue_message
from phueng.schemes.catalogue import scheme
from phueng.verification.queries import eligibility_of, open_questions


@action
def recommend(
    *, by: Actor, at: datetime, application_id: UUID, outcome: str, why: str, amount_satang: int | None = None
) -> Recommendation:
    """Recommend `approve`, `refuse` or `wait_budget`, in words; amount in satang where the scheme leaves it open.

    Repeating the same recommendation returns it. Refused: checks_open, why_is_missing, already_recommended,
    case_is_closed, the scheme's ceiling, same_hands, related_to_applicant, outside_area.
    """
    application = locked(application_id)
    if by.id is None or application.office_id is None:
        raise ValueError("an officer recommends, in the office that holds the case")
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    eligibility, rule = eligibility_of(application_id), scheme(application.scheme_code)
    amount = amount_to_recommend(rule, outcome, amount_satang, eligibility)
    last = Recommendation.objects.filter(application=application).order_by("-round").first()
    if last is not None and _says_the_same(last, by, outcome, amount, why):
        return last
    if application.closed_at is not None:
        raise Refused(refusals.PROBLEMS["case_is_closed"])
    if last is not None and last.outcome != "wait_budget" and not Decision.objects.filter(recommendation=last).exists():
        raise Refused(refusals.ALREADY_RECOMMENDED)
    if any(q.hinders_refusal if outcome == "refuse" else q.hinders_approval for q in open_questions(application_id)):
        raise Refused(refusals.CHECKS_OPEN)
    problem = problem_with_recommendation(rule, outcome, amount, eligibility, in_bangkok(at).date())
    if problem is not None:
        raise Refused(problem)
    lay_hand(case_id=application_id, hand="verifier", by=by, at=at)
    with refusals.said_plainly():
        recommendation = Recommendation.objects.create(
            application=application,
            round=last.round + 1 if last else 1,
            outcome=outcome,
            amount_satang=amount,
            reasons=list(reasons_from(eligibility)),
            why=why,
            office_id=application.office_id,
            recommended_at=at,
            recommended_by_id=by.id,
            recommended_by_name=by.name,
        )
    record(
        by=by,
        at=at,
        act="decisions.recommend",
        subject=("application", application.pk),
        person_id=application.person_id,
        why=why,
        after={"outcome": outcome, "amount_satang": amount, "round": recommendation.round},
    )
    end_borrowed_hands(case_id=application.pk, hand="verifier", how="used", by=by, at=at)
    if outcome == "wait_budget":
        queue_message(
            by=by,
            at=at,
            template_code="wait_budget",
            subject=("application", application.pk),
            to_phone=application.contact_phone,
            person_id=application.person_id,
            language=application.language,
            occasion=f"round{recommendation.round}",
            values={"reference": format_reference(application.reference)},
        )
    return recommendation


def _says_the_same(last: Recommendation, by: Actor, outcome: str, amount_satang: int | None, why: str) -> bool:
    return (last.recommended_by_id, last.outcome, last.amount_satang, last.why) == (by.id, outcome, amount_satang, why)
