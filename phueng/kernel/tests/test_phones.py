"""Does every way of writing a Thai telephone number lead to one number, and everything else to an answer?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import phones
from phueng.kernel.problems import Problem

mobiles = st.from_regex(r"\+66[689][0-9]{8}", fullmatch=True)
landlines = st.from_regex(r"\+66[23457][0-9]{7}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "081-234-5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "+66 (0)81 234 5678",
        "+66812345678",
        "0066812345678",
        "66812345678",
        "812345678",
        "081.234.5678",
        "โทร. 0812345678",
        "\u200b0812345678\u00a0",
    ],
)
def test_ways_of_writing_one_number(typed: str) -> None:
    assert phones.normalise_phone(typed) == "+66812345678"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("ไม่มี", "not_digits"),
        ("08123456+8", "not_digits"),
        ("02-306-8750 ต่อ 12", "extension"),
        ("02-306-8750#12", "extension"),
        ("1300", "wrong_length"),
        ("081234567", "wrong_length"),
        ("08123456789", "wrong_length"),
        ("0212345678", "wrong_length"),
        ("0" * 10_000, "foreign"),
        ("0112345678", "unknown_beginning"),
        ("1234567890", "unknown_beginning"),
        ("+1 202 555 0100", "foreign"),
    ],
)
def test_what_cannot_be_reached(typed: str, code: str) -> None:
    problem = phones.normalise_phone(typed)
    assert isinstance(problem, Problem)
    assert problem.code == code


@given(st.one_of(mobiles, landlines))
def test_shown_numbers_are_read_back(phone: str) -> None:
    assert phones.normalise_phone(phone) == phone
    assert phones.normalise_phone(phones.format_phone(phone)) == phone
    assert phones.is_mobile(phone) == (phone[3] in "689")


@given(mobiles)
def test_masks_hide_all_but_the_last_four(phone: str) -> None:
    assert phones.mask_phone(phone) == f"xxx-xxx-{phone[-4:]}"


def test_how_numbers_are_shown() -> None:
    assert phones.format_phone("+6623068750") == "02-306-8750"
    assert phones.format_phone("+6643123456") == "043-123-456"
    assert phones.format_phone("1300") == "1300"
    assert phones.mask_phone("+6643123456") == "xxx-xxx-456"
    assert phones.mask_phone("secret") == "xxxxxx"


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    answer = phones.normalise_phone(text)
    assert isinstance(answer, Problem) or phones.normalise_phone(answer) == answer
