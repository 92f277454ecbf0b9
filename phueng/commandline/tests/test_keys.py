"""Do all sealed values come under a new key, in small steps, with a trace, and say the same as before?"""

import json
import os
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from phueng.access.actions import reseal_batch
from phueng.access.models import ParkedForm
from phueng.access.parking import parked_form
from phueng.access.sealed import seal
from phueng.access.tests.factories import AT, AccountFactory, ParkedFormFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry
from phueng.commandline.keys import held_by, rotate, sealed_columns, status
from phueng.commandline.testing import TestDatabase
from phueng.config.settings.environment import named_keys
from phueng.registry.models import Identifier

OLD = {"k1": settings.PHUENG_ENCRYPTION_KEYS["k1"]}
BOTH = {"k2": os.urandom(32), **OLD}


def by_key() -> dict[str, int]:
    """How many values each key holds, in the whole database."""
    totals: dict[str, int] = {}
    for column in sealed_columns():
        for name, many in held_by(column):
            totals[name] = totals.get(name, 0) + many
    return totals


@pytest.fixture
def as_owner(committed_db: TestDatabase) -> Any:
    """Django's connection as the owner of the tables, as the command makes it."""
    connection.close()
    user = dict(connection.settings_dict)
    owner = psycopg.conninfo.conninfo_to_dict(committed_db.owner_url)
    connection.settings_dict.update({"USER": owner["user"], "PASSWORD": owner.get("password", "")})
    yield
    connection.close()
    connection.settings_dict.update(user)


def test_every_sealed_column_is_known() -> None:
    known = {f"{one.table}.{one.column}" for one in sealed_columns()}
    assert {
        "registry_identifier.value", "registry_bankaccount.number", "payments_line.account",
        "payments_line.national_id", "questionnaires_answer.typed", "questionnaires_answer.value",
        "access_parkedform.sealed",
    } <= known  # fmt: skip


def test_rotation_leaves_no_value_under_the_old_key_and_changes_none(
    as_owner: None, settings: Any, capsys: Any
) -> None:
    before = dict(Identifier.objects.values_list("pk", "value"))
    held = by_key()
    assert list(held) == ["k1"]
    assert held["k1"] > 5, "the cast has numbers and accounts"
    settings.PHUENG_ENCRYPTION_KEYS = BOTH
    assert status() == 3
    assert rotate(batch=3) == held["k1"]
    assert by_key() == {"k2": held["k1"]}
    assert status() == 0
    settings.PHUENG_ENCRYPTION_KEYS = {"k2": BOTH["k2"]}
    assert dict(Identifier.objects.values_list("pk", "value")) == before, "readable without the old key, and the same"
    said = capsys.readouterr().out
    assert "registry_identifier.value  k2" in said
    assert not any(value and value in said for value in before.values()), "counts and names, never a value"


def test_a_rotation_that_was_stopped_goes_on_where_it_was(as_owner: None, settings: Any) -> None:
    held = by_key()["k1"]
    settings.PHUENG_ENCRYPTION_KEYS = BOTH
    assert rotate(batch=2, most=5) == 5
    assert by_key() == {"k1": held - 5, "k2": 5}
    assert rotate(batch=100) == held - 5
    assert rotate(batch=100) == 0
    entries = [entry.after or {} for entry in Entry.objects.filter(act="access.reseal")]
    assert sum(int(after["values"]) for after in entries) == held
    assert {after["key"] for after in entries} == {"k2"}


def test_a_key_that_is_missing_is_told_and_nothing_is_overwritten(as_owner: None, settings: Any) -> None:
    held = by_key()["k1"]
    settings.PHUENG_ENCRYPTION_KEYS = {"k2": BOTH["k2"]}
    assert status() == 4
    with pytest.raises(KeyError):
        rotate(batch=10)
    assert by_key() == {"k1": held}


def test_a_frozen_line_keeps_its_guard_after_a_batch(as_owner: None, settings: Any) -> None:
    settings.PHUENG_ENCRYPTION_KEYS = BOTH
    column = next(one for one in sealed_columns() if one.table == "payments_line")
    assert column.guards
    reseal_batch(column=column, after=None, most=10, run_id=uuid4(), by=SYSTEM("test"), at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'payments_line'::regclass AND tgname = ANY(%s)",
            [list(column.guards)],
        )
        assert [row[0] for row in cursor.fetchall()] == ["O"] * len(column.guards)


@pytest.mark.django_db
def test_the_application_itself_cannot_lift_the_guard() -> None:
    column = next(one for one in sealed_columns() if one.table == "payments_line")
    with pytest.raises(Exception, match="must be owner"):
        reseal_batch(column=column, after=None, most=10, run_id=uuid4(), by=SYSTEM("test"), at=AT)


@pytest.mark.django_db
def test_a_form_that_waits_is_readable_under_the_new_key_too(settings: Any) -> None:
    record(by=SYSTEM("test"), at=AT, act="tests.arrange", subject=("test", uuid4()))
    account = AccountFactory.create()
    sealed = seal(json.dumps({"account": str(account.pk), "typed": {"why": ["x"]}}).encode())
    parked = ParkedFormFactory.create(account=account, sealed=sealed, parked_at=AT, expires_at=AT.replace(year=2100))
    settings.PHUENG_ENCRYPTION_KEYS = BOTH
    column = next(one for one in sealed_columns() if one.table == "access_parkedform")
    reseal_batch(column=column, after=None, most=10, run_id=uuid4(), by=SYSTEM("test"), at=AT)
    assert bytes(ParkedForm.objects.get().sealed).startswith(b"\x02k2")
    assert parked_form(parked.pk, account.pk) == (parked.path, {"why": ["x"]})


def test_keys_are_read_from_the_environment_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEYS", "k2=" + "A" * 43 + "=, k1=" + "B" * 43 + "=")
    assert list(named_keys("SOME_KEYS", first="UNUSED")) == ["k2", "k1"]
    for wrong in ("k1=short", "K 1=" + "A" * 43 + "=", "k1=" + "A" * 43 + "=,k1=" + "B" * 43 + "="):
        monkeypatch.setenv("SOME_KEYS", wrong)
        with pytest.raises(ImproperlyConfigured):
            named_keys("SOME_KEYS", first="UNUSED")
