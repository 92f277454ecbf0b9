"""What happens to the payments in a file that the bank did not take, or that we refused to send?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.files import lines_in
from phueng.payments.models import FileTrouble
from phueng.payments.reconciling import one_at_a_time
from phueng.payments.rules import FILE_REFUSED
from phueng.payments.settling import Settled, settle_lines


@action
def give_back_file(*, by: Actor, at: datetime, trouble_id: UUID, why: str) -> FileTrouble:
    """Say that nothing of this file was paid: its lines come back and are due again; accounts and people are not at
    fault, so neither is touched. Giving back again changes nothing.

    Refused: why_is_missing, same_signer (whoever released the run), already_answered (the bank paid a line of it).
    """
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    trouble = FileTrouble.objects.select_for_update(of=("self",)).select_related("file__run__office").get(pk=trouble_id)
    if trouble.settled_at is not None:
        return trouble
    run = trouble.file.run
    one_at_a_time()
    if by.id == run.released_by_id:
        raise Refused(problems.SAME_SIGNER)
    lines = list(
        lines_in(trouble.file).select_related("run__office").select_for_update(of=("self",)).order_by("reference")
    )
    if any(line.standing != "waiting" for line in lines):
        raise Refused(problems.ALREADY_ANSWERED)
    settle_lines(
        by=by,
        at=at,
        key=f"trouble:{trouble.pk}",
        returned=[Settled(line, returned_code=FILE_REFUSED) for line in lines],
    )
    trouble.settled_at, trouble.settled_by_id, trouble.settled_by_name = at, by.id, by.name
    trouble.settled_why = why[:300]
    trouble.save(update_fields=["settled_at", "settled_by", "settled_by_name", "settled_why"])
    record(
        by=by,
        at=at,
        act="payments.give_back_file",
        subject=("run", run.pk),
        why=why,
        after={"name": trouble.file.name, "lines": len(lines)},
    )
    return trouble
