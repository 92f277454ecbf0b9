"""How does a duty end?"""

from datetime import date, datetime
from uuid import UUID

from phueng.access.models import Duty
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@action
def end_duty(*, duty_id: UUID, ends_before: date, why: str, by: Actor, at: datetime) -> Duty:
    """End a duty before a day, from the next request on; one that has not begun by then never begins."""
    duty = Duty.objects.select_for_update().get(id=duty_id)
    was = duty.ends_before
    ends_before = max(ends_before, duty.starts_on)
    if was is not None and was <= ends_before:
        return duty
    duty.ends_before = ends_before
    duty.save(update_fields=["ends_before"])
    record(
        by=by,
        at=at,
        act="access.end_duty",
        subject=("account", duty.account_id),
        why=why,
        before={"role": duty.role, "office": duty.office_id, "ends_before": was},
        after={"role": duty.role, "office": duty.office_id, "ends_before": ends_before},
    )
    return duty
