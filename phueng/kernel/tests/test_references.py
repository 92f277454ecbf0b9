"""Is a misheard reference ever taken for another one?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import references as refs

ten = st.text(refs.ALPHABET, min_size=10, max_size=10)
references = ten.map(lambda characters: characters + refs._check_character(characters))
line_numbers = st.integers(0, 32**14 - 1)


def test_new_references_are_whole_and_different() -> None:
    made = {refs.new_reference() for _ in range(2000)}
    assert len(made) == 2000
    assert all(len(one) == 11 and refs.is_valid_reference(one) for one in made)
    assert {character for one in made for character in one} == set(refs.ALPHABET)


@given(references)
def test_every_single_wrong_character_is_caught(reference: str) -> None:
    for place, character in itertools.product(range(11), refs.ALPHABET):
        if character != reference[place]:
            assert not refs.is_valid_reference(reference[:place] + character + reference[place + 1 :])


@given(references)
def test_every_swap_is_caught(reference: str) -> None:
    for first, second in itertools.combinations(range(11), 2):
        if reference[first] != reference[second]:
            swapped = list(reference)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert not refs.is_valid_reference("".join(swapped))


def test_a_sum_modulo_32_would_miss_swaps() -> None:
    """The negative control: with odd weights (needed for single errors) some swap of neighbours keeps the sum."""
    for left, right in itertools.product(range(1, 32, 2), repeat=2):
        assert any((left - right) * (a - b) % 32 == 0 for a, b in itertools.combinations(range(32), 2))


@given(references)
def test_ways_of_writing(reference: str) -> None:
    shown = refs.format_reference(reference)
    assert [len(part) for part in shown.split("-")] == [4, 4, 3]
    spoken = shown.lower().replace("1", "l").replace("0", "o").replace("-", " \u200b–")
    thai = shown.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for typed in (shown, spoken, thai, reference.replace("1", "I")):
        assert refs.normalise_reference(typed) == reference
        assert refs.is_valid_reference(typed)


@pytest.mark.parametrize(
    "typed", ["", "ABC", "U" * 11, "A" * 12, "A" * 10_000, "กขคงจฉชซฌญฎ", "ßßßßßßßßßßß", "AAAA AAAA AA\n!"]
)
def test_what_cannot_be_a_reference(typed: str) -> None:
    assert refs.normalise_reference(typed) is None
    assert not refs.is_valid_reference(typed)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    normal = refs.normalise_reference(text)
    assert normal is None or refs.normalise_reference(normal) == normal


@given(line_numbers)
def test_line_references_carry_their_number(number: int) -> None:
    line = refs.new_line_reference(number)
    assert line.isascii()
    assert len(line) == refs.LINE_LENGTH <= 18
    assert refs.line_number(line) == number


@given(line_numbers, st.integers(2, 16), st.sampled_from(refs.ALPHABET))
def test_a_changed_line_reference_is_not_ours(number: int, place: int, character: str) -> None:
    line = refs.new_line_reference(number)
    changed = line[:place] + character + line[place + 1 :]
    assert refs.is_valid_line_reference(changed) == (changed == line)


def test_line_numbers_have_bounds() -> None:
    for number in (-1, 32**14):
        with pytest.raises(ValueError, match="line number"):
            refs.new_line_reference(number)
    with pytest.raises(ValueError, match="not a line"):
        refs.line_number("PH000000000000000X")
