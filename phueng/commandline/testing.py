"""How do tests get PostgreSQL, fresh databases and a running service? (A pytest plugin, see pyproject.toml.)

One embedded server for all test runs of this folder, made on the first run and stopped after the last one
that uses it. A template database is built once for each state of migrations and foundation (places,
calendars, cast); every test process, and every test that commits, gets a copy of it in about a tenth of a
second.
"""

import fcntl
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from phueng.commandline import databases, templates
from phueng.commandline.folders import ROOT, locked, var
from phueng.commandline.postgres import Server, embedded
from phueng.commandline.service import Service
from phueng.design.fonts import build_fonts

os.environ["PHUENG_SETTING"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "phueng.config.settings"
os.environ.setdefault("PHUENG_VAR", str(ROOT / "var" / "test"))
(var() / "static").mkdir(parents=True, exist_ok=True)  # else every test client warns that there is none
with locked(var() / "assets.lock"):
    # Before settings are read: they list the folder only when it is there, and pages ask for their fonts.
    (var() / "assets" / "fonts").mkdir(parents=True, exist_ok=True)
    build_fonts(var() / "assets" / "fonts")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: also the tests that take minutes."""
    parser.addoption("--long", action="store_true", help="also run the tests marked long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out unless they were asked for."""
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@dataclass(frozen=True)
class TestDatabase:
    """Where a test's database is: `url` as the app role, `owner_url` as the owner."""

    __test__ = False
    name: str
    url: str
    owner_url: str


@pytest.fixture(scope="session")
def postgres_place() -> Iterator[templates.Place]:
    """The server of this test run, as the app role and as the owner (database names are filled in later)."""
    given = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if all(given):
        yield templates.Place(str(given[0]), str(given[1]))
        return
    server = embedded("test-", is_durable=False)
    users = var() / "test-postgres.users"
    users.parent.mkdir(parents=True, exist_ok=True)
    with users.open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_SH)  # says "in use" to the other test processes
        server.start()
        yield templates.Place(server.url("phueng_app", "postgres"), server.url("phueng_owner", "postgres"))
        fcntl.flock(held, fcntl.LOCK_UN)
        with suppress(BlockingIOError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody else uses it: the last one puts the light out
            server.stop()


@pytest.fixture(scope="session")
def template(postgres_place: templates.Place) -> str:
    """The name of the template database for the code as it is now."""
    templates.drop_abandoned(postgres_place.owner_url)
    return templates.ensure(postgres_place)


@contextmanager
def fresh_database(place: templates.Place, template: str) -> Iterator[TestDatabase]:
    """A copy of the template, dropped afterwards."""
    name = f"phueng_test_{os.getpid()}_{secrets.token_hex(3)}"
    databases.create(place.owner_url, name, template=template)
    databases.prepare_access(databases.with_name(place.owner_url, name), place.app_url)
    try:
        yield TestDatabase(name, databases.with_name(place.app_url, name), databases.with_name(place.owner_url, name))
    finally:
        databases.drop(place.owner_url, name)


@contextmanager
def _default_database(database: TestDatabase) -> Iterator[None]:
    """Point Django's default connection, in every thread, at this database."""
    from django.conf import settings
    from django.db import connections

    before, heads_before = dict(connections.settings["default"]), settings.PHUENG_OUTSIDE_HEADS_DIR
    at = conninfo_to_dict(database.url)
    address = {"NAME": at["dbname"], "HOST": at["host"], "PORT": str(at["port"])}
    address |= {"USER": at["user"], "PASSWORD": at.get("password", "")}
    connections.close_all()
    for known in (
        connections.settings["default"],
        connections["default"].settings_dict,
        settings.DATABASES["default"],
    ):
        known.update(address)
    settings.PHUENG_OUTSIDE_HEADS_DIR = heads = var() / "heads" / database.name  # one place outside each database
    try:
        yield
    finally:
        connections.close_all()
        for known in (
            connections.settings["default"],
            connections["default"].settings_dict,
            settings.DATABASES["default"],
        ):
            known.update(before)
        settings.PHUENG_OUTSIDE_HEADS_DIR = heads_before
        shutil.rmtree(heads, ignore_errors=True)


@pytest.fixture(scope="session")
def session_database(postgres_place: templates.Place, template: str) -> Iterator[TestDatabase]:
    """The database of this test process, for tests that roll back."""
    with fresh_database(postgres_place, template) as database:
        yield database


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, session_database: TestDatabase, django_db_blocker: Any
) -> Iterator[None]:
    """Instead of pytest-django's own: a copy of the template, used as the app role."""
    with django_db_blocker.unblock(), _default_database(session_database):
        yield


@pytest.fixture
def committed_db(
    postgres_place: templates.Place, template: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[TestDatabase]:
    """A database of its own, for a test that commits or uses several connections."""
    with (
        fresh_database(postgres_place, template) as database,
        django_db_blocker.unblock(),
        _default_database(database),
    ):
        yield database


@pytest.fixture
def owner_connection(request: pytest.FixtureRequest) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """An autocommitting connection, as the owner, to the database of this test."""
    own = "committed_db" in request.fixturenames
    database: TestDatabase = request.getfixturevalue("committed_db" if own else "session_database")
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        yield connection


Counting = Callable[..., AbstractContextManager[list[str]]]


@pytest.fixture
def count_queries() -> Counting:
    """`with count_queries(most=12) as seen:` fails when more queries were asked, and lists them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def counting(most: int | None = None) -> Iterator[list[str]]:
        seen: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield seen
        seen.extend(
            query["sql"]
            for query in captured.captured_queries
            if not re.match(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO|BEGIN|COMMIT|SET CONSTRAINTS)", query["sql"])
        )
        if most is not None and len(seen) > most:
            pytest.fail(f"{len(seen)} queries, at most {most} expected:\n" + "\n".join(seen))

    return counting


@pytest.fixture(scope="session")
def service_home() -> Iterator[Path]:
    """A folder for everything a running service writes; parallel test processes have one each."""
    home = var() / f"service-{os.getpid()}"
    home.mkdir(parents=True, exist_ok=True)
    yield home
    shutil.rmtree(home, ignore_errors=True)


def service_on(database: TestDatabase, home: Path, template: str, server: Server | None = None) -> Service:
    """The service on this database, with what it writes in a folder of its own."""
    records = templates.records_of(template)
    # The service shows hashed names of collected files: collect them as the demo setting does, unless they are current.
    subprocess.run(
        [sys.executable, "-m", "phueng.commandline.main", "build-assets"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PHUENG_SETTING": "demo"},
    )
    return Service.for_tests(home / database.name, database.url, database.owner_url, records, server)


@pytest.fixture(scope="session")
def running_service(postgres_place: templates.Place, template: str, service_home: Path) -> Iterator[Service]:
    """Web, events, worker and stand-ins as real processes, in the demo setting, on a fresh database."""
    with (
        fresh_database(postgres_place, template) as database,
        service_on(database, service_home, template) as it,
    ):
        yield it


@pytest.fixture(scope="module")
def crashable_service(service_home: Path) -> Iterator[Service]:
    """Like running_service, with a durable PostgreSQL of its own that may be killed as well."""
    with templates.own_server(service_home / f"crash-{secrets.token_hex(3)}") as (server, place):
        name = templates.ensure(place)
        with fresh_database(place, name) as database, service_on(database, service_home, name, server) as it:
            yield it
