"""The note was a mistake: nothing is asked, and the person is told so if they had been told."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.recoveries.actions.note_overpayment import CLOCK
from phueng.recoveries.models import Overpayment
from phueng.recoveries.refusals import refuse
from phueng.recoveries.steps import insist_on, locked, move_to, subject
from phueng.recoveries.telling import send_message


@action
def withdraw_note(*, by: Actor, at: datetime, overpayment_id: UUID, why: str) -> Overpayment:
    """Withdraw before anybody has judged; its payments may be noted anew. Withdrawn before: the same."""
    overpayment = locked(overpayment_id)
    if overpayment.state == "dropped":
        return overpayment
    insist_on(overpayment, "noted", "told", "heard", "asking")
    if not why.strip():
        raise refuse("nothing_said")
    if overpayment.repayments.exists():
        raise refuse("wrong_step")
    was_told = overpayment.state in ("told", "heard")
    for line in overpayment.lines.filter(withdrawn_at__isnull=True):
        line.withdrawn_at = at
        line.save(update_fields=["withdrawn_at"])
    move_to(overpayment, "dropped", at=at, why=why)
    stop_clock(by=by, at=at, subject_id=overpayment.pk, code=CLOCK, why="dropped")
    record(
        by=by,
        at=at,
        act="recoveries.withdraw_note",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=why,
    )
    if was_told:
        send_message(overpayment, by=by, at=at, template_code="recovery_settled", occasion=str(overpayment.pk))
    return overpayment
