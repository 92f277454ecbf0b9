"""How does the person hear of it: by letter with reasons, and by a message that says nothing to a stranger?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actors import Actor
from phueng.documents.actions import ask_for_letter
from phueng.kernel.references import format_reference
from phueng.notices.actions import queue_message
from phueng.recoveries.models import Overpayment


def send_letter(
    overpayment: Overpayment, *, by: Actor, at: datetime, kind: str, about: tuple[str, UUID], context: dict[str, Any]
) -> None:
    """Ask for the letter `recoveries/<kind>` in the person's language."""
    ask_for_letter(
        by=by,
        at=at,
        kind=f"recoveries/{kind}",
        subject=about,
        office_code=overpayment.office.code,
        language=overpayment.application.language if overpayment.application else "th",
        context=context,
    )


def send_message(overpayment: Overpayment, *, by: Actor, at: datetime, template_code: str, occasion: str) -> None:
    """Queue the neutral message; without a phone notices makes a task for a person. The dead get none."""
    application = overpayment.application
    if application is None or overpayment.person.died_on is not None:
        return
    queue_message(
        by=by,
        at=at,
        template_code=template_code,
        subject=("application", application.pk),
        to_phone=application.contact_phone,
        person_id=overpayment.person_id,
        language=application.language,
        occasion=occasion,
        values={"reference": format_reference(application.reference)},
    )
