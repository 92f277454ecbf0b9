"""Does every demo and test database begin with the same things, however often they are loaded?"""

import json
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password

from phueng.access.models import Account, Delegation, Duty
from phueng.audit.models import Entry
from phueng.demo.loading import load_foundation, write_accounts, write_register
from phueng.demo.people import (
    CARED_FOR,
    CITIZENS,
    GRANDMOTHER,
    NAME_DIFFERS,
    PASSWORD,
    PENSIONER,
    PEOPLE,
    RELATED_APPROVER,
    WHEELCHAIR,
)
from phueng.kernel.names import compare_names
from phueng.ledger.models import Movement
from phueng.ledger.queries import budget
from phueng.places.models import Office, Subdistrict
from phueng.registry.models import Person
from phueng.registry.queries import account_person_id, facts_of, household_of, person_by_identifier

TODAY = date(2026, 11, 22)


@pytest.mark.django_db
def test_everything_is_there() -> None:
    assert Subdistrict.objects.count() == 7_436
    assert Office.objects.filter(kind="centre").count() == 77
    assert Account.objects.filter(pk__in=[one.account_id for one in PEOPLE]).count() == len(PEOPLE)
    account = Account.objects.get(username="worker.kkn")
    assert check_password(PASSWORD, account.password)
    held = set(Duty.objects.values_list("account_id", "role", "office__code"))
    assert held >= {(one.account_id, duty.role, duty.office_code) for one in PEOPLE for duty in one.duties}


@pytest.mark.django_db
def test_the_citizens_are_registered_as_told() -> None:
    assert person_by_identifier("national_id", GRANDMOTHER.national_id or "") == GRANDMOTHER.person_id
    home = household_of(GRANDMOTHER.person_id, TODAY)
    assert home is not None
    assert account_person_id(RELATED_APPROVER.account_id) in home.member_ids
    assert facts_of(WHEELCHAIR.person_id, TODAY)["has_disability_card"].value is True
    assert facts_of(PENSIONER.person_id, TODAY)["has_state_pension"].value is True


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    models = (Account, Duty, Delegation, Person, Movement, Office)
    before = [model.objects.count() for model in models]
    of_people = Entry.objects.exclude(act__in=("places.load", "places.invent_municipalities", "calendars.load_days"))
    entries = of_people.count()
    load_foundation()
    assert [model.objects.count() for model in models] == before
    assert of_people.count() == entries


@pytest.mark.django_db
def test_budgets_of_two_years_are_allotted() -> None:
    for year in (2569, 2570):
        state = budget(year, "family", "KKN-DPC")
        assert state.allotted == state.available > 0


@pytest.mark.django_db
def test_the_civil_register_knows_the_cast_and_spells_one_name_otherwise(tmp_path: Path) -> None:
    written = tmp_path / "register.jsonl"
    assert write_register(written) == sum(1 for one in CITIZENS if one.national_id)
    lines = {line["national_id"]: line for line in map(json.loads, written.read_text("utf-8").splitlines())}
    assert lines[GRANDMOTHER.national_id]["born"] == "24910312"
    assert lines[NAME_DIFFERS.national_id]["first_name"] != NAME_DIFFERS.first_name
    assert all(number.startswith("9") for number in lines)


@pytest.mark.django_db
def test_the_bank_knows_the_accounts_of_the_cast_but_for_a_few(tmp_path: Path) -> None:
    written = tmp_path / "accounts.jsonl"
    assert write_accounts(written) >= sum(bool(one.account) for one in CITIZENS)
    known = {line["account"]: line for line in map(json.loads, written.read_text("utf-8").splitlines())}
    said = {
        one.key: compare_names(one.name_th, known[one.account]["holder_name"]).verdict
        for one in CITIZENS
        if one.account
    }
    assert {key: verdict for key, verdict in said.items() if verdict != "same"} == {
        NAME_DIFFERS.key: said[NAME_DIFFERS.key], CARED_FOR.key: "different",
    }  # fmt: skip
    assert said[NAME_DIFFERS.key] == "variant"
