"""May this recommendation be decided now, and in whose office does the decider act?"""

from uuid import UUID

from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.models import Recommendation
from phueng.kernel.problems import Refused
from phueng.places.queries import office
from phueng.verification.queries import open_questions


def insist_it_may_be_decided(application: Application, last: Recommendation, outcome: str, why: str) -> None:
    """Raise Refused with the reason when this recommendation cannot be decided so, now."""
    if application.closed_at is not None:
        raise Refused(refusals.PROBLEMS["case_is_closed"])
    if outcome == "approve" and last.amount_satang is None:
        raise Refused(refusals.PROBLEMS["above_recommendation"])
    if outcome == "approve" and any(question.hinders_approval for question in open_questions(application.pk)):
        raise Refused(refusals.CHECKS_OPEN)
    if outcome == "refuse" and not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)


def office_acting_in(by: Actor, application: Application) -> UUID | None:
    """The office in which the actor acts: a borrowed approver decides under the delegation of their own office."""
    if application.office is not None and by.office_code not in ("", application.office.code):
        own = office(by.office_code)
        if own is not None:
            return own.pk
    return application.office_id
