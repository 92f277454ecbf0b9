"""How does somebody who has just got an account, or forgot the password, sign in?"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from phueng.access.models import Account
from phueng.access.problems import OWN_PASSWORD
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused

# Long enough for a letter within the house, short enough that a slip found later opens nothing.
GIVEN_FOR = timedelta(days=3)
# No letter that is read as another: the slip is typed from paper. 16 of 31 signs are 79 bits.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _SIGNS_EACH = 4, 4


@action
def give_password(*, account_id: UUID, why: str, by: Actor, at: datetime) -> str:
    """Give an account a one-time password and return it, this once; its other sessions end.

    It opens only the page that changes it, and after three days not even that. Raises Refused(own_password).
    """
    if by.id == account_id:
        raise Refused(OWN_PASSWORD)
    account = Account.objects.select_for_update().get(id=account_id)
    given = "-".join("".join(secrets.choice(_SIGNS) for _ in range(_SIGNS_EACH)) for _ in range(_GROUPS))
    account.set_password(given)
    account.password_given_at = at
    account.save(update_fields=["password", "password_given_at"])
    record(by=by, at=at, act="access.give_password", subject=("account", account_id), why=why)
    return given
