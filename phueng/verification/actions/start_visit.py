"""How does a home visit begin?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.questionnaires.actions import start_sheet
from phueng.verification.models import Visit
from phueng.verification.open_applications import locked_open_application
from phueng.verification.states import insist_may
from phueng.verification.visit_form import visit_questionnaire


@action
def start_visit(*, by: Actor, at: datetime, application_id: UUID) -> Visit:
    """A visit with an empty form; an open one is gone on with, by whoever goes. Raises Refused("application_not_open")."""
    insist_may("visit", by.role)
    if by.id is None:
        raise ValueError("a home is visited by a person")
    application = locked_open_application(application_id)
    there = Visit.objects.filter(application=application, finished_at=None).first()
    if there is not None:
        return there
    visit = Visit.objects.create(
        application=application, sheet=start_sheet(by=by, at=at, questionnaire=visit_questionnaire()), started_at=at,
        visited_by_id=by.id, visited_by_name=by.name[:200],
    )  # fmt: skip
    record(
        by=by, at=at, act="verification.start_visit", subject=("visit", visit.pk), person_id=application.person_id,
        after={"application": application_id},
    )  # fmt: skip
    return visit
