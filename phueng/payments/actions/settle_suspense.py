"""How does a person settle a line of the bank's answer that nobody could explain?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.actions.reverse_payment import settle_item
from phueng.payments.models import SuspenseItem


@action
def settle_suspense(*, by: Actor, at: datetime, item_id: UUID, why: str) -> SuspenseItem:
    """Say what the item was. The bank's words stay as they came; money that stood on suspense goes back where it was,
    and a reversal that was noted and is not true is dropped."""
    item = SuspenseItem.objects.select_for_update().get(pk=item_id)
    if item.settled_at is not None:
        return item
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    for reversal in item.reversals.select_for_update().filter(confirmed_at__isnull=True, dropped_at__isnull=True):
        reversal.dropped_at = at
        reversal.save(update_fields=["dropped_at"])
    settle_item(by=by, at=at, item=item, why=why)
    record(by=by, at=at, act="payments.settle_suspense", subject=("suspense", item.pk), why=why)
    return item
