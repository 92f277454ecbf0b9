"""What does this package do on its own clock? It lets months fall due."""

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.entitlements.actions.owe_months import FIRST, owe_months

BATCH = 500


def fall_due(*, limit: int = 5000) -> int:
    """Make the months owed by now fall due, batch by batch, each in a transaction of its own; returns dues made.

    It walks through the entitlements once: one whose rules give nothing yet is not looked at twice in a run.
    """
    made, behind = 0, FIRST
    while made < limit:
        batch = owe_months(by=SYSTEM("entitlements.fall_due"), at=now(), limit=BATCH, after=behind)
        made += batch.made
        if batch.last_id is None:
            break
        behind = batch.last_id
    return made
