"""What do the tests of places share?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.places.actions.load_invented_municipalities import load_invented_municipalities
from phueng.places.actions.load_places import LoadedPlaces, load_places

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def everywhere(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[LoadedPlaces]:
    """Every place and office, and the municipalities of Khon Kaen and Bangkok; undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        loaded = load_places(by=SYSTEM("test"), at=AT)
        load_invented_municipalities(province_codes=["40", "10"], by=SYSTEM("test"), at=AT)
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def loaded(everywhere: LoadedPlaces, db: None) -> LoadedPlaces:
    """All places, in a transaction of the test's own."""
    return everywhere


@pytest.fixture
def traced(db: None) -> None:
    """An entry for what a test arranges without an action: the database asks for one."""
    record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid4()))
