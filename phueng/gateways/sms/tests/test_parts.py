"""Is a Thai message cut so that every part reads well and nothing is lost?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.gateways.sms.contract import MessageRefused
from phueng.gateways.sms.parts import PART_UNITS, SINGLE_UNITS, split_message, units

CLUSTERS = st.lists(st.sampled_from(["ก", "น้ำ", "ผู้", "รับ", "ที่", "พึ่ง", "ปั๊ม", "เก้า", " ", "7", "👩‍🦽", "é"]), min_size=1)


def test_seventy_characters_are_one_part_without_a_header() -> None:
    (part,) = split_message("ก" * 70, 7)
    assert (part.esm_class, len(part.payload)) == (0, 140)


def test_seventy_one_are_two_parts_with_headers() -> None:
    first, second = split_message("ก" * 71, 0xA5)
    assert first.payload[:6] == bytes.fromhex("050003a50201")
    assert second.payload[:6] == bytes.fromhex("050003a50202")
    assert (len(first.payload), len(second.payload)) == (6 + 134, 6 + 8)
    assert first.esm_class == second.esm_class == 0x40


def test_the_cut_falls_before_a_character_and_not_inside_it() -> None:
    first, second = split_message("ก" * 66 + "รั้" + "ว" * 20, 1)
    assert first.text == "ก" * 66
    assert second.text == "รั้" + "ว" * 20


def test_two_full_parts_fit_and_one_more_character_does_not() -> None:
    assert len(split_message("ก" * 134, 1)) == 2
    with pytest.raises(MessageRefused) as caught:
        split_message("ก" * 135, 1)
    assert caught.value.problem.code == "sms.too_long"
    assert "135" in caught.value.problem.th


def test_134_units_that_cannot_be_cut_evenly_are_refused() -> None:
    with pytest.raises(MessageRefused):
        split_message("ก" * 66 + "น้ำ" + "ก" * 65, 1)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "สวัส\u200bดี", "a\x00b", "a\rb", "\ud800"])
def test_empty_and_invisible_texts_are_refused(text: str) -> None:
    with pytest.raises(MessageRefused):
        split_message(text, 1)


@given(CLUSTERS, st.integers(0, 255))
def test_parts_join_to_the_text_and_fit(clusters: list[str], reference: int) -> None:
    text = "".join(clusters)
    try:
        parts = split_message(text, reference)
    except MessageRefused:
        assert not text.strip() or units(text) > 2 * PART_UNITS - 8 or "\u200d" in text
        return
    assert "".join(part.text for part in parts) == text
    limit = SINGLE_UNITS if len(parts) == 1 else PART_UNITS
    for part in parts:
        header = 6 if len(parts) > 1 else 0
        assert part.payload[header:].decode("utf-16-be") == part.text
        assert len(part.payload) - header <= limit * 2
        assert len(part.payload) <= 140
        assert not part.text.startswith(("ั", "ำ", "้", "ู", "ี", "ึ", "่", "๊"))
