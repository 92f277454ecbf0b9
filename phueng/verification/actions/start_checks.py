"""How do the checks of a request begin?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.schemes.catalogue import scheme
from phueng.verification.kinds import kinds_for
from phueng.verification.models import Check
from phueng.verification.open_applications import locked_open_application
from phueng.verification.rounds import latest_checks
from phueng.verification.states import insist_may


@action
def start_checks(*, by: Actor, at: datetime, application_id: UUID) -> list[Check]:
    """Put down every check that the scheme requires, all waiting. Starting again adds nothing.

    Raises Refused("application_not_open").
    """
    insist_may("start_checks", by.role)
    application = locked_open_application(application_id)
    there = latest_checks([application_id])[application_id]
    missing = [kind for kind in kinds_for(scheme(application.scheme_code)) if kind not in there]
    if missing:
        # The row of the application is held, so nobody adds the same checks meanwhile.
        Check.objects.bulk_create(
            [Check(application=application, kind=kind, asked_at=at, next_try_at=at) for kind in missing]
        )
        record(
            by=by, at=at, act="verification.start_checks", subject=("application", application_id),
            person_id=application.person_id, after={"checks": missing},
        )  # fmt: skip
    return list(latest_checks([application_id])[application_id].values())
