"""Is the same Thai word always the same letters, and is it ever cut through a letter?"""

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phueng.kernel import thai_text as text

thai = st.text([chr(point) for point in range(0x0E01, 0x0E5C)] + list(" 0Aa\u200b\u00a0\n"), max_size=24)
anything = st.one_of(thai, st.text(max_size=30))


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("นำ\u0e49", "น้ำ"),
        ("น\u0e4dา\u0e49", "น้ำ"),
        ("คําขอ", "คำขอ"),
        ("เเม่", "แม่"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ที่่", "ที่"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("เล\u0e4c\u0e48", "เล\u0e48\u0e4c"),
        ("สม\u200bชาย\ufeff", "สมชาย"),
        ("สมชาย\u00a0 \t ใจดี", "สมชาย ใจดี"),
        ("  a\x00b\ud800c\u202e ", "abc"),
        ("หนึ่ง\r\nสอง", "หนึ่ง สอง"),
    ],
)
def test_clean_text(typed: str, clean: str) -> None:
    assert text.clean_text(typed) == clean


def test_lines_are_kept_when_asked() -> None:
    assert text.clean_text(" หนึ่ง \r\n\r\n สอง\u2028สาม ", keep_lines=True) == "หนึ่ง\n\nสอง\nสาม"


@given(anything, st.booleans())
@example("\u0e4d\u0e35า", False)
@example("\u0e4d\u0e4dา\u0e48", False)
def test_cleaning_twice_changes_nothing(typed: str, keep_lines: bool) -> None:
    once = text.clean_text(typed, keep_lines=keep_lines)
    assert text.clean_text(once, keep_lines=keep_lines) == once
    assert unicodedata.normalize("NFC", once) == once
    once.encode("utf-8")


@given(thai, st.integers(0, 20))
def test_cleaned_text_fits(typed: str, most: int) -> None:
    short = text.clean_text(typed, most)
    assert len(short) <= most
    assert text.clean_text(typed).startswith(short)


def test_ten_thousand_marks_are_cheap() -> None:
    assert text.clean_text("ก" + "่" * 10_000, 5) == "ก่"


def test_digits() -> None:
    assert text.ascii_digits("๐๑๒๓๔๕๖๗๘๙ ก ໑ １") == "0123456789 ก 1 1"
    assert text.ascii_digits("²") == "²"
    assert text.thai_digits("3,000") == "๓,๐๐๐"


@given(st.text("0123456789กข,.-"))
def test_digits_round_trip(typed: str) -> None:
    assert text.ascii_digits(text.thai_digits(typed)) == typed


@given(anything)
def test_graphemes_lose_nothing(typed: str) -> None:
    clusters = text.split_graphemes(typed)
    assert "".join(clusters) == typed
    assert all(clusters)


@pytest.mark.parametrize(
    ("typed", "clusters"),
    [
        ("น้ำที่", ["น้ำ", "ที่"]),
        ("เปี๊ยะ", ["เ", "ปี๊", "ย", "ะ"]),
        ("👩‍👧ก", ["👩‍👧", "ก"]),
        ("🇹🇭🇹🇭", ["🇹🇭", "🇹🇭"]),
        ("👍🏽", ["👍🏽"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
    ],
)
def test_graphemes(typed: str, clusters: list[str]) -> None:
    assert text.split_graphemes(typed) == clusters


@given(anything, st.integers(0, 30))
def test_cuts_fall_between_clusters(typed: str, most: int) -> None:
    for units in (len, text.utf16_units):
        short = text.truncate_graphemes(typed, most, units=units)
        assert units(short) <= most
        ends = list(itertools.accumulate(map(len, text.split_graphemes(typed)), initial=0))
        assert len(short) in ends
        longer = [end for end in ends if end > len(short)]
        assert not longer or units(typed[: longer[0]]) > most


def test_cut_by_units() -> None:
    assert text.truncate_graphemes("ขอน้ำ", 4) == "ขอ"
    assert text.truncate_graphemes("ก😀", 2, units=text.utf16_units) == "ก"
    assert text.utf16_units("ก😀") == len("ก😀".encode("utf-16-le")) // 2


def test_dictionary_order() -> None:
    words = ["ขา", "เกาะ", "แก้ว", "กา", "ไก่", "ใจ", "โต๊ะ", "เขา", "กลาง"]
    assert sorted(words, key=text.sort_key) == ["กลาง", "กา", "เกาะ", "แก้ว", "ไก่", "ขา", "เขา", "ใจ", "โต๊ะ"]
    assert sorted(words) != sorted(words, key=text.sort_key)


def test_one_byte_files() -> None:
    assert text.is_tis620("นางสาวสมหญิง น้ำใจ ABC 123")
    assert text.unencodable("ก😀–ก😀\n中") == ["😀", "\n", "中"]
    assert text.unencodable("O’Brien – €5", "tis_620") == ["’", "–", "€"]
    assert text.is_tis620("O’Brien – €5")
    assert not text.is_tis620("ข้าวé")


@given(anything)
def test_what_fits_is_one_byte_a_code_point(typed: str) -> None:
    if text.is_tis620(typed):
        assert len(typed.encode("cp874")) == len(typed)
    else:
        assert set(text.unencodable(typed)) <= set(typed)


def test_sara_am_for_pdf() -> None:
    assert text.decompose_sara_am("คำขอ") == "ค\u0e4d\u0e32ขอ"
    assert text.clean_text(text.decompose_sara_am("น้ำ")) == "น้ำ"
