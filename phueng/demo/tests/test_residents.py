"""Are the invented residents many, always the same, plausible, and nobody's?"""

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import geothai
import pytest

from phueng.demo.district_points import DEMO_PROVINCES, DISTRICT_POINTS, subdistrict_point
from phueng.demo.names import BOYS, GIRLS, MEN_MIDDLE, MEN_OLDER, WOMEN_MIDDLE, WOMEN_OLDER, respelled
from phueng.demo.register_records import difference_of, register_records
from phueng.demo.residents import InventedResidents, ResidentRow, invent_residents
from phueng.gateways.civil_register.contract import RegisterAnswer
from phueng.gateways.civil_register.live import CivilRegister
from phueng.gateways.civil_register.wire import read_birth_date
from phueng.gateways.rehearsal import running
from phueng.kernel.bank_accounts import AccountNumber, normalise_account
from phueng.kernel.national_id import is_valid_national_id
from phueng.kernel.phones import is_mobile, normalise_phone
from phueng.kernel.thai_text import clean_text, is_tis620

AS_OF = date(2026, 9, 30)


@cache
def codes() -> tuple[str, ...]:
    return tuple(
        subdistrict.code
        for province in DEMO_PROVINCES
        for district in geothai.districts(province)
        for subdistrict in geothai.subdistricts(district.code)
    )


@cache
def invented() -> InventedResidents:
    return invent_residents(codes())


def age(resident: ResidentRow) -> int:
    return AS_OF.year - resident.born_year


def test_there_are_twenty_thousand_in_households() -> None:
    people = invent_residents(codes())
    assert 20_000 <= len(people.residents) < 20_010
    assert 5_500 < len(people.households) < 9_000


def test_the_same_seed_gives_the_same_people() -> None:
    assert invent_residents(codes(), count=500) == invent_residents(list(reversed(codes())), count=500)
    assert invent_residents(codes(), count=500, seed=1) != invent_residents(codes(), count=500)


def test_numbers_are_invented_valid_and_nobody_shares_one() -> None:
    residents = invented().residents
    ids = [resident.national_id for resident in residents if resident.national_id]
    assert len(set(ids)) == len(ids)
    assert all(number.startswith("9") and is_valid_national_id(number) for number in ids)
    accounts = [(r.bank_code, r.bank_account) for r in residents if r.bank_code and r.bank_account]
    assert len(set(accounts)) == len(accounts) > 10_000
    assert all(isinstance(normalise_account(bank or "", no or ""), AccountNumber) for bank, no in accounts[:2_000])
    phones = {resident.phone for resident in residents if resident.phone}
    assert all(phone.startswith("+6680000") and normalise_phone(phone) == phone for phone in phones)
    assert all(is_mobile(phone) for phone in phones)
    assert len({household.house_code for household in invented().households}) == len(invented().households)


def test_every_kind_of_life_is_there() -> None:
    residents = invented().residents
    old = [resident for resident in residents if age(resident) >= 60]
    assert 0.2 < len(old) / len(residents) < 0.42
    assert 0.15 < sum(age(resident) < 18 for resident in residents) / len(residents) < 0.35
    assert 40 < sum(resident.national_id is None for resident in residents) < 200
    assert sum(resident.born_month is None for resident in residents) > 100
    assert sum(r.born_month is not None and r.born_day is None for r in residents) > 50
    assert sum(resident.died_on is not None for resident in residents) > 60
    assert sum(resident.twin_of_id is not None for resident in residents) > 30
    disabled = [resident for resident in residents if resident.disability]
    assert 0.03 < len(disabled) / len(residents) < 0.09
    assert {resident.has_disability_card for resident in disabled} == {True, False}
    assert 0.15 < sum(resident.has_state_welfare_card for resident in residents) / len(residents) < 0.4


def test_families_fit_together() -> None:
    by_id = {resident.id: resident for resident in invented().residents}
    relations: Counter[str] = Counter()
    for household in invented().households:
        assert by_id[household.head_id].relation == "head"
        assert by_id[household.head_id].household_id == household.id
    for resident in by_id.values():
        relations[resident.relation] += 1
        assert resident.died_on is None or resident.died_on <= AS_OF
        if resident.twin_of_id:
            twin = by_id[resident.twin_of_id]
            assert (twin.born_year, twin.born_month, twin.born_day) == (
                resident.born_year,
                resident.born_month,
                resident.born_day,
            )
            assert (twin.household_id, twin.last_name) == (resident.household_id, resident.last_name)
            assert twin.first_name != resident.first_name
    assert set(relations) == {"head", "spouse", "child", "parent", "grandchild"}
    heads = {resident.household_id: resident for resident in by_id.values() if resident.relation == "head"}
    for resident in by_id.values():
        if resident.relation == "child":
            assert resident.born_year - heads[resident.household_id].born_year >= 15


def test_names_are_thai_and_fit_a_bank_file() -> None:
    for resident in invented().residents:
        full = f"{resident.title}{resident.first_name} {resident.last_name}"
        assert clean_text(full) == full
        assert is_tis620(full)
    english = {resident.last_name_en for resident in invented().residents}
    assert all(name.replace("-", "").isascii() and name[0].isupper() for name in english)
    assert len({(r.first_name, r.last_name) for r in invented().residents}) > 17_000


@pytest.mark.parametrize("pool", [WOMEN_OLDER, MEN_OLDER, WOMEN_MIDDLE, MEN_MIDDLE, GIRLS, BOYS])
def test_a_respelled_name_is_another_name(pool: tuple[tuple[str, str], ...]) -> None:
    assert len({th for th, _ in pool}) == len(pool)
    for th, en in pool:
        assert respelled(th) != th
        assert en.replace("-", "").isascii()


def test_houses_stand_in_real_subdistricts_and_near_them() -> None:
    known = set(codes())
    provinces: Counter[str] = Counter()
    for household in invented().households:
        assert household.subdistrict_code in known
        latitude, longitude = subdistrict_point(household.subdistrict_code)
        assert abs(household.latitude - latitude) < 0.02
        assert abs(household.longitude - longitude) < 0.02
        assert (household.moo == "") == household.subdistrict_code.startswith("10")
        provinces[household.subdistrict_code[:2]] += 1
    assert set(provinces) == set(DEMO_PROVINCES)
    assert provinces.most_common(1)[0][0] == "40"


def test_every_district_of_the_demo_has_a_point_of_its_own() -> None:
    assert set(DISTRICT_POINTS) == {district.code for p in DEMO_PROVINCES for district in geothai.districts(p)}
    assert all(5.6 < lat < 20.5 and 97.3 < lon < 105.7 for lat, lon in DISTRICT_POINTS.values())


def test_the_register_differs_about_one_in_a_hundred() -> None:
    residents = invented().residents
    records = {record["national_id"]: record for record in register_records(residents, invented().households)}
    assert len(records) == sum(resident.national_id is not None for resident in residents)
    homes = {household.id: household for household in invented().households}
    seen: Counter[str] = Counter()
    for resident in residents:
        if resident.national_id is None:
            continue
        record, home, difference = (
            records[resident.national_id],
            homes[resident.household_id],
            difference_of(resident),
        )
        seen[difference] += 1
        born = read_birth_date(record["born"])
        ours = (resident.born_year, resident.born_month, resident.born_day)
        told = {
            "spelling": record["first_name"] != resident.first_name,
            "moved": record["address"]["subdistrict_code"] != home.subdistrict_code,
            "born": (born.year_ce, born.month, born.day) != ours,
            "died": record["vital_status"] != ("dead" if resident.died_on else "alive"),
        }
        assert [name for name, differs in told.items() if differs] == ([difference] if difference else [])
        json.dumps(record)
    assert 100 < sum(seen.values()) - seen[""] < 320
    assert all(seen[name] > 10 for name in ("spelling", "moved", "born", "died"))


def test_the_registers_stand_in_answers_with_these_records(tmp_path: Path) -> None:
    people = invent_residents(codes(), count=400)
    records = list(register_records(people.residents, people.households))
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    arguments = ("--port", "0", "--records", str(file), "--token", "t")
    with (
        running("phueng.gateways.civil_register.fake", *arguments) as stand_in,
        CivilRegister(stand_in.addresses[0], "t") as register,
    ):
        for record in records:
            answer = register.lookup(record["national_id"], reason="check", asked_by="test", request_id="r1")
            assert isinstance(answer, RegisterAnswer)
            assert (answer.first_name, answer.vital_status) == (record["first_name"], record["vital_status"])


def test_without_a_place_in_the_demo_there_is_nobody() -> None:
    with pytest.raises(ValueError, match="demo"):
        invent_residents(["570101"])
