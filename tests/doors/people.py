"""How does a test come to a door as somebody with one role?"""

from uuid import UUID

from django.test import Client

from phueng.access.tests.factories import AT, AccountFactory, DutyFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM

TRACE = ("test", UUID(int=0))


def signed_in(client: Client, role: str) -> None:
    """Sign this browser in as a new account that holds one role in one office."""
    record(by=SYSTEM("test"), at=AT, act="test.accounts", subject=TRACE)
    account = AccountFactory.create(username=f"door-{role}")
    DutyFactory.create(account=account, role=role)
    client.force_login(account)
