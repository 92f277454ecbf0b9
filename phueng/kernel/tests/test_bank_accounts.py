"""Does an account number reach the bank file in the 11 digits that its bank expects?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import bank_accounts as accounts
from phueng.kernel.bank_accounts import AccountNumber
from phueng.kernel.problems import Problem


@pytest.mark.parametrize(
    ("code", "typed", "account11", "branch4"),
    [
        ("006", "1234567890", "01234567890", "0123"),
        ("006", "๑๒๓-๔-๕๖๗๘๙-๐", "01234567890", "0123"),
        ("000", "1234567", "00001234567", "0000"),
        ("034", "012345678901", "12345678901", "1234"),
        ("031", "912345678901", "12345678901", "1234"),
        ("067", "00001234567890", "01234567890", "0123"),
        ("069", "99991234567890", "01234567890", "0123"),
        ("066", "991234567890", "01234567890", "0123"),
        ("030", "020123456789", "20123456789", "9990"),
        ("030", "999020123456789", "20123456789", "9990"),
        ("033", "020123456789", "20123456789", "2012"),
    ],
)
def test_each_bank_by_its_rule(code: str, typed: str, account11: str, branch4: str) -> None:
    assert accounts.normalise_account(code, typed) == AccountNumber(code, account11, branch4)


@pytest.mark.parametrize(
    ("code", "typed", "problem_code"),
    [
        ("006", "", "empty"),
        ("006", "12345ABCDE", "not_digits"),
        ("006", "123456789", "wrong_length"),
        ("006", "12345678901", "wrong_length"),
        ("000", "12345678901", "wrong_length"),
        ("034", "1234567890123", "wrong_length"),
        ("067", "123456789012", "wrong_length"),
        ("030", "1" * 10_000, "wrong_length"),
        ("006", "0000000000", "all_zeros"),
        ("065", "1234567890", "closed_bank"),
        ("999", "1234567890", "unknown_bank"),
        ("", "", "unknown_bank"),
    ],
)
def test_each_mistake_has_its_own_answer(code: str, typed: str, problem_code: str) -> None:
    problem = accounts.normalise_account(code, typed)
    assert isinstance(problem, Problem)
    assert problem.code == problem_code
    assert all((problem.th, problem.en, problem.next_th, problem.next_en))


def test_a_wrong_length_says_which_would_be_right() -> None:
    problem = accounts.normalise_account("034", "1" * 13)
    assert isinstance(problem, Problem)
    assert "7-12 หลัก" in problem.th
    assert "13" in problem.en


def test_a_closed_bank_names_the_one_that_took_over() -> None:
    problem = accounts.normalise_account("065", "1234567890")
    assert isinstance(problem, Problem)
    assert "ทหารไทยธนชาต" in problem.next_th


def test_the_table_is_whole() -> None:
    table = accounts.banks()
    assert len(table) == 34
    for code, bank in table.items():
        assert re.fullmatch(r"[0-9]{3}", code)
        assert bank.name_th.startswith("ธนาคาร")
        assert bank.name_en.isascii()
        assert bank.bic is None or re.fullmatch(r"[A-Z0-9]{8}", bank.bic)
        assert len(bank.lengths) == len(set(bank.lengths)) > 0
        assert bank.closed_into is None or table[bank.closed_into].closed_into is None
    assert table["006"].bic == "KRTHTHBK"
    assert table["034"].name("th") == "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร"


def test_the_list_to_choose_from() -> None:
    codes = [bank.code for bank in accounts.open_banks()]
    assert codes[0] == "006"
    assert "065" not in codes
    assert "000" not in codes
    assert codes[1:] == sorted(codes[1:])


@given(st.sampled_from(sorted(accounts.banks())), st.text("0123456789", max_size=16))
def test_whatever_passes_is_eleven_ascii_digits(code: str, digits: str) -> None:
    account = accounts.normalise_account(code, digits)
    if isinstance(account, AccountNumber):
        assert re.fullmatch(r"[0-9]{11}", account.account11)
        assert re.fullmatch(r"[0-9]{4}", account.branch4)
        assert len(digits) in accounts.banks()[code].lengths
        assert digits.endswith(account.account11.lstrip("0"))


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(accounts.normalise_account("006", text), (AccountNumber, Problem))


def test_mask() -> None:
    assert accounts.mask_account("123-4-56789-0") == "xxxxxx7890"
    assert accounts.mask_account("1234567") == "xxxxxxx"
