"""How does one of the approvers sign a frozen list, and what happens when the last one has?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger.actions import commit
from phueng.payments import problems
from phueng.payments.approving import office_signed_for, still_needed
from phueng.payments.files import intend_files
from phueng.payments.freezing import insist_on_frozen, is_small
from phueng.payments.hands import lay_hands_on_run, said_plainly
from phueng.payments.models import Approval, Run
from phueng.payments.settling import fund_of


@action
def approve_run(*, by: Actor, at: datetime, run_id: UUID) -> Run:
    """Sign the list as right. The last approval that the band asks for commits the budget; the files of a small run
    are written at once, those of a large one by the worker. Approving again by the same person changes nothing.

    Refused: same_signer, same_hands, wrong_step, not_frozen, list_changed, list_is_compared_first, outside_area,
    needs_another_office, and what the layout of the file does not allow.
    """
    # Approvers of one run wait for each other here: nobody counts signatures that another is just adding to.
    if by.id is None:
        raise ValueError("an approver has an account")
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    given = list(run.approvals.order_by("nth"))
    if run.abandoned_at is None and any(one.approved_by_id == by.id for one in given):
        return run
    _refuse_unless_it_waits(run, by)
    signs_for = office_signed_for(run, by, at)
    needed = still_needed(run, given)
    if needed.must_be_elsewhere and not signs_for.is_elsewhere:
        raise Refused(problems.NEEDS_ANOTHER_OFFICE)
    insist_on_frozen(run, at)
    nth = len(given) + 1
    with said_plainly():
        Approval.objects.create(run=run, nth=nth, approved_by_id=by.id, office_id=signs_for.office_id, approved_at=at)
    lay_hands_on_run(by=by, at=at, run=run, hand="checker")
    after = {"root": run.lines_root, "nth": nth, "of": run.approvals_needed}
    record(by=by, at=at, act="payments.approve_run", subject=("run", run.pk), after=after)
    if nth == run.approvals_needed:
        _close(run, by, at)
    return run


def _refuse_unless_it_waits(run: Run, by: Actor) -> None:
    if run.abandoned_at is None and run.frozen_at is None:
        raise Refused(problems.NOT_FROZEN)
    if run.checked_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if run.prepared_by_id == by.id:
        raise Refused(problems.SAME_SIGNER)


def _close(run: Run, by: Actor, at: datetime) -> None:
    run.checked_at = at
    with said_plainly():
        run.save(update_fields=["checked_at"])
    key, subject = f"run:{run.pk}:commit", ("run", run.pk)
    commit(by=by, at=at, fund=fund_of(run), amount_satang=run.total_satang, key=key, subject=subject)
    if is_small(run):
        intend_files(by=by, at=at, run=run)
