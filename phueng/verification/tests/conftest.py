"""A civil register as a process of its own, the settings that lead to it, and an entry for rows arranged by hand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.gateways.rehearsal import RunningStandIn, running
from phueng.verification.tests.factories import AT, woman_on_file

TOKEN = "register-token-of-the-tests"


@pytest.fixture(scope="session")
def register_stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStandIn]:
    """The stand-in, started once."""
    records: Path = tmp_path_factory.mktemp("register") / "people.jsonl"
    stranger = woman_on_file(national_id="9000000999991", first_name="มาลี", last_name="วงศ์ทอง", household_members=None)
    records.write_text("\n".join(json.dumps(one) for one in (woman_on_file(), stranger)), encoding="utf-8")
    arguments = ("--port", "0", "--records", str(records), "--token", TOKEN, "--control")
    with running("phueng.gateways.civil_register.fake", *arguments) as stand_in:
        yield stand_in


@pytest.fixture
def register(register_stand_in: RunningStandIn, settings: Any) -> RunningStandIn:
    """The civil register on a good day, with the applicant on file as she is."""
    register_stand_in.steer(mode="ok", delay=0, upsert=woman_on_file())
    settings.PHUENG_CIVIL_REGISTER_URL = register_stand_in.addresses[0]
    settings.PHUENG_CIVIL_REGISTER_TOKEN = TOKEN
    settings.PHUENG_CIVIL_REGISTER_SECONDS = 0.5
    return register_stand_in


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """Only in tests that roll back: those that commit show that the entry is really needed."""
    if request.node.get_closest_marker("django_db") and "committed_db" not in request.fixturenames:
        request.getfixturevalue("db")
        record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid4()))
