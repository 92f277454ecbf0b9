"""How does a question about money take its next step, one person at a time?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.places.queries import office
from phueng.recoveries import refusals
from phueng.recoveries.models import Overpayment
from phueng.recoveries.rules import ENQUIRY_CAUSES
from phueng.recoveries.states import OVER, may_follow


def locked(overpayment_id: UUID) -> Overpayment:
    """The question, held until the transaction ends: whoever comes second sees what the first one did."""
    return (
        Overpayment.objects.select_for_update(of=("self",))
        .select_related("office", "application", "person")
        .get(pk=overpayment_id)
    )


def insist_on(overpayment: Overpayment, *states: str) -> None:
    """Raise Refused(wrong_step) unless it stands at one of these."""
    if overpayment.state not in states:
        raise refusals.refuse("wrong_step")


def move_to(overpayment: Overpayment, state: str, *, at: datetime, why: str = "") -> None:
    """Take the step; a last step keeps why it is over. The database judges again whether the facts are there."""
    if overpayment.state == state:
        return
    if not may_follow(overpayment.state, state):
        raise Refused(refusals.PROBLEMS["wrong_step"])
    overpayment.state = state
    if state in OVER:
        overpayment.closed_at, overpayment.closed_why = at, why[:300]
    with refusals.said_plainly():
        overpayment.save(update_fields=["state", "closed_at", "closed_why"])


def is_for_enquiry(overpayment: Overpayment) -> bool:
    """Whether bank or family are asked instead of the person: nobody writes to the dead, or to whom nothing came."""
    return overpayment.cause in ENQUIRY_CAUSES or overpayment.person.died_on is not None


def office_acting_in(by: Actor, overpayment: Overpayment) -> UUID:
    """The office in which the actor acts: a borrowed pair of hands acts in its own."""
    if by.office_code and by.office_code != overpayment.office.code:
        own = office(by.office_code)
        if own is not None:
            return own.pk
    return overpayment.office_id


def subject(overpayment: Overpayment) -> tuple[str, UUID]:
    """What the audit and the ledger call it."""
    return "overpayment", overpayment.pk
