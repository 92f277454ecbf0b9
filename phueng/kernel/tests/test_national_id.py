"""Does a mistyped number get caught, and is every answer one a person can act on?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import national_id as ids

VALID = ["1234567890121", "9999999999994", "6000000000018", "7000000000024", "8000000000031"]
twelve = st.text("0123456789", min_size=12, max_size=12)


@pytest.mark.parametrize("digits", VALID)
def test_known_numbers_pass(digits: str) -> None:
    assert ids.is_valid_national_id(digits)
    assert ids.check_digit(digits[:12]) == digits[12]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u200b- ", "empty"),
        ("12345678901AB", "not_digits"),
        ("G123456789012", "not_digits"),
        ("²234567890121", "not_digits"),
        ("123456789012", "wrong_length"),
        ("1" * 10_000, "wrong_length"),
        ("1234567890122", "wrong_check_digit"),
        ("9999999999994", "unissued"),
    ],
)
def test_each_mistake_has_its_own_answer(typed: str, code: str) -> None:
    problem = ids.problem_with_national_id(typed, allow_unissued=False)
    assert problem is not None
    assert problem.code == code
    assert all((problem.th, problem.en, problem.next_th, problem.next_en))


@pytest.mark.parametrize(
    "typed", ["๑๒๓๔๕๖๗๘๙๐๑๒๑", "1-2345-67890-12-1", " 1 2345\u00a067890\u200b 12–1\ufeff", "1234567890121\n"]
)
def test_ways_of_writing_one_number(typed: str) -> None:
    assert ids.normalise_national_id(typed) == "1234567890121"
    assert ids.problem_with_national_id(typed, allow_unissued=False) is None


def test_unissued_numbers_only_where_allowed() -> None:
    assert ids.problem_with_national_id("9999999999994", allow_unissued=True) is None


def test_checksum_wants_ascii_digits() -> None:
    assert not ids.is_valid_national_id("๑๒๓๔๕๖๗๘๙๐๑๒๑")
    assert not ids.is_valid_national_id("1234567890121\n")
    with pytest.raises(ValueError, match="12 digits"):
        ids.check_digit("๑๒๓๔๕๖๗๘๙๐๑๒")


@given(twelve, st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_passes_only_through_the_known_gaps(first12: str, place: int, shift: int) -> None:
    """The third digit is not checked, and remainders 0 and 10 share the digit 1; every other wrong digit is caught."""
    wrong = first12[:place] + str((int(first12[place]) + shift) % 10) + first12[place + 1 :]
    if place == 2:
        assert ids.check_digit(wrong) == ids.check_digit(first12)
    elif ids.check_digit(first12) != "1":
        assert ids.check_digit(wrong) != ids.check_digit(first12)


@given(st.integers(0, 10**11 - 1))
def test_demo_numbers(n: int) -> None:
    digits = ids.demo_national_id(n)
    assert digits.startswith("9")
    assert ids.is_valid_national_id(digits)
    assert int(digits[1:12]) == n
    assert ids.normalise_national_id(ids.format_national_id(digits)) == digits


def test_demo_numbers_end_somewhere() -> None:
    with pytest.raises(ValueError, match="counts from"):
        ids.demo_national_id(10**11)


def test_format_and_mask() -> None:
    assert ids.format_national_id("1234567890123") == "1-2345-67890-12-3"
    assert ids.mask_national_id("1234567890123") == "x-xxxx-xxxx0-12-3"
    assert ids.format_national_id("12") == "12"
    assert ids.mask_national_id("1234") == "xxxx"


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    problem = ids.problem_with_national_id(text, allow_unissued=True)
    assert (problem is None) == ids.is_valid_national_id(ids.normalise_national_id(text))
