"""What does retention do on its own clock? It lets go of cases whose time is over, a bounded number at a time."""

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.retention.actions import wipe_case
from phueng.retention.due import due_cases


def wipe_cases(*, limit: int = 20) -> int:
    """Each case in a transaction of its own: a kill costs at most the one in hand."""
    by, at = SYSTEM("retention.wipe_cases"), now()
    return sum(wipe_case(by=by, at=now(), case=case) for case in due_cases(at, limit=limit))
