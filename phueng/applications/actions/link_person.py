"""Whose request is this, in the register of people?"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.applications.locks import locked_for
from phueng.applications.models import Application
from phueng.applications.refusals import OPEN_ALREADY
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def link_person(
    *, by: Actor, at: datetime, application_id: UUID, person_id: UUID, household_id: UUID | None
) -> Application:
    """Tie the request to a person and the household of that day. The same link again changes nothing.

    Raises Refused("open_application_exists") when this person has another open request under the same scheme.
    """
    application, _ = locked_for(application_id, "link_person", by)
    was = {"person_id": application.person_id, "household_id": application.household_id}
    if was == {"person_id": person_id, "household_id": household_id}:
        return application
    application.person_id = person_id
    application.household_id = household_id
    try:
        with transaction.atomic():
            application.save(update_fields=["person", "household"])
    except IntegrityError as broken:
        if "one_open_application_per_person_and_scheme" in str(broken):
            raise Refused(OPEN_ALREADY) from broken
        raise
    record(
        by=by,
        at=at,
        act="applications.link_person",
        subject=("application", application.id),
        person_id=person_id,
        before=was,
        after={"person_id": person_id, "household_id": household_id},
    )
    return application
