"""How does a second person check a frozen list?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger.actions import commit
from phueng.payments import problems
from phueng.payments.freezing import is_as_frozen
from phueng.payments.gathering import cases_of_run
from phueng.payments.hands import lay_hands_on_run, sign_run
from phueng.payments.models import Run
from phueng.payments.settling import fund_of


@action
def check_run(*, by: Actor, at: datetime, run_id: UUID) -> Run:
    """Sign the list as right and commit its budget. Checking again by the same person changes nothing.

    Refused: same_signer, same_hands, wrong_step, list_changed, outside_area.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.checked_by_id == by.id and run.abandoned_at is None:
        return run
    if run.checked_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if run.prepared_by_id == by.id:
        raise Refused(problems.SAME_SIGNER)
    if not is_as_frozen(run):
        raise Refused(problems.LIST_CHANGED)
    sign_run(run, by=by, at=at, step="checked")
    lay_hands_on_run(by=by, at=at, run=run, hand="checker", cases=cases_of_run(run))
    key, subject = f"run:{run.pk}:commit", ("run", run.pk)
    commit(by=by, at=at, fund=fund_of(run), amount_satang=run.total_satang, key=key, subject=subject)
    record(by=by, at=at, act="payments.check_run", subject=subject, after={"root": run.lines_root})
    return run
