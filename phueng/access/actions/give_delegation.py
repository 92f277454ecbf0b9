"""Who says how much may be decided by whom?"""

from datetime import date, datetime
from uuid import UUID

from phueng.access.models import Delegation
from phueng.access.problems import OWN_DUTY
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def give_delegation(
    *,
    office_id: UUID,
    role: str,
    up_to_satang: int,
    starts_on: date,
    reference: str,
    account_id: UUID | None = None,
    scheme_code: str = "",
    ends_before: date | None = None,
    is_deputy: bool = False,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Let a role of an office, or one account, decide up to an amount; `reference` is the order saying so.

    Raises Refused(own_duty) when somebody delegates to themselves.
    """
    if account_id is not None and by.id == account_id:
        raise Refused(OWN_DUTY)
    delegation, is_new = Delegation.objects.get_or_create(
        office_id=office_id,
        role=role,
        account_id=account_id,  # type: ignore[misc]  # None is a value here: the whole role
        scheme_code=scheme_code,
        starts_on=starts_on,
        defaults={
            "up_to_satang": up_to_satang,
            "ends_before": ends_before,
            "is_deputy": is_deputy,
            "reference": reference,
        },
    )
    if is_new:
        record(
            by=by,
            at=at,
            act="access.give_delegation",
            subject=("office", office_id),
            why=reference,
            after={
                "role": role,
                "account": account_id,
                "scheme": scheme_code,
                "up_to_satang": up_to_satang,
                "starts_on": starts_on,
                "ends_before": ends_before,
                "is_deputy": is_deputy,
            },
        )
    return delegation
