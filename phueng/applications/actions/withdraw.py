"""What happens when the applicant no longer wants what was asked for?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import end_borrowed_hands
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import clean_text
from phueng.notices.actions import queue_message
from phueng.questionnaires.actions import close_sheet


@action
def withdraw_application(*, by: Actor, at: datetime, application_id: UUID, why: str = "") -> Application:
    """End a draft or an open request for good, without needing a reason. Doing it again changes nothing."""
    application = locked(application_id)
    if application.state == "withdrawn":
        return application
    was = application.state
    application, application.state = locked_for(application_id, "withdraw", by)
    application.closed_at = at
    application.closed_why = "withdrawn"
    application.save(update_fields=["state", "closed_at", "closed_why"])
    close_sheet(by=by, at=at, sheet_id=application.sheet_id)
    stop_clock(subject_id=application.id, code="decide", why="withdrawn", by=by, at=at)
    end_borrowed_hands(case_id=application.id, how="closed", by=by, at=at)
    record(
        by=by,
        at=at,
        act="applications.withdraw",
        subject=("application", application.id),
        person_id=application.person_id,
        why=clean_text(why, 300),
        before={"state": was},
        after={"state": application.state},
    )
    if was == "submitted":
        queue_message(
            by=by,
            at=at,
            template_code="application_withdrawn",
            subject=("application", application.id),
            to_phone=application.contact_phone,
            values={"reference": format_reference(application.reference)},
            language=application.language,
            person_id=application.person_id,
        )
    return application
