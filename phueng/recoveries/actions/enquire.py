"""The person has died, or the money never reached them: what do the bank and the family say?

Nobody in the family is asked to pay. An officer asks the bank whether money is still there, speaks with the relatives
where that can be done gently, and notes what was found.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.recoveries.models import Enquiry
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.steps import insist_on, is_for_enquiry, locked, move_to, subject


@action
def begin_enquiry(*, by: Actor, at: datetime, overpayment_id: UUID) -> Enquiry:
    """Take the task. Begun before: the same. Refused: wrong_step, somebody_to_tell."""
    overpayment = locked(overpayment_id)
    known = Enquiry.objects.filter(overpayment=overpayment).first()
    if known is not None:
        return known
    insist_on(overpayment, "noted")
    if not is_for_enquiry(overpayment):
        raise refuse("somebody_to_tell")
    enquiry = Enquiry.objects.create(overpayment=overpayment, begun_at=at, begun_by_name=by.name)
    move_to(overpayment, "asking", at=at)
    record(by=by, at=at, act="recoveries.begin_enquiry", subject=subject(overpayment), person_id=overpayment.person_id)
    return enquiry


@action
def finish_enquiry(*, by: Actor, at: datetime, overpayment_id: UUID, found: str, found_satang: int) -> Enquiry:
    """Note what bank and family said, once; `found_satang` is what they say they will send back of themselves."""
    overpayment = locked(overpayment_id)
    insist_on(overpayment, "asking")
    if not found.strip():
        raise refuse("nothing_said")
    enquiry = Enquiry.objects.select_for_update().get(overpayment=overpayment)
    if enquiry.finished_at is not None:
        raise refuse("wrong_step")
    enquiry.found, enquiry.found_satang = found, found_satang
    enquiry.finished_at, enquiry.finished_by_name = at, by.name
    with said_plainly():
        enquiry.save(update_fields=["found", "found_satang", "finished_at", "finished_by_name"])
    record(
        by=by,
        at=at,
        act="recoveries.finish_enquiry",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=found,
        after={"found_satang": found_satang},
    )
    return enquiry
