"""What does this package do on its own clock? It ends what a death has ended and lets months fall due."""

import hashlib
from datetime import timedelta
from pathlib import Path

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.entitlements.actions.end import end
from phueng.entitlements.actions.owe_differences import owe_differences as work_out_again
from phueng.entitlements.actions.owe_months import FIRST, owe_months
from phueng.entitlements.models import RateEdition
from phueng.entitlements.queries import running_for_the_dead
from phueng.schemes.catalogue import schemes

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


def owe_differences(*, limit: int = 20) -> int:
    """When the numbers of a scheme have changed, work out again what was owed, batch by batch; returns dues made."""
    made = 0
    for known in schemes():
        if known.benefit_kind == "monthly":
            made += _through_edition(known.code, _fingerprint(known.folder / "parameters.yaml"), limit)
    return made


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _through_edition(scheme_code: str, sha256: str, limit: int) -> int:
    last = RateEdition.objects.filter(scheme_code=scheme_code).order_by("-seen_at").first()
    if last is None or last.sha256 != sha256:
        # The first edition ever seen has nothing before it: every due was worked out with it.
        done_at = now() if last is None else None
        last = RateEdition.objects.create(scheme_code=scheme_code, sha256=sha256, seen_at=now(), done_at=done_at)
    made = 0
    for _ in range(limit):
        if last.done_at is not None:
            break
        batch = work_out_again(
            by=SYSTEM("entitlements.owe_differences"), at=now(), scheme_code=scheme_code, after=last.place
        )
        made += batch.made
        # Killed before this line, the same batch is gone through again and finds nothing more to add.
        last.place = batch.last_id or last.place
        last.done_at = now() if batch.last_id is None else None
        last.save(update_fields=["place", "done_at"])
    return made


def _end_after_deaths(limit: int) -> None:
    """The month of the death is still owed; the entitlement ends with it."""
    for entitlement_id, died_on in running_for_the_dead(limit):
        month_after = (died_on.replace(day=1) + timedelta(days=32)).replace(day=1)
        end(
            by=WORKER, at=now(), entitlement_id=entitlement_id, reason_code="death", ends_before=month_after,
            why="ทะเบียนราษฎรแจ้งการเสียชีวิต",
        )  # fmt: skip
