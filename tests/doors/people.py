"""How does a test come to a door as somebody with one role?"""

from uuid import UUID

from django.test import Client
from django.urls import reverse

from phueng.access.tests.factories import AT, PASSWORD, AccountFactory, DutyFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM


def signed_in(client: Client, role: str) -> None:
    """Sign this browser in, through the page, as a new account that holds one role in one office."""
    record(by=SYSTEM("test"), at=AT, act="test.accounts", subject=("test", UUID(int=0)))
    account = AccountFactory.create(username=f"door-{role}")
    DutyFactory.create(account=account, role=role)
    answer = client.post(reverse("access:sign_in"), {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302, "the sign-in page did not let a test account in"
