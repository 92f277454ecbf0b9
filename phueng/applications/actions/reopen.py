"""How does a decided request come back to the desk when an appeal succeeds?"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.applications.actions.triage import CLOCK_UNITS
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application
from phueng.applications.refusals import NOT_DECIDED, OPEN_ALREADY
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.start_clock import start_clock
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import scheme


@action
def reopen_application(*, by: Actor, at: datetime, application_id: UUID, why: str) -> Application:
    """Open it again and start a new clock, as for a known person. Repeating changes nothing.

    Only what was closed by a decision. Raises Refused("open_application_exists") when the person has meanwhile begun
    another one under the same scheme.
    """
    application = locked(application_id)
    if application.closed_at is None:
        return application
    application, _ = locked_for(application_id, "reopen", by)
    if application.closed_why != "decided":
        raise Refused(NOT_DECIDED)
    before = {"closed_at": application.closed_at, "closed_why": application.closed_why}
    application.closed_at, application.closed_why = None, ""
    try:
        with transaction.atomic():
            application.save(update_fields=["closed_at", "closed_why"])
    except IntegrityError as broken:
        if "one_open_application_per_person_and_scheme" in str(broken):
            raise Refused(OPEN_ALREADY) from broken
        raise
    rule = scheme(application.scheme_code).clock("decide", in_bangkok(at).date())
    start_clock(
        subject_id=application.id,
        code=rule.code,
        unit=CLOCK_UNITS[rule.unit],
        length=rule.length("known"),
        law_th=rule.law.th,
        law_en=rule.law.en,
        by=by,
        at=at,
    )
    record(
        by=by,
        at=at,
        act="applications.reopen",
        subject=("application", application.id),
        person_id=application.person_id,
        why=why,
        before=before,
    )
    return application
