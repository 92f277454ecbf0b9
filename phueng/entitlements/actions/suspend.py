"""How does an entitlement rest while something is looked into?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements.locks import held_entitlement
from phueng.entitlements.models import Ending, Hold
from phueng.entitlements.refusals import ENDED, REASON_NEEDED
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text


@action
def suspend(*, by: Actor, at: datetime, entitlement_id: UUID, reason_code: str, why: str, starts_on: date) -> Hold:
    """Hold the entitlement from a day on, until resumed. While it is held nothing of it is paid.

    An entitlement that is held already keeps its hold. Raises Refused(reason_needed, entitlement_ended).
    """
    reason = clean_text(why, 300)
    if not reason:
        raise Refused(REASON_NEEDED)
    entitlement = held_entitlement(entitlement_id)
    if Ending.objects.filter(entitlement=entitlement).exists():
        raise Refused(ENDED)
    held = Hold.objects.filter(entitlement=entitlement, ends_before=None).first()
    if held is not None:
        return held
    hold = Hold.objects.create(
        entitlement=entitlement, reason_code=reason_code, why=reason, starts_on=starts_on, held_at=at, held_by_id=by.id
    )
    record(
        by=by, at=at, act="entitlements.suspend", subject=("entitlement", entitlement.pk),
        person_id=entitlement.person_id, why=reason, after={"reason": reason_code, "starts_on": starts_on},
    )  # fmt: skip
    return hold
