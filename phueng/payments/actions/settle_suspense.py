"""How does a person settle a line of the bank's answer that nobody could explain?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.models import SuspenseItem


@action
def settle_suspense(*, by: Actor, at: datetime, item_id: UUID, why: str) -> SuspenseItem:
    """Say what the item was. The bank's words stay as they came."""
    item = SuspenseItem.objects.select_for_update().get(pk=item_id)
    if item.settled_at is not None:
        return item
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    item.settled_at, item.settled_by_name, item.settled_why = at, by.name, why[:300]
    item.save(update_fields=["settled_at", "settled_by_name", "settled_why"])
    record(by=by, at=at, act="payments.settle_suspense", subject=("suspense", item.pk), why=why)
    return item
