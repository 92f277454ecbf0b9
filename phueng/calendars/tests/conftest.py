"""What do the tests of calendars share?"""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.calendars.actions.load_days import load_days

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def traced(db: None) -> None:
    """An entry for what a test arranges without an action: the database asks for one."""
    record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid4()))


@pytest.fixture
def seeded(db: None) -> None:
    """Days off of 2024 to 2030 from the list."""
    load_days(first_year=2024, last_year=2030, by=SYSTEM("test"), at=AT)
