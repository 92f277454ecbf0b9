"""What happens when a story does not run straight: refused, waiting, returned, without papers, helped, monthly?"""

from collections.abc import Callable

import pytest

from phueng.demo.people import GRANDMOTHER, RETURNED, WHEELCHAIR
from tests.stories.answering import answers_of
from tests.stories.applying import apply, track
from tests.stories.outside import Outside, eventually
from tests.stories.walking import Walker
from tests.stories.working import Office

Someone = Callable[..., Walker]


def birth_of(person: object) -> tuple[str, str, str]:
    """The birth date as the look-up page asks it."""
    born = person.born_on  # type: ignore[attr-defined]
    return str(born.day), str(born.month), str(born.year + 543)


def sees(walker: Walker, reference: str, *words: str, patience: float = 25) -> None:
    """Until the applicant's page says these words."""

    def says() -> bool:
        walker.open(f"/track/{reference}/")
        return all(word in walker.text for word in words)

    try:
        eventually(says, patience=patience, every=0.5)
    except AssertionError as error:
        raise AssertionError(f"{words} not on the page: {walker.text[:2500]}") from error


def test_a_bank_returns_the_money_and_the_applicant_gives_another_account(someone: Someone, outside: Outside) -> None:
    """Closed account → returned → a new account from the applicant, proven by a code → paid, once."""
    citizen = someone()
    reference = apply(citizen, "family", answers_of(RETURNED))
    office = Office(someone)
    office.triage(reference)
    office.visit(reference)
    office.settle(reference)
    office.recommend(reference, baht="2,500")
    office.decide(reference)
    office.pay("family")
