"""What do tests of tracking share: a sealed audit for payments that roll back, and a browser without JavaScript."""

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.tracking.tests.scenes import SENT_AT, Story


@pytest.fixture
def sealed_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that is rolled back is never sealed; whether release refuses then is tested in payments."""
    # The package names the function of the same name; the module is meant.
    monkeypatch.setattr(import_module("phueng.payments.actions.release_run"), "sealing_is_fresh", lambda at: True)


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """Rows by factory in audited tables need an entry in the transaction of the test."""
    if "db" in request.fixturenames and "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
        record(by=SYSTEM("test"), at=SENT_AT, act="tests.arrange", subject=("test", uuid4()))


@pytest.fixture(autouse=True)
def unasked(settings: Any) -> None:
    """Nobody answers for the civil register here; that it is asked before a run is tested in payments."""
    settings.PHUENG_REGISTER_WORD_HOURS = 0


@pytest.fixture
def story(db: Any) -> Story:
    """A request that was sent."""
    return Story()


@pytest.fixture
def browser() -> Client:
    return Client(REMOTE_ADDR="203.0.113.7")
