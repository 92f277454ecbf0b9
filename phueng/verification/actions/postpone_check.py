"""What becomes of a check that got no answer? It waits, visibly, and is asked again."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.verification.models import Check
from phueng.verification.patience import patience
from phueng.verification.states import insist_may


@action
def postpone_check(*, by: Actor, at: datetime, check_id: UUID, failure: str) -> Check:
    """Note why there was no answer and when we ask again; each time we wait longer. Never an outcome."""
    insist_may("postpone_check", by.role)
    check = Check.objects.select_for_update(of=("self",)).get(pk=check_id)
    if check.answered_at is not None:
        return check
    check.tries += 1
    check.last_failure = failure[:60]
    check.next_try_at = at + patience().pause_after(check.tries)
    check.save(update_fields=["tries", "last_failure", "next_try_at"])
    record(
        by=by, at=at, act="verification.postpone_check", subject=("check", check.pk),
        after={
            "application": check.application_id, "kind": check.kind, "failure": check.last_failure,
            "tries": check.tries, "next_try_at": check.next_try_at,
        },
    )  # fmt: skip
    return check
