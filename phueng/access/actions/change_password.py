"""How does a person change their own password?"""

from datetime import datetime
from uuid import UUID

from phueng.access.models import Account
from phueng.access.problems import WRONG_OLD_PASSWORD
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def change_password(*, account_id: UUID, old_password: str, new_password: str, by: Actor, at: datetime) -> Account:
    """Change it; every other session of the account ends. The form has checked that the new one is good.

    Raises Refused(wrong_old_password).
    """
    account = Account.objects.select_for_update().get(id=account_id)
    if not account.check_password(old_password):
        raise Refused(WRONG_OLD_PASSWORD)
    account.set_password(new_password)
    account.password_changed_at, account.password_given_at = at, None
    account.save(update_fields=["password", "password_changed_at", "password_given_at"])
    record(by=by, at=at, act="access.change_password", subject=("account", account_id))
    return account
