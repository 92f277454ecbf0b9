"""Is the cast well formed, and is everybody in it invented?"""

from phueng.demo.people import CITIZENS, GRANDMOTHER, HOUSES, PEOPLE, RELATED_APPROVER, citizen, sign_in_table, staff
from phueng.kernel.bank_accounts import AccountNumber, normalise_account
from phueng.kernel.national_id import is_valid_national_id


def test_every_number_begins_with_9_and_passes_the_checksum() -> None:
    numbers = [one.national_id for one in CITIZENS if one.national_id]
    assert len(numbers) == len(set(numbers)) == len(CITIZENS) - 1
    assert all(number.startswith("9") and is_valid_national_id(number) for number in numbers)


def test_accounts_are_well_formed_and_used_once() -> None:
    accounts = [(one.bank_code, one.account) for one in CITIZENS if one.account]
    assert len(accounts) == len(set(accounts)) >= 7
    assert all(isinstance(normalise_account(*account), AccountNumber) for account in accounts)


def test_ids_and_usernames_are_told_apart() -> None:
    assert len({one.username for one in PEOPLE}) == len({one.account_id for one in PEOPLE}) == len(PEOPLE)
    assert len({one.person_id for one in CITIZENS}) == len(CITIZENS)
    assert len({house.house_code for house in HOUSES.values()}) == len(HOUSES)


def test_the_second_approver_lives_with_the_grandmother() -> None:
    assert citizen(RELATED_APPROVER.citizen_key).household_id == GRANDMOTHER.household_id


def test_the_table_of_sign_ins_names_everybody_once() -> None:
    assert [row[0] for row in sign_in_table()][:-1] == [one.username for one in PEOPLE]
    assert staff("approver.kkn") is staff("approver_kkn")
