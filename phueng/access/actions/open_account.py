"""How does somebody get an account?"""

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password

from phueng.access.models import Account
from phueng.access.problems import USERNAME_TAKEN
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def open_account(
    *,
    username: str,
    display_name_th: str,
    display_name_en: str,
    kind: str = "staff",
    email: str = "",
    phone: str = "",
    password: str | None = None,
    account_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Account:
    """Open an account without duties; without a password nobody can sign in to it with one.

    Asking again with the same username and the same names returns the account that is there. Raises
    Refused(username_taken) when that username belongs to somebody else.
    """
    username = username.strip().lower()
    names = (display_name_th, display_name_en, kind)
    wanted = Account(
        id=account_id or uuid4(),
        username=username,
        display_name_th=display_name_th,
        display_name_en=display_name_en,
        kind=kind,
        email=email,
        phone=phone,
        opened_at=at,
        password=make_password(password),
    )
    Account.objects.bulk_create([wanted], ignore_conflicts=True)
    account = Account.objects.filter(username=username).first()
    if account is None or (account.display_name_th, account.display_name_en, account.kind) != names:
        raise Refused(USERNAME_TAKEN)
    if account.id == wanted.id:
        record(
            by=by,
            at=at,
            act="access.open_account",
            subject=("account", account.id),
            after={"username": username, "kind": kind, "name": display_name_th},
        )
    return account
