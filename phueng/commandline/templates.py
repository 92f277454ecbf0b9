"""How do tests get a migrated database in a tenth of a second? They copy a template, built once per state."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from phueng.commandline import databases
from phueng.commandline.folders import ROOT, locked, var
from phueng.commandline.migrating import migration_files
from phueng.commandline.postgres import Server, binaries, major_version

PREFIX = "phueng_template_"
FOUNDATION = (
    "demo/*.py",
    "demo/**/*.yaml",
    "places/**/*.py",
    "places/**/*.csv",
    "calendars/**/*.py",
    "*/models*.py",
)


@dataclass(frozen=True)
class Place:
    """A server, as the app role and as the owner; the database name in the addresses may be replaced."""

    app_url: str
    owner_url: str


def _name() -> str:
    files = [path for pattern in FOUNDATION for path in (ROOT / "phueng").glob(pattern) if "tests" not in path.parts]
    return PREFIX + databases.fingerprint([*migration_files(), *files])


def records_of(template: str) -> Path:
    """The people in this template as the civil register's stand-in reads them."""
    return var() / "templates" / f"{template}.jsonl"


def accounts_beside(records: Path) -> Path:
    """The accounts of the same people as the name inquiry's stand-in reads them."""
    return records.with_suffix(".accounts.jsonl")


def ensure(place: Place) -> str:
    """The template for the code as it is now; if missing, built by one process while the others wait."""
    name = _name()
    with locked(var() / "template.lock"):
        if not databases.exists(place.owner_url, name):
            _build(place, name)
            _drop_older(place.owner_url, keep=name)
    return name


def _build(place: Place, name: str) -> None:
    draft = f"{name}_draft"
    databases.drop(place.owner_url, draft)
    databases.create(place.owner_url, draft)
    environment = {
        **os.environ,
        "PHUENG_SETTING": "test",
        "DATABASE_URL": databases.with_name(place.app_url, draft),
        "DATABASE_OWNER_URL": databases.with_name(place.owner_url, draft),
        "PHUENG_REGISTER_RECORDS": str(records_of(name)),
        "PHUENG_BANK_ACCOUNTS": str(accounts_beside(records_of(name))),
    }
    for command in (["migrate", "--verbosity", "0"], ["load-demo", "--foundation"]):
        subprocess.run(
            [sys.executable, "-m", "phueng.commandline.main", *command], env=environment, cwd=ROOT, check=True
        )
    databases.rename(place.owner_url, draft, name)


def _names(owner_url: str, prefix: str) -> list[str]:
    with psycopg.connect(databases.with_name(owner_url, "postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [row[0] for row in rows.fetchall()]


def _drop_older(owner_url: str, *, keep: str) -> None:
    """Keep two: the one before is often wanted again a moment later, after going back to another branch."""
    older = sorted(name for name in _names(owner_url, PREFIX) if name != keep)
    with psycopg.connect(databases.with_name(owner_url, "postgres")) as connection:
        ages: dict[str, int] = dict(connection.execute("SELECT datname, oid::bigint FROM pg_database").fetchall())
    for name in sorted(older, key=lambda one: ages.get(one, 0))[:-1]:
        databases.drop(owner_url, name)
        records_of(name).unlink(missing_ok=True)
        accounts_beside(records_of(name)).unlink(missing_ok=True)


def drop_abandoned(owner_url: str) -> None:
    """Drop the copies of test processes that were killed."""
    for name in _names(owner_url, "phueng_test_"):
        owner = re.match(r"phueng_test_(\d+)_", name)
        if owner and not Path(f"/proc/{owner.group(1)}").exists():
            databases.drop(owner_url, name)


@contextmanager
def own_server(home: Path) -> Iterator[tuple[Server, Place]]:
    """A durable server of its own for a test that kills it."""
    home.mkdir(parents=True, exist_ok=True)
    server = Server(binaries(), major_version(binaries()), home, "crash-", is_durable=True)
    server.start()
    try:
        yield server, Place(server.url("phueng_app", "postgres"), server.url("phueng_owner", "postgres"))
    finally:
        server.stop()
