"""How does a third person release a run, and what is stored before any byte leaves?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.audit.queries import sealing_is_fresh
from phueng.kernel.problems import Refused
from phueng.ledger.actions import send_out
from phueng.payments import problems
from phueng.payments.actions.check_run import cases_of_run, fund_of, sign_run
from phueng.payments.files import files_of
from phueng.payments.frozen import is_as_frozen
from phueng.payments.hands import lay_hands_on_run
from phueng.payments.models import BankFile, Run
from phueng.payments.signing import key_id, sign


@action
def release_run(*, by: Actor, at: datetime, run_id: UUID, last_of_root: str) -> Run:
    """Release: write, hash and sign the files and store them as intent; the worker sends them afterwards.

    `last_of_root` are the last four characters of the run's fingerprint, typed by the releaser. Fails closed: refused
    with seal_is_old while the audit log is not being sealed. Also refused: wrong_step, same_signer, same_hands,
    list_changed, wrong_hash, outside_area.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.released_by_id == by.id:
        return run
    if run.checked_at is None or run.released_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if by.id in (run.prepared_by_id, run.checked_by_id):
        raise Refused(problems.SAME_SIGNER)
    if last_of_root.strip().lower() != run.lines_root[-4:]:
        raise Refused(problems.WRONG_HASH)
    if not sealing_is_fresh(at):
        raise Refused(problems.SEAL_IS_OLD)
    if not is_as_frozen(run):
        raise Refused(problems.LIST_CHANGED)
    sign_run(run, by=by, at=at, step="released")
    lay_hands_on_run(by=by, at=at, run=run, hand="releaser", cases=cases_of_run(run))
    for written in files_of(run):
        BankFile.objects.create(
            run=run,
            product=written.product,
            part=written.part,
            name=written.name,
            layout_version=written.layout_version,
            sha256=written.sha256,
            line_count=written.count,
            total_satang=written.total_satang,
            lines_root=run.lines_root,
            content=written.content,
            signature=sign(written.content),
            key_id=key_id(),
            intended_at=at,
        )
    send_out(
        by=by,
        at=at,
        fund=fund_of(run),
        amount_satang=run.total_satang,
        key=f"run:{run.pk}:send",
        subject=("run", run.pk),
    )
    record(
        by=by,
        at=at,
        act="payments.release_run",
        subject=("run", run.pk),
        after={"files": {f.name: f.sha256 for f in run.files.all()}, "total_satang": run.total_satang},
    )
    return run
