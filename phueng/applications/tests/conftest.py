"""An entry for rows that a test arranges without an action: the database asks for one."""

from uuid import uuid4

import pytest

from phueng.applications.tests.factories import MOMENT
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """Only in tests that roll back: those that commit show that the entry is really needed."""
    if "db" in request.fixturenames and "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
        record(by=SYSTEM("test"), at=MOMENT, act="tests.arrange", subject=("test", uuid4()))
