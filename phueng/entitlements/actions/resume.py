"""How does a held entitlement run again, and from which day?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements.locks import held_entitlement
from phueng.entitlements.models import Hold
from phueng.entitlements.refusals import OUTSIDE_HOLD
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text


@action
def resume(*, by: Actor, at: datetime, entitlement_id: UUID, ends_before: date, why: str = "") -> Hold | None:
    """End the open hold: months that begin on `ends_before` or later are owed again.

    The hold's own first day pays back everything that rested. Without an open hold nothing changes and None comes
    back. Raises Refused(day_before_hold).
    """
    entitlement = held_entitlement(entitlement_id)
    hold = Hold.objects.filter(entitlement=entitlement, ends_before=None).first()
    if hold is None:
        return None
    if ends_before < hold.starts_on:
        raise Refused(OUTSIDE_HOLD)
    hold.ends_before, hold.resumed_at = ends_before, at
    hold.save(update_fields=["ends_before", "resumed_at"])
    record(
        by=by, at=at, act="entitlements.resume", subject=("entitlement", entitlement.pk),
        person_id=entitlement.person_id, why=clean_text(why, 300),
        before={"held_from": hold.starts_on}, after={"ends_before": ends_before},
    )  # fmt: skip
    return hold
