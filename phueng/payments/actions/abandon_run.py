"""How is a run given up before it is released, so that its dues are free again?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger.actions import release_commitment, release_reservation
from phueng.payments import problems
from phueng.payments.approving import FINANCE_ROLES, insist_on_duty
from phueng.payments.freezing import is_small
from phueng.payments.models import Run
from phueng.payments.settling import fund_of, is_monthly


@action
def abandon_run(*, by: Actor, at: datetime, run_id: UUID, why: str) -> Run:
    """Give the budget back and drop the lines; those of a large run are dropped by the worker, a batch at a time.

    Its own office decides this, also while the list is still being gathered: a lent hand signs or does not sign. A
    released run cannot be abandoned: the bank has it. Refused: why_is_missing, wrong_step, outside_area.
    """
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.abandoned_at is not None:
        return run
    if run.released_at is not None:
        raise Refused(problems.WRONG_STEP)
    insist_on_duty(run, by, at, *FINANCE_ROLES)
    run.abandoned_at, run.abandoned_why = at, why[:300]
    run.save(update_fields=["abandoned_at", "abandoned_why"])
    if is_small(run):
        run.lines.update(dropped_at=at)  # the database lets go of lines of an abandoned run only
    fund, subject, total = fund_of(run), ("run", run.pk), run.total_satang
    if run.checked_at is not None:
        release_commitment(by=by, at=at, fund=fund, amount_satang=total, key=f"run:{run.pk}:uncommit", subject=subject)
    if is_monthly(run) and run.frozen_at is not None:
        key = f"run:{run.pk}:unreserve"
        release_reservation(by=by, at=at, fund=fund, amount_satang=total, key=key, subject=subject)
    record(by=by, at=at, act="payments.abandon_run", subject=subject, why=why)
    return run
