"""Is the person who is about to do an act of weight the one who signed in?"""

from datetime import datetime
from uuid import UUID

from phueng.access.factors import has_device, is_right
from phueng.access.models import Account
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@action
def step_up(*, account_id: UUID, purpose: str, proof: str, by: Actor, at: datetime) -> bool:
    """Check the app's code, or the password of an account that has no app; say whether it was right.

    Returned, not raised, when wrong: a raised refusal would undo the count of guesses and the trace of them.
    """
    account = Account.objects.get(id=account_id)
    by_app = has_device(account_id)
    fits = account.is_active and (is_right(account_id, proof) if by_app else account.check_password(proof))
    record(
        by=by,
        at=at,
        act="access.step_up" if fits else "access.miss_step_up",
        subject=("account", account_id),
        after={"purpose": purpose, "proof": "app" if by_app else "password"},
    )
    return bool(fits)
