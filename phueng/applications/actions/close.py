"""When is a request finished? After its decision, when it was a duplicate, or when it went elsewhere."""

from datetime import datetime
from uuid import UUID

from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.stop_clock import stop_clock


@action
def close_application(*, by: Actor, at: datetime, application_id: UUID, why: str) -> Application:
    """Close it with a short code (decided, duplicate, forwarded, died) and stop its clock. Repeating changes nothing."""
    application = locked(application_id)
    if application.closed_at is not None:
        return application
    application, _ = locked_for(application_id, "close", by)
    application.closed_at = at
    application.closed_why = why[:20]
    application.save(update_fields=["closed_at", "closed_why"])
    stop_clock(subject_id=application.id, code="decide", why=why, by=by, at=at)
    record(
        by=by,
        at=at,
        act="applications.close",
        subject=("application", application.id),
        person_id=application.person_id,
        why=why,
        after={"closed_at": at, "closed_why": application.closed_why},
    )
    return application
