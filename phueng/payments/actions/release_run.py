"""How does a third person release a run, and what is stored before any byte leaves?"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.audit.queries import sealing_is_fresh
from phueng.gateways.faults import FileRefused
from phueng.kernel.problems import Refused
from phueng.ledger.actions import move
from phueng.payments import problems
from phueng.payments.files import files_of, header_of
from phueng.payments.freezing import is_as_frozen
from phueng.payments.gathering import cases_of_run
from phueng.payments.hands import lay_hands_on_run, sign_run
from phueng.payments.models import BankFile, Line, Run
from phueng.payments.settling import fund_of
from phueng.payments.signing import key_id, sign


@action
def release_run(*, by: Actor, at: datetime, run_id: UUID, last_of_root: str) -> Run:
    """Release: write, hash and sign the files and store them as intent; the worker sends them afterwards.

    `last_of_root` are the last four characters of the run's fingerprint, typed by the releaser. Fails closed: refused
    with seal_is_old while the audit log is not being sealed. Also refused: wrong_step, same_signer, same_hands,
    list_changed, wrong_hash, outside_area, and what the layout of the file does not allow.
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
    files = _intend(run, at)
    _send_out(by, at, run)
    record(
        by=by,
        at=at,
        act="payments.release_run",
        subject=("run", run.pk),
        after={"files": {file.name: file.sha256 for file in files}, "total_satang": run.total_satang},
    )
    return run


def _intend(run: Run, at: datetime) -> list[BankFile]:
    header = header_of(run)
    try:
        written = files_of(run, header)
    except FileRefused as refused:
        first = refused.refusals[0]
        raise Refused(problems.line_does_not_fit(first.reference, first.problem)) from refused
    return [
        BankFile.objects.create(
            run=run,
            product=file.product,
            part=file.part,
            name=file.name,
            layout_version=file.layout_version,
            sha256=file.sha256,
            line_count=file.count,
            total_satang=file.total_satang,
            lines_root=run.lines_root,
            header=header,
            content=file.content,
            signature=sign(file.content),
            key_id=key_id(),
            intended_at=at,
        )
        for file in written
    ]


def _send_out(by: Actor, at: datetime, run: Run) -> None:
    """What came back earlier lies in our bank account: paying it anew draws it from there, the rest from the treasury."""
    earlier = Line.objects.filter(due=OuterRef("due"), returned_at__isnull=False)
    again = run.lines.filter(Exists(earlier)).aggregate(satang=Sum("amount_satang", default=0))["satang"]
    amounts = {"treasury": again - run.total_satang, "bank": -again, "transit": run.total_satang}
    move(
        by=by,
        at=at,
        key=f"run:{run.pk}:send",
        memo="ส่งเงินให้ธนาคาร",
        subject=("run", run.pk),
        fund=fund_of(run),
        amounts={role: satang for role, satang in amounts.items() if satang},
    )
