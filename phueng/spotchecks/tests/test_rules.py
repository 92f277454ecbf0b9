"""Is the size that of the closed form, the order anybody's, and what does not fit found?"""

import hmac
from hashlib import sha256
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.spotchecks.numbers import numbers_on
from phueng.spotchecks.rules import (
    Numbers,
    Said,
    discrepancies,
    key_of,
    office_for,
    order,
    sample_size,
    share,
    z_of,
)
from phueng.spotchecks.tests.scenes import NOON

NUMBERS = Numbers(margin=10, confidence=95, least_asked=5, tries=3, least_shown=30)
POPULATIONS = st.integers(min_value=1, max_value=2_000_000)
SEEDS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@pytest.mark.parametrize(
    ("population", "size"),
    [(0, 0), (1, 1), (5, 5), (20, 17), (50, 34), (100, 50), (400, 78), (1000, 88), (1_000_000, 97)],
)
def test_the_sizes_of_the_textbook(population: int, size: int) -> None:
    """95 percent, 10 percent, finite population: the table that every handbook of sampling prints."""
    assert sample_size(population, NUMBERS) == size


def test_the_dated_numbers_are_these() -> None:
    assert numbers_on(NOON.date()) == NUMBERS


@given(POPULATIONS, st.integers(2, 30), st.sampled_from([80, 90, 95, 99]))
def test_the_margin_holds_and_one_less_would_break_it(population: int, margin: int, confidence: int) -> None:
    numbers = Numbers(margin, confidence, 1, 3, 30)
    size = sample_size(population, numbers)
    assert 1 <= size <= population

    def error(asked: int) -> float:
        """Half the interval at the worst share, with finite population correction."""
        if asked == population:
            return 0.0
        return z_of(confidence) * sqrt(0.25 / asked * (population - asked) / (population - 1))

    assert error(size) <= margin / 100 + 1e-6
    if size > 1:
        assert error(size - 1) > margin / 100 - 1e-6


@given(POPULATIONS, POPULATIONS)
def test_more_payments_never_mean_fewer_questions(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert sample_size(few, NUMBERS) <= sample_size(many, NUMBERS)


@given(SEEDS, st.sets(st.from_regex(r"[0-9A-Z]{1,18}", fullmatch=True), min_size=1, max_size=60), st.data())
def test_the_order_depends_on_seed_and_payments_alone(seed: str, references: set[str], data: st.DataObject) -> None:
    most = data.draw(st.integers(1, len(references)))
    shuffled = data.draw(st.permutations(sorted(references)))
    whole = order(seed, references, len(references))
    assert order(seed, shuffled, most) == whole[:most]
    assert sorted(whole) == sorted(references)
    plain = hmac.new(bytes.fromhex(seed), whole[0].encode(), sha256).digest()
    assert key_of(seed, whole[0]) == plain == min(key_of(seed, one) for one in references)


@given(
    SEEDS, st.integers(1, 500), st.lists(st.text("ABC", min_size=3, max_size=3), min_size=1, max_size=9, unique=True)
)
def test_offices_take_turns(seed: str, place: int, offices: list[str]) -> None:
    turn = [office_for(seed, place + step, offices) for step in range(len(offices))]
    assert sorted(turn) == sorted(offices)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (Said("full", 200_000), ()),
        (Said("full"), ()),
        (Said("unsure", knows_application="unsure", asked_back="unsure"), ()),
        (Said("full", 150_000), ("amount_differs",)),
        (Said("part"), ("amount_differs",)),
        (Said("none"), ("not_received",)),
        (Said("full", 200_000, "yes"), ("kickback",)),
        (Said("none", None, "yes", "no"), ("not_received", "kickback", "unknown_application")),
    ],
)
def test_what_does_not_fit(said: Said, found: tuple[str, ...]) -> None:
    assert discrepancies(said, 200_000) == found


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_its_share_and_narrows(asked: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, asked))
    one, more = share(hits, asked, 95), share(hits * 4, asked * 4, 95)
    assert 0 <= one.low <= one.part <= one.high <= 1
    assert more.high - more.low < one.high - one.low
    assert share(0, 0, 95).high == 1.0
