"""How does an officer ask the applicant for the one thing that is missing?"""

from datetime import datetime
from uuid import UUID

from phueng.applications.locks import locked_for
from phueng.applications.models import MissingThing
from phueng.applications.refusals import ALREADY_ASKED, REASON_NEEDED, UNKNOWN_QUESTION
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.pause_clock import pause_clock
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import clean_text
from phueng.notices.actions import queue_message
from phueng.schemes.catalogue import questionnaire


@action
def ask_for_missing_thing(
    *, by: Actor, at: datetime, application_id: UUID, question_code: str, note: str
) -> MissingThing:
    """One thing at a time: the clock rests and a message goes out. Asking for the same thing again changes nothing.

    Raises Refused(unknown_question, reason_needed, already_asked).
    """
    application, _ = locked_for(application_id, "ask_for_missing_thing", by)
    if question_code not in questionnaire(application.scheme_code).questions:
        raise Refused(UNKNOWN_QUESTION)
    words = clean_text(note, 300)
    if not words:
        raise Refused(REASON_NEEDED)
    asked = MissingThing.objects.filter(application=application, answered_at=None).first()
    if asked is not None:
        if asked.question_code != question_code:
            raise Refused(ALREADY_ASKED)
        return asked
    if by.id is None:
        raise ValueError("a person asks the applicant")
    missing = MissingThing.objects.create(
        application=application,
        question_code=question_code,
        note=words,
        asked_at=at,
        asked_by_id=by.id,
        asked_by_name=by.name[:200],
    )
    try:
        pause_clock(subject_id=application.id, code="decide", reason_code="missing_thing", by=by, at=at)
    except Refused as refused:
        # Before triage no clock runs yet, so there is nothing to hold.
        if refused.problem.code != "no_running_clock":
            raise
    record(
        by=by,
        at=at,
        act="applications.ask_for_missing_thing",
        subject=("application", application.id),
        person_id=application.person_id,
        why=words,
        after={"question": question_code},
    )
    queue_message(
        by=by,
        at=at,
        template_code="missing_thing",
        subject=("application", application.id),
        to_phone=application.contact_phone,
        values={"reference": format_reference(application.reference)},
        language=application.language,
        person_id=application.person_id,
        occasion=str(missing.id),
    )
    return missing
