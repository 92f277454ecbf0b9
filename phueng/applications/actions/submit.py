"""How does a draft become a request that an office must answer?"""

from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from phueng.access.actions import lay_hand
from phueng.applications.applicants import applicant_in, keep_applicant
from phueng.applications.composing import everything_for, news_of
from phueng.applications.models import Application
from phueng.applications.queries import application_by_id
from phueng.applications.refusals import NO_OFFICE, Unfinished
from phueng.applications.states import next_state
from phueng.applications.submitting import Draft, read_draft, send
from phueng.audit.actions import action_of_one_statement
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.actions import queue_message
from phueng.places.models import Office
from phueng.places.queries import office_for
from phueng.questionnaires.queries import answers_of
from phueng.schemes.catalogue import questionnaire, scheme

TRIES = 5


@action_of_one_statement
def submit_application(*, by: Actor, at: datetime, application_id: UUID, read: Draft | None = None) -> Application:
    """Send it: the answers are closed, the office of the subdistrict gets it, a message and a slip are asked for.

    All or nothing. A second click waits for the first, then gets the same application back; an answer saved in between
    is looked at as well. `read` is what the page has read of it already: it is sent only while it is still so. Raises
    Unfinished (with every open question) and Refused("no_office_there").
    """
    for left in reversed(range(TRIES)):
        draft, read = read or read_draft(application_id), None
        if draft.application.state == "submitted":
            return application_by_id(application_id) or draft.application
        office = _judge(draft, by, at)
        try:
            if _send(draft, office, by, at):
                return draft.application
        except IntegrityError:
            # The code drawn for the slip is taken: once in a thousand million million slips. The next one is not.
            if not left:
                raise
    raise TimeoutError("the draft changed each time it was about to be sent")


def _judge(draft: Draft, by: Actor, at: datetime) -> Office:
    """May it be sent, and to whom? Fills in what the queue and the messages need."""
    application = draft.application
    state = next_state(application.state, "submit", by.role, is_closed=application.closed_at is not None)
    form = questionnaire(application.scheme_code)
    answers = answers_of(application.sheet_id, form, today=in_bangkok(at).date(), rows=draft.answers)
    if problems := answers.unfinished():
        raise Unfinished(problems)
    applicant = applicant_in(answers)
    office = office_for(scheme(application.scheme_code).owner_kind, applicant.subdistrict_code)
    if office is None:
        raise Refused(NO_OFFICE)
    application.state, application.submitted_at, application.office = state, at, office
    keep_applicant(application, applicant)
    return office


def _send(draft: Draft, office: Office, by: Actor, at: datetime) -> bool:
    application = draft.application
    sending = everything_for(application, office, by, at)
    writes_on_behalf = by.id is not None and by.kind in ("staff", "helper")
    is_more = writes_on_behalf or sending.message is None or connection.in_atomic_block
    with transaction.atomic() if is_more else nullcontext():
        if not send(draft, sending, at=at):
            return False
        if writes_on_behalf:
            # Whoever wrote it down may not check or decide it.
            lay_hand(case_id=application.id, hand="recorder", by=by, at=at)
        if sending.message is None:
            queue_message(by=by, **news_of(application, at))  # without a mobile number: a task for a person
    return True
