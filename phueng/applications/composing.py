"""What is written when a request is sent: message, slip, and the trace of each?"""

from datetime import datetime
from typing import Any

from phueng.applications.models import Application
from phueng.applications.slips import SLIP, slip_context
from phueng.applications.submitting import Sending
from phueng.audit.actions import entry_of
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.documents.unwritten import letter_entry, unwritten_letter
from phueng.kernel.references import format_reference
from phueng.notices.unsent import message_entry, unsent_message
from phueng.places.models import Office
from phueng.questionnaires.actions import closing_entry


def everything_for(application: Application, office: Office, by: Actor, at: datetime) -> Sending:
    """The message and the slip are asked for here and made by the worker; without a mobile number there is no message."""
    message = unsent_message(**news_of(application, at))
    letter = unwritten_letter(
        at=at,
        kind=SLIP,
        subject=("application", application.id),
        office_code=office.code,
        language=application.language,
        context=slip_context(application, office, at),
    )
    return Sending(
        entries=[closing_entry(by=by, at=at, sheet_id=application.sheet_id), _entry(application, office, by, at)],
        letter=letter,
        letter_entry=letter_entry(letter, by=by, at=at, number=""),
        message=message,
        message_entry=message_entry(message, by=by, at=at) if message else None,
    )


def news_of(application: Application, at: datetime) -> dict[str, Any]:
    """That the request has arrived, as notices take it."""
    return {
        "at": at,
        "template_code": "application_received",
        "subject": ("application", application.id),
        "to_phone": application.contact_phone,
        "values": {"reference": format_reference(application.reference)},
        "language": application.language,
    }


def _entry(application: Application, office: Office, by: Actor, at: datetime) -> Entry:
    return entry_of(
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
