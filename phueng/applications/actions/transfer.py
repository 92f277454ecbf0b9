"""How does a request move to the office where the person really stays, without losing a day?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import end_borrowed_hands
from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Transfer
from phueng.applications.refusals import REASON_NEEDED, SAME_OFFICE, WRONG_KIND_OF_OFFICE
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import clean_text
from phueng.notices.actions import queue_message
from phueng.places.queries import office_by_id
from phueng.schemes.catalogue import scheme


@action
def transfer_application(*, by: Actor, at: datetime, application_id: UUID, to_office_id: UUID, why: str) -> Transfer:
    """Hand the case to another office of the kind that owns the scheme. Its clock is not touched: it goes on.

    A double click returns the transfer made before. Raises Refused(reason_needed, same_office, wrong_kind_of_office).
    """
    reason = clean_text(why, 300)
    if not reason:
        raise Refused(REASON_NEEDED)
    application = locked(application_id)
    if application.office_id == to_office_id:
        latest = Transfer.objects.filter(application=application).order_by("-transferred_at").first()
        if latest is None or latest.to_office_id != to_office_id or latest.transferred_by_id != by.id:
            raise Refused(SAME_OFFICE)
        return latest
    application, _ = locked_for(application_id, "transfer", by)
    to_office = office_by_id(to_office_id)
    if to_office is None or to_office.kind != scheme(application.scheme_code).owner_kind:
        raise Refused(WRONG_KIND_OF_OFFICE)
    from_office = application.office
    if by.id is None or from_office is None:
        raise ValueError("a transfer is done by a person, from an office")
    transfer = Transfer.objects.create(
        application=application,
        from_office=from_office,
        to_office=to_office,
        why=reason,
        transferred_at=at,
        transferred_by_id=by.id,
        transferred_by_name=by.name[:200],
    )
    application.office = to_office
    application.save(update_fields=["office"])
    end_borrowed_hands(case_id=application.id, how="moved", by=by, at=at)
    record(
        by=by,
        at=at,
        act="applications.transfer",
        subject=("application", application.id),
        person_id=application.person_id,
        why=reason,
        before={"office": from_office.code},
        after={"office": to_office.code},
    )
    queue_message(
        by=by,
        at=at,
        template_code="application_transferred",
        subject=("application", application.id),
        to_phone=application.contact_phone,
        values={"reference": format_reference(application.reference)},
        language=application.language,
        person_id=application.person_id,
        occasion=str(transfer.id),
    )
    return transfer
