"""How does an account end, and how does it come back?"""

from datetime import datetime
from uuid import UUID

from phueng.access.models import Account
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@action
def close_account(*, account_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Close an account: its sessions see nothing from the next request on. Its traces stay."""
    _switch(account_id, to=False, act="access.close_account", why=why, by=by, at=at)


@action
def reopen_account(*, account_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Open a closed account again."""
    _switch(account_id, to=True, act="access.reopen_account", why=why, by=by, at=at)


def _switch(account_id: UUID, *, to: bool, act: str, why: str, by: Actor, at: datetime) -> None:
    if Account.objects.filter(id=account_id, is_active=not to).update(is_active=to):
        record(
            by=by,
            at=at,
            act=act,
            subject=("account", account_id),
            why=why,
            before={"is_active": not to},
            after={"is_active": to},
        )
