"""How does one more person release an approved run, and what is signed before any byte leaves?"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.audit.queries import sealing_is_fresh
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import ascii_digits
from phueng.ledger.actions import move
from phueng.payments import problems
from phueng.payments.approving import insist_on_duty
from phueng.payments.files import sign_files
from phueng.payments.freezing import insist_on_frozen
from phueng.payments.hands import lay_hands_on_run, said_plainly
from phueng.payments.models import Line, Run
from phueng.payments.settling import fund_of


@action
def release_run(*, by: Actor, at: datetime, run_id: UUID, last_of_digest: str) -> Run:
    """Release: sign the files that stand written as intent; the worker sends them afterwards.

    `last_of_digest` are the last four characters of the files' fingerprint, typed by the releaser, who has just shown
    again who they are (the page asks for that). Fails closed: refused with seal_is_old while the audit log is not being
    sealed, or its head has not gone outside for four hours. Also refused: wrong_step, not_written, no_draw_document,
    same_signer, same_hands, list_changed, list_is_compared_first, wrong_hash, outside_area.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.released_by_id == by.id and by.id is not None:
        return run
    _refuse_unless_ready(run, by, at)
    if ascii_digits(last_of_digest).strip().lower() != run.files_digest[-4:]:
        raise Refused(problems.WRONG_HASH)
    if not sealing_is_fresh(at):
        raise Refused(problems.SEAL_IS_OLD)
    insist_on_frozen(run, at)
    run.released_at, run.released_by_id = at, by.id
    with said_plainly():
        run.save(update_fields=["released_at", "released_by"])
    lay_hands_on_run(by=by, at=at, run=run, hand="releaser")
    sign_files(run, at)
    _send_out(by, at, run)
    after = {"digest": run.files_digest, "total_satang": run.total_satang, "gfmis_number": run.gfmis_number}
    record(by=by, at=at, act="payments.release_run", subject=("run", run.pk), after=after)
    return run


def _refuse_unless_ready(run: Run, by: Actor, at: datetime) -> None:
    if run.checked_at is None or run.released_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if run.prepared_by_id == by.id or run.approvals.filter(approved_by_id=by.id).exists():
        raise Refused(problems.SAME_SIGNER)
    insist_on_duty(run, by, at, "releaser", is_lent=True)
    if run.written_at is None:
        raise Refused(problems.NOT_WRITTEN)
    if not run.gfmis_number:
        raise Refused(problems.NO_DRAW_DOCUMENT)


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
