"""Two pages to stand behind gates, at addresses of their own; and people to open them."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from phueng.access.models import Account
from phueng.access.tests.factories import AT, PASSWORD, AccountFactory, DutyFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """An entry for rows that a test arranges without an action: the database asks for one."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid4()))


@pytest.fixture
def gated_pages(settings: Any) -> None:
    """Serve tests/pages.py besides the sign-in pages."""
    settings.ROOT_URLCONF = "phueng.access.tests.pages"


@pytest.fixture
def worker_account(db: Any) -> Account:
    """A social worker."""
    account: Account = AccountFactory.create(username="t.orathai", opened_at=datetime(2000, 1, 1, tzinfo=UTC))
    DutyFactory.create(account=account, role="social_worker")
    return account


def sign_in(client: Client, username: str, password: str = PASSWORD, next_address: str = "") -> Any:
    """Sign in through the page."""
    return client.post("/sign-in/", {"username": username, "password": password, "next": next_address})
