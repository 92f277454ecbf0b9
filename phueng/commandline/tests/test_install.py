"""Does an empty production database become one that an administrator can sign in to, by the guide's own commands?"""

import os
import re
import secrets
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from phueng.commandline import databases, templates
from phueng.commandline.folders import ROOT
from phueng.config.tests.test_settings import KEYS, PRODUCTION

GUIDE = ROOT / "docs" / "guides" / "deploy.md"
ONE_TIME = re.compile(r"one-time password: ([A-Z0-9]{4}(?:-[A-Z0-9]{4}){3})")


@pytest.fixture
def empty(postgres_place: templates.Place, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a production installation whose database has nothing in it yet."""
    name = f"phueng_test_{os.getpid()}_{secrets.token_hex(3)}"
    databases.create(postgres_place.owner_url, name)
    plain = {word: value for word, value in os.environ.items() if not word.startswith(("PHUENG_", "DATABASE_"))}
    yield {
        **plain, **PRODUCTION,
        **{key: urlsafe_b64encode(secrets.token_bytes(32)).decode() for key in KEYS},
        "PHUENG_VAR": str(tmp_path),
        "DATABASE_URL": databases.with_name(postgres_place.app_url, name),
        "DATABASE_OWNER_URL": databases.with_name(postgres_place.owner_url, name),
    }  # fmt: skip
    databases.drop(postgres_place.owner_url, name)


def phueng(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "phueng.commandline.main", *words], env=environment, cwd=ROOT, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def counts(environment: dict[str, str]) -> dict[str, int]:
    tables = (
        "places_province",
        "places_subdistrict",
        "places_office",
        "calendars_day",
        "access_account",
        "access_duty",
        "audit_entry",
    )
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # type: ignore[index]  # noqa: S608


def test_an_empty_database_gets_its_first_data_once(empty: dict[str, str]) -> None:
    early = phueng(empty, "install")
    assert early.returncode == 1
    assert "phueng migrate" in early.stderr
    migrated = phueng(empty, "migrate")
    assert migrated.returncode == 0, migrated.stderr[-3000:]

    first = phueng(empty, "install", "--username", "First.Admin", "--name-en", "Somebody Real")
    assert first.returncode == 0, first.stderr[-3000:]
    after = counts(empty)
    assert (after["places_province"], after["access_account"], after["access_duty"]) == (77, 1, 1)
    assert after["places_subdistrict"] > 7_000
    assert after["places_office"] > 900
    assert after["calendars_day"] > 50
    given = ONE_TIME.search(first.stdout)
    assert given is not None, first.stderr
    with psycopg.connect(empty["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT username, password, password_given_at FROM access_account").fetchone()
        invented = connection.execute("SELECT count(*) FROM places_office WHERE is_invented").fetchone()
        duty = connection.execute(
            "SELECT d.role, o.kind FROM access_duty d JOIN places_office o ON o.id = d.office_id"
        ).fetchone()
    assert row is not None
    assert row[0] == "first.admin"
    assert PBKDF2PasswordHasher().verify(given[1], row[1])
    assert row[2] is not None, "to be changed at the first sign-in"
    assert (invented, duty) == ((0,), ("administrator", "headquarters"))

    again = phueng(empty, "install")
    assert again.returncode == 0, again.stderr[-3000:]
    assert ONE_TIME.search(again.stdout) is None, "the password is shown once"
    was_asked_again = {**after, "audit_entry": counts(empty)["audit_entry"]}
    assert counts(empty) == was_asked_again, "nothing is loaded twice; that it was asked is in the journal"

    renewed = phueng(empty, "install", "--username", "first.admin", "--new-password")
    second = ONE_TIME.search(renewed.stdout)
    assert second is not None, renewed.stderr
    assert second[1] != given[1]
    with psycopg.connect(empty["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(
            "BEGIN; INSERT INTO audit_entry SELECT * FROM audit_entry WHERE false;"
            " ALTER TABLE access_account DISABLE TRIGGER USER; UPDATE access_account SET password_given_at = NULL;"
            " ALTER TABLE access_account ENABLE TRIGGER USER; COMMIT"
        )
    late = phueng(empty, "install", "--username", "first.admin", "--new-password")
    assert late.returncode == 1, "a password that its owner chose is not replaced from the command line"

    assert phueng(empty, "keys", "status").returncode == 0


def test_demo_settings_and_demo_databases_are_refused(empty: dict[str, str]) -> None:
    as_test = {**empty, "PHUENG_SETTING": "test"}
    assert phueng(as_test, "migrate").returncode == 0
    refused = phueng(as_test, "install")
    assert refused.returncode == 1
    assert "production" in refused.stderr
    with psycopg.connect(empty["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM access_account").fetchone() == (0,)


def test_a_database_of_the_demo_is_refused_under_production_settings(
    empty: dict[str, str], postgres_place: templates.Place, template: str
) -> None:
    name = databases.name_in(empty["DATABASE_URL"])
    databases.drop(postgres_place.owner_url, name)
    databases.create(postgres_place.owner_url, name, template=template)
    databases.prepare_access(empty["DATABASE_OWNER_URL"], empty["DATABASE_URL"])
    assert phueng(empty, "migrate").returncode == 0
    refused = phueng(empty, "install")
    assert refused.returncode == 1
    assert "invented" in refused.stderr


def test_the_guide_names_every_variable_that_the_settings_read() -> None:
    read = set()
    for path in (ROOT / "phueng" / "config" / "settings").glob("*.py"):
        read |= set(re.findall(r'"((?:PHUENG|DATABASE)_[A-Z0-9_]+)"', path.read_text()))
    called = {name for name in read if _is_read(name)}
    guide = GUIDE.read_text()
    assert len(called) > 30
    assert sorted(name for name in called if f"`{name}`" not in guide) == []


def _is_read(name: str) -> bool:
    pattern = re.compile(
        r'(?:\w*text\w*|number|folder|key|named_keys|_if_agreed|environ\.get|first=)\(?\s*"' + name + '"'
    )
    texts = [path.read_text() for path in (ROOT / "phueng" / "config" / "settings").glob("*.py")]
    return any(pattern.search(text) for text in texts)


def test_the_guide_shows_the_commands_that_this_test_runs() -> None:
    guide = GUIDE.read_text()
    for command in (
        "phueng migrate",
        "phueng build-assets",
        "phueng install",
        "phueng keys rotate",
        "phueng keys status",
    ):
        assert command in guide
