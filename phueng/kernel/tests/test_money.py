"""Is a satang ever lost, made up or misread?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import bahttext

from phueng.kernel import money
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import thai_digits

amounts = st.integers(0, 10**14 - 1)


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("3000", 300_000),
        ("๓,๐๐๐", 300_000),
        ("3,000 บาท", 300_000),
        ("3,000บาทถ้วน", 300_000),
        ("฿3,000.5", 300_050),
        ("3000.", 300_000),
        ("3,000.-", 300_000),
        ("3000/-", 300_000),
        ("0.25", 25),
        ("50 บาท 25 สตางค์", 5_025),
        ("50 บาท 5 สตางค์", 5_005),
        ("1,234,567.89 THB", 123_456_789),
        ("\u200b 600\u00a0บาท ", 60_000),
        ("0", 0),
        ("007", 700),
    ],
)
def test_what_people_type(typed: str, satang: int) -> None:
    assert money.problem_with_baht(typed) is None
    assert money.parse_baht(typed) == satang


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("-5", "negative"),
        ("− 3,000", "negative"),
        ("-฿5", "not_an_amount"),
        ("฿-5", "negative"),
        ("สามพัน", "not_an_amount"),
        ("1,5", "not_an_amount"),
        ("30,00", "not_an_amount"),
        ("1e5", "not_an_amount"),
        (".5", "not_an_amount"),
        ("50.25 บาท 25 สตางค์", "not_an_amount"),
        ("3000.505", "too_fine"),
        ("3.000", "too_fine"),
        ("9" * 13, "too_large"),
        ("9" * 10_000, "too_large"),
        ("NaN", "not_an_amount"),
    ],
)
def test_what_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        money.parse_baht(typed)
    assert refused.value.problem.code == code
    assert money.problem_with_baht(typed) == refused.value.problem


@given(amounts, st.sampled_from(["th", "en"]))
def test_written_amounts_are_read_back(satang: int, lang: str) -> None:
    assert money.parse_baht(money.format_baht(satang, lang)) == satang
    assert money.parse_baht(thai_digits(money.format_amount(satang))) == satang


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    if money.problem_with_baht(text) is None:
        assert money.parse_baht(text) >= 0


def test_format() -> None:
    assert money.format_baht(300_000, "th") == "3,000 บาท"
    assert money.format_baht(300_050, "en-GB") == "3,000.50 baht"
    assert money.format_baht(5, "th") == "0.05 บาท"
    assert money.format_amount(-123_456) == "-1,234.56"


def test_satang_takes_whole_baht_only() -> None:
    assert money.satang(3000) == 300_000
    for wrong in (0.1, True, "5"):
        with pytest.raises(TypeError):
            money.satang(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"),
        (1, "หนึ่งสตางค์"),
        (100, "หนึ่งบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (2_150, "ยี่สิบเอ็ดบาทห้าสิบสตางค์"),
        (10_111, "หนึ่งร้อยเอ็ดบาทสิบเอ็ดสตางค์"),
        (300_000, "สามพันบาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (1_100_000_000, "สิบเอ็ดล้านบาทถ้วน"),
        (100_000_000_000_000, "หนึ่งล้านล้านบาทถ้วน"),
    ],
)
def test_words(satang: int, words: str) -> None:
    assert money.baht_in_words(satang) == words


@given(st.integers(100, 10**12))
def test_words_agree_with_an_independent_reading(satang: int) -> None:
    """Below one baht the library says "zero baht", which nobody writes; above, both must agree."""
    assert money.baht_in_words(satang) == bahttext(satang / 100)


def test_negative_amounts_are_not_read_aloud() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        money.baht_in_words(-1)


@given(st.integers(-(10**12), 10**12), st.integers(1, 400))
def test_shares_add_up_and_are_fair(total: int, parts: int) -> None:
    shares = money.split_satang(total, parts)
    assert len(shares) == parts
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_no_parts_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        money.split_satang(100, 0)
