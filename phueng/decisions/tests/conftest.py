"""An entry for rows that a test arranges without an action: the database asks for one."""

import pytest

from phueng.decisions.tests.scenes import trace


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """Only in tests that roll back: those that commit show that the entry is really needed."""
    uses_database = "db" in request.fixturenames or request.node.get_closest_marker("django_db")
    if uses_database and "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
        trace()
