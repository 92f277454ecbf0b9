"""How does an account get a role in an office?"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.access.models import Duty
from phueng.access.problems import DUTY_HELD, OWN_DUTY
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def give_duty(
    *,
    account_id: UUID,
    role: str,
    office_id: UUID,
    starts_on: date,
    ends_before: date | None = None,
    reference: str = "",
    by: Actor,
    at: datetime,
) -> Duty:
    """Give a duty from a day until a day (end excluded; None is open).

    The same duty again returns the one that is there. Raises Refused(own_duty) when somebody gives it to
    themselves and Refused(duty_held) when it overlaps a different one.
    """
    if by.id == account_id:
        raise Refused(OWN_DUTY)
    wanted = {
        "account_id": account_id,
        "role": role,
        "office_id": office_id,
        "starts_on": starts_on,
        "ends_before": ends_before,
    }
    there = Duty.objects.filter(**wanted).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            duty = Duty.objects.create(**wanted, reference=reference)
    except IntegrityError as refused:
        if "access_duty_once_at_a_time" in str(refused):
            raise Refused(DUTY_HELD) from refused
        raise
    record(
        by=by,
        at=at,
        act="access.give_duty",
        subject=("account", account_id),
        why=reference,
        after={"role": role, "office": office_id, "starts_on": starts_on, "ends_before": ends_before},
    )
    return duty
