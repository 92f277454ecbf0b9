"""When is a request finished? After its decision, when it was a duplicate, or when it went elsewhere."""

from datetime import date, datetime
from uuid import UUID

from phueng.access.actions import end_borrowed_hands
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.documents.actions.keep_until import keep_until
from phueng.kernel.thai_dates import fiscal_year_be, fiscal_year_range, in_bangkok
from phueng.schemes.catalogue import scheme


def _last_day(application: Application, at: datetime) -> date:
    """The last day on which its files are kept: the scheme's retention, counted from today."""
    on = in_bangkok(at).date()
    years = scheme(application.scheme_code).retention(on).years
    return fiscal_year_range(fiscal_year_be(on) + years)[1]  # with the fiscal year, as the accounts are kept


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
    keep_until(by=by, at=at, subject=("application", application.id), expires_on=_last_day(application, at))
    end_borrowed_hands(case_id=application.id, how="closed", by=by, at=at)
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
