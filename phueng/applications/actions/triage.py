"""What does the first look at a request settle? Who is it, how urgent, and from when do we count the days?"""

from datetime import datetime
from uuid import UUID

from phueng.applications.locks import locked_for
from phueng.applications.models import Triage
from phueng.applications.refusals import TRIAGED_OTHERWISE
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.start_clock import start_clock
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.schemes.catalogue import scheme

CLOCK_UNITS = {"calendar_days": "calendar", "working_days": "working"}


@action
def triage_application(
    *,
    by: Actor,
    at: datetime,
    application_id: UUID,
    category: str,
    is_emergency: bool = False,
    call_note: str = "",
) -> Triage:
    """Record the call back and the category ('known' or 'new'); start the promise that the scheme makes to it.

    The same triage again returns the first one; another category raises Refused("already_triaged"), because the days
    are already counted.
    """
    application, _ = locked_for(application_id, "triage", by)
    existing = Triage.objects.filter(application=application).first()
    if existing is not None:
        if existing.category != category:
            raise Refused(TRIAGED_OTHERWISE)
        return existing
    if by.id is None:
        raise ValueError("triage is done by a person")
    is_emergency = is_emergency or application.is_emergency
    triage = Triage.objects.create(
        application=application,
        category=category,
        is_emergency=is_emergency,
        call_note=clean_text(call_note, 2000, keep_lines=True),
        triaged_at=at,
        triaged_by_id=by.id,
        triaged_by_name=by.name[:200],
    )
    if is_emergency and not application.is_emergency:
        application.is_emergency = True
        application.save(update_fields=["is_emergency"])
    rule = scheme(application.scheme_code).clock("decide", in_bangkok(at).date())
    clock = start_clock(
        subject_id=application.id,
        code=rule.code,
        unit=CLOCK_UNITS[rule.unit],
        length=rule.length(category),
        law_th=rule.law.th,
        law_en=rule.law.en,
        by=by,
        at=at,
    )
    record(
        by=by,
        at=at,
        act="applications.triage",
        subject=("application", application.id),
        person_id=application.person_id,
        after={"category": category, "is_emergency": is_emergency, "due_on": clock.due_on},
    )
    return triage
