"""What happens to a request that belongs to another agency?"""

from datetime import datetime
from uuid import UUID

from phueng.applications.actions.close import close_application
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Forwarding
from phueng.applications.refusals import REASON_NEEDED, RECEIPT_NEEDED
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import clean_text
from phueng.notices.actions import queue_message


@action
def forward_application(
    *, by: Actor, at: datetime, application_id: UUID, to_agency: str, receipt_reference: str, why: str
) -> Forwarding:
    """Record where it went with that agency's receipt, and close it here. Repeating returns the first forwarding.

    Without a receipt it would be sending a person away, so it is refused. Raises Refused(receipt_needed,
    reason_needed).
    """
    application = locked(application_id)
    existing = Forwarding.objects.filter(application=application).first()
    if existing is not None:
        return existing
    application, _ = locked_for(application_id, "forward", by)
    agency, receipt, reason = clean_text(to_agency, 200), clean_text(receipt_reference, 80), clean_text(why, 300)
    if not receipt:
        raise Refused(RECEIPT_NEEDED)
    if not reason or not agency:
        raise Refused(REASON_NEEDED)
    if by.id is None:
        raise ValueError("a person forwards a request")
    forwarding = Forwarding.objects.create(
        application=application,
        to_agency=agency,
        receipt_reference=receipt,
        why=reason,
        forwarded_at=at,
        forwarded_by_id=by.id,
        forwarded_by_name=by.name[:200],
    )
    record(
        by=by,
        at=at,
        act="applications.forward",
        subject=("application", application.id),
        person_id=application.person_id,
        why=reason,
        after={"to_agency": agency, "receipt_reference": receipt},
    )
    queue_message(
        by=by,
        at=at,
        template_code="forwarded",
        subject=("application", application.id),
        to_phone=application.contact_phone,
        values={"reference": format_reference(application.reference)},
        language=application.language,
        person_id=application.person_id,
    )
    close_application(by=by, at=at, application_id=application.id, why="forwarded")
    return forwarding
