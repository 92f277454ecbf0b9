"""Is a payee recognised through the ways banks write names, and is nobody else taken for them?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel.names import _REASONS, compare_names

SAME = [
    ("นางบุญมี ศรีสุข", "นางบุญมี ศรีสุข", "exact"),
    ("นางบุญมี ศรีสุข", "บุญมี ศรีสุข", "exact"),
    ("น.ส.น้ำ ผึ้งหวาน", "นางสาวน้ำ  ผึ้งหวาน", "exact"),
    ("นางสาวมาลี ใจดี", "นางมาลี ใจดี", "title"),
    ("น้ำผึ้ง ใจดี", "นํ้าผึ้ง ใจดี", "exact"),
    ("บุญมี ศรีสุข", "ศรีสุข บุญมี", "order"),
    ("บุญมี ศรีสุข", "บุญมีศรีสุข", "spacing"),
    ("บุญมี ณ ระนอง", "บุญมี ณระนอง", "spacing"),
    ("แก้ว ก้องเกียรติ", "แกว กองเกียรติ", "tone_marks"),
    ("SOMCHAI JAIDEE", "Mr. Somchai Jaidee", "exact"),
]
VARIANT = [
    ("สมศักดิ์ ใจดี", "สมศัก ใจดี", "spelling"),
    ("บุญมี ศรีสุข", "บุญมี สีสุข", "spelling"),
    ("จันทร์ แสงทอง", "จัน แสงทอง", "spelling"),
    ("กัญญา ดีงาม", "กันยา ดีงาม", "spelling"),
    ("บุญมี ศรีสุข", "บุญมี ศรีสุก", "slip"),
    ("ประสิทธิ์ วงศ์สวัสดิ์", "ประสิทธิ์ วงศ์ส", "shortened"),
    ("สมชาย ใจดี", "สมชาย ใ.", "initial"),
    ("สมชาย ใจดี", "สมชาย ใ***", "masked"),
    ("นายสมชาย ใจดี", "นาย ส*** ใ****", "masked"),
    ("นายสมชาย ใจดี", "MR SOMCHAI J", "other_script"),
    ("บุญมี ศรีสุข", "บุญมี ศรีxxx", "masked"),
    ("บุญมี ศรีสุข", "*** ***", "masked"),
]
DIFFERENT = [
    ("บุญมี ศรีสุข", "สมชาย ใจดี", "whole_name"),
    ("บุญมี ศรีสุข", "บุญมา ใจดี", "family_name"),
    ("สมชาย ใจดี", "สมหญิง ใจดี", "first_name"),
    ("สมชาย ใจดี", "สมชาย รักไทย", "family_name"),
    ("สมชาย ใจดี", "สมหมาย ใจร้าย", "whole_name"),
    ("สมชาย ใจดี", "สมชาย ร***", "family_name"),
    ("สมชาย ใจดี", "ป*** ใ***", "first_name"),
    ("สมชาย ใจดี", "", "no_name"),
    ("", "สมชาย ใจดี", "no_name"),
    ("วิชัย สุขใจ", "วินัย สุขดี", "family_name"),
]


@pytest.mark.parametrize(("stated", "held", "code"), SAME)
def test_the_same_person_written_another_way(stated: str, held: str, code: str) -> None:
    likeness = compare_names(stated, held)
    assert (likeness.verdict, code in {one.code for one in likeness.reasons}) == ("same", True), likeness


@pytest.mark.parametrize(("stated", "held", "code"), VARIANT)
def test_a_doubt_goes_to_a_person_with_its_name(stated: str, held: str, code: str) -> None:
    likeness = compare_names(stated, held)
    assert (likeness.verdict, code in {one.code for one in likeness.reasons}) == ("variant", True), likeness


@pytest.mark.parametrize(("stated", "held", "code"), DIFFERENT)
def test_somebody_else_is_somebody_else(stated: str, held: str, code: str) -> None:
    likeness = compare_names(stated, held)
    assert (likeness.verdict, likeness.reasons[-1].code) == ("different", code), likeness


def test_a_masked_name_never_proves() -> None:
    assert compare_names("สมชาย ใจดี", "สมชาย ใจด*").verdict == "variant"


def test_every_reason_speaks_both_languages() -> None:
    for code, (th, en) in _REASONS.items():
        assert th, code
        assert en.endswith("."), code


CONSONANTS = st.sampled_from([chr(one) for one in range(ord("ก"), ord("ฮ") + 1)])
WORDS = st.lists(
    st.builds(lambda one, mark: one + mark, CONSONANTS, st.sampled_from(["", "ิ", "ี", "ุ", "า", "่", "้", "๊", "ั"])),
    min_size=2,
    max_size=8,
).map("".join)
NAMES = st.builds(lambda one, other: f"{one} {other}", WORDS, WORDS)


@given(NAMES)
def test_a_name_is_itself_with_any_title_and_in_any_order(name: str) -> None:
    first, family = name.split(" ")
    assert compare_names(name, name).verdict == "same"
    assert compare_names(name, name).score == 100
    assert compare_names(name, f"{family} {first}").verdict == "same"


@given(NAMES, NAMES)
def test_the_verdict_does_not_depend_on_who_is_asked_first(one: str, other: str) -> None:
    """Only a cut or an initial knows a direction."""
    straight, turned = compare_names(one, other), compare_names(other, one)
    codes = {reason.code for reason in (*straight.reasons, *turned.reasons)}
    if not codes & {"shortened", "initial"}:
        assert straight.verdict == turned.verdict


@given(NAMES, st.data())
def test_hiding_letters_keeps_the_name_possible(name: str, data: st.DataObject) -> None:
    masked = " ".join(word[: data.draw(st.integers(1, len(word)))] + "***" for word in name.split(" "))
    assert compare_names(name, masked).verdict == "variant"


@given(st.text(), st.text())
def test_any_text_gets_an_answer(one: str, other: str) -> None:
    likeness = compare_names(one, other)
    assert 0 <= likeness.score <= 100
    assert likeness.reasons


@given(NAMES, NAMES)
def test_the_same_verdict_means_the_same_letters(one: str, other: str) -> None:
    """Nothing is called the same but marks, spaces, order and title: the letters themselves agree."""
    if compare_names(one, other).verdict == "same":
        letters = [sorted(letter for letter in name if "ก" <= letter <= "ฮ") for name in (one, other)]
        assert letters[0] == letters[1] or any(reason.code == "title" for reason in compare_names(one, other).reasons)
