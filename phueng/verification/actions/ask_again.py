"""How is a check done again, without changing what was answered before?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text
from phueng.verification.kinds import later_than
from phueng.verification.models import Check
from phueng.verification.open_applications import locked_open_application
from phueng.verification.refusals import NO_SUCH_CHECK, REASON_NEEDED
from phueng.verification.rounds import latest_checks
from phueng.verification.states import insist_may


@action
def ask_again(*, by: Actor, at: datetime, application_id: UUID, kind: str, why: str) -> Check:
    """Open a new round of this check and of the worker's later ones, which build on it.

    A check that is still waiting is asked now instead. Raises Refused(no_such_check, reason_needed,
    application_not_open).
    """
    insist_may("ask_again", by.role)
    reason = clean_text(why, 300)
    if not reason:
        raise Refused(REASON_NEEDED)
    application = locked_open_application(application_id)
    checks = latest_checks([application_id])[application_id]
    if kind not in checks:
        raise Refused(NO_SUCH_CHECK)
    opened: dict[str, int] = {}
    for one in (kind, *later_than(kind)):
        if one not in checks:
            continue
        if checks[one].answered_at is None:
            # A worker that holds the row is asking this very moment; waiting for it here could lock both in a knot.
            for waiting in Check.objects.select_for_update(skip_locked=True).filter(
                pk=checks[one].pk, answered_at=None
            ):
                waiting.next_try_at = at
                waiting.save(update_fields=["next_try_at"])
        else:
            opened[one] = checks[one].round + 1
    Check.objects.bulk_create(
        [
            Check(application=application, kind=one, round=number, asked_at=at, next_try_at=at)
            for one, number in opened.items()
        ]
    )
    record(
        by=by, at=at, act="verification.ask_again", subject=("application", application_id),
        person_id=application.person_id, why=reason, after={"kind": kind, "rounds": opened},
    )  # fmt: skip
    return latest_checks([application_id])[application_id][kind]
