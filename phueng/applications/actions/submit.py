"""How does a draft become a request that an office must answer?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.applications.applicants import applicant_in, keep_applicant
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application
from phueng.applications.refusals import NO_OFFICE, Unfinished
from phueng.applications.slips import slip_context
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.actions import ask_for_letter
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.actions import queue_message
from phueng.places.models import Office
from phueng.places.queries import office_for
from phueng.questionnaires.actions import close_sheet
from phueng.questionnaires.queries import answers_of
from phueng.schemes.catalogue import questionnaire, scheme

SLIP = "applications/slip"


@action
def submit_application(*, by: Actor, at: datetime, application_id: UUID) -> Application:
    """Send it: the answers are closed, the office of the subdistrict gets it, a message and a slip are asked for.

    All in one transaction. A second click waits for the first, then gets the same application back. Raises Unfinished
    (with every open question) and Refused("no_office_there").
    """
    application = locked(application_id)
    if application.state == "submitted":
        return application
    application, application.state = locked_for(application_id, "submit", by)
    answers = answers_of(application.sheet_id, questionnaire(application.scheme_code), today=in_bangkok(at).date())
    if problems := answers.unfinished():
        raise Unfinished(problems)
    applicant = applicant_in(answers)
    office = office_for(scheme(application.scheme_code).owner_kind, applicant.subdistrict_code)
    if office is None:
        raise Refused(NO_OFFICE)
    application.submitted_at = at
    application.office = office
    keep_applicant(application, applicant)
    application.save()
    close_sheet(by=by, at=at, sheet_id=application.sheet_id)
    if by.id is not None and by.kind in ("staff", "helper"):
        # Whoever wrote it down may not check or decide it.
        lay_hand(case_id=application.id, hand="recorder", by=by, at=at)
    record(
        by=by,
        at=at,
        act="applications.submit",
        subject=("application", application.id),
        before={"state": "draft"},
        after={
            "state": "submitted",
            "reference": application.reference,
            "scheme": application.scheme_code,
            "office": office.code,
            "channel": application.channel,
            "is_emergency": application.is_emergency,
        },
    )
    _tell(application, office, by=by, at=at)
    return application


def _tell(application: Application, office: Office, *, by: Actor, at: datetime) -> None:
    """The message and the slip are asked for here and made by the worker; if this transaction fails, so do they."""
    subject = ("application", application.id)
    queue_message(
        by=by,
        at=at,
        template_code="application_received",
        subject=subject,
        to_phone=application.contact_phone,
        values={"reference": format_reference(application.reference)},
        language=application.language,
    )
    ask_for_letter(
        by=by,
        at=at,
        kind=SLIP,
        subject=subject,
        office_code=office.code,
        language=application.language,
        context=slip_context(application, office, at),
    )
