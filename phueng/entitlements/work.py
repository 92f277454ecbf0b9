"""What does this package do on its own clock? It ends what a death has ended and lets months fall due."""

from datetime import timedelta

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.entitlements.actions.end import end
from phueng.entitlements.actions.owe_months import FIRST, owe_months
from phueng.entitlements.queries import running_for_the_dead

WORKER = SYSTEM("entitlements.fall_due")
BATCH = 500


def fall_due(*, limit: int = 5000) -> int:
    """Make the months owed by now fall due, batch by batch, each in a transaction of its own; returns dues made.

    It walks through the entitlements once: one whose rules give nothing yet is not looked at twice in a run.
    """
    _end_after_deaths(limit)
    made, behind = 0, FIRST
    while made < limit:
        batch = owe_months(by=WORKER, at=now(), limit=BATCH, after=behind)
        made += batch.made
        if batch.last_id is None:
            break
        behind = batch.last_id
    return made


def _end_after_deaths(limit: int) -> None:
    """The month of the death is still owed; the entitlement ends with it."""
    for entitlement_id, died_on in running_for_the_dead(limit):
        month_after = (died_on.replace(day=1) + timedelta(days=32)).replace(day=1)
        end(
            by=WORKER, at=now(), entitlement_id=entitlement_id, reason_code="death", ends_before=month_after,
            why="ทะเบียนราษฎรแจ้งการเสียชีวิต",
        )  # fmt: skip
