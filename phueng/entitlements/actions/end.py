"""How does an entitlement end for good?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements.locks import held_entitlement
from phueng.entitlements.models import Ending
from phueng.entitlements.refusals import REASON_NEEDED
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text


@action
def end(*, by: Actor, at: datetime, entitlement_id: UUID, reason_code: str, why: str, ends_before: date) -> Ending:
    """End it: no month that begins on `ends_before` or later is owed. `reason_code`: death, move, expiry, decision.

    An entitlement ends once; ending it again returns the first ending. Raises Refused(reason_needed).
    """
    reason = clean_text(why, 300)
    if not reason:
        raise Refused(REASON_NEEDED)
    entitlement = held_entitlement(entitlement_id)
    ended = Ending.objects.filter(entitlement=entitlement).first()
    if ended is not None:
        return ended
    ending = Ending.objects.create(
        entitlement=entitlement, reason_code=reason_code, why=reason, ends_before=ends_before, ended_at=at,
        ended_by_id=by.id,
    )  # fmt: skip
    record(
        by=by, at=at, act="entitlements.end", subject=("entitlement", entitlement.pk),
        person_id=entitlement.person_id, why=reason, after={"reason": reason_code, "ends_before": ends_before},
    )  # fmt: skip
    return ending
