"""Five hands of one office collude and skim three payments in ten: is it found, and would their own sample find it?

Arithmetic only, over many seeds: payments, what the payees would say to a stranger, and what they say when somebody of
the office itself stands in the door.
"""

import random
from collections.abc import Callable

import pytest

from phueng.spotchecks.rules import Numbers, Said, discrepancies, order, sample_size, share

NUMBERS = Numbers(margin=10, confidence=95, least_asked=5, tries=3, least_shown=30)
PAID = 200_000
SEEDS = 400


def flagged(
    payments: int, skimmed: float, dares: float, asks: Callable[[str, Said], Said], chance: random.Random
) -> bool:
    """One run with one seed: does anything of it reach the auditor's list?"""
    references = [f"T{number:010d}" for number in range(payments)]
    victims = set(chance.sample(references, round(payments * skimmed)))
    seed = chance.randbytes(32).hex()
    for reference in order(seed, references, sample_size(payments, NUMBERS)):
        got = PAID * 7 // 10 if reference in victims else PAID
        truth = Said("part", got, "yes") if reference in victims and chance.random() < dares else Said("full", PAID)
        if discrepancies(asks(reference, truth), PAID):
            return True
    return False


def by_a_stranger(_: str, truth: Said) -> Said:
    return truth


def by_the_office_itself(_: str, __: Said) -> Said:
    """Whoever took it writes down the answer."""
    return Said("full", PAID)


def rate(**how: object) -> float:
    chance = random.Random(20261122)  # a simulation
    return sum(flagged(chance=chance, **how) for _ in range(SEEDS)) / SEEDS  # type: ignore[arg-type]


@pytest.mark.parametrize(("payments", "dares"), [(10, 1.0), (25, 0.5), (40, 0.5), (200, 0.25), (1000, 0.25)])
def test_another_office_finds_it_even_when_few_dare_to_say_so(payments: int, dares: float) -> None:
    assert rate(payments=payments, skimmed=0.3, dares=dares, asks=by_a_stranger) >= 0.95


@pytest.mark.parametrize("payments", [10, 40, 200])
def test_the_office_itself_would_find_nothing(payments: int) -> None:
    """The negative control: with the same seeds, sizes and payees, who asks is all the difference."""
    assert rate(payments=payments, skimmed=0.3, dares=1.0, asks=by_the_office_itself) == 0.0


def test_an_honest_office_is_not_flagged() -> None:
    assert rate(payments=200, skimmed=0.0, dares=1.0, asks=by_a_stranger) == 0.0


def test_payees_who_say_it_alone_find_it_where_the_sample_is_small() -> None:
    """One in ten of those who were skimmed says so by themselves: of sixty people, ten payments later, somebody has."""
    chance = random.Random(7)  # a simulation
    found = sum(any(chance.random() < 0.1 for _ in range(60)) for _ in range(SEEDS)) / SEEDS
    assert found >= 0.95
    assert share(18, 60, 95).low > 0.15
