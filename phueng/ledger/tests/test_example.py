"""Is the example in docs/explanation/money.md true, number by number?"""

import re
import uuid
from pathlib import Path

import pytest

from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.queries import balances
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NEXT_YEAR,
    NOON,
    SUBJECT,
    TAKER,
    allotted,
    at_headquarters,
    officer,
    standing,
    step,
)

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "money.md"
MINE = Fund(2570, "family", GIVER, "donation")
BAHT = 100


def told() -> list[tuple[str, list[int]]]:
    """Rows of the example: what happened, and the eight numbers after it."""
    rows = re.findall(
        r"^\| ([a-z0-9 ,A-Z]+?) \| ((?:[\d,]+ \| ){7}[\d,]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [(what, [int(number.replace(",", "")) for number in numbers.split(" | ")]) for what, numbers in rows]


def seen() -> list[int]:
    totals = balances(MINE)
    roles = ("available", "reserved", "committed", "disbursed", "transit", "grants", "bank")
    return [standing(MINE).allotted // BAHT, *(totals.get(role, 0) // BAHT for role in roles)]


def happens(what: str) -> None:
    """The movements behind a row."""
    match what:
        case "opening":
            allotted(MINE, 100_000 * BAHT)
        case "two approvals":
            step("reserve", MINE, 3_000 * BAHT)
            step("reserve", MINE, 3_000 * BAHT)
        case "run checked":
            step("commit", MINE, 6_000 * BAHT)
        case "run released":
            step("send_out", MINE, 6_000 * BAHT)
        case "one paid, one returned":
            for name in ("arrive", "disburse", "come_back", "release_commitment"):
                step(name, MINE, 3_000 * BAHT)
        case "20,000 to Udon Thani":
            transfer = actions.ask_for_transfer(
                by=officer("finance_maker", TAKER), at=NOON, request_id=uuid.uuid4(), from_fund=MINE,
                to_office_code=TAKER, amount_satang=20_000 * BAHT, reason="x",
            )  # fmt: skip
            for by in (officer("releaser", GIVER), at_headquarters("finance_checker")):
                actions.approve_transfer(by=by, at=NOON, transfer_id=transfer.pk)
        case "year ends":
            carry = actions.ask_to_carry_over(
                by=officer("finance_maker", GIVER), at=NOON, request_id=uuid.uuid4(), fund=MINE, reference="x"
            )
            for by in (officer("releaser", GIVER), at_headquarters("finance_checker")):
                actions.approve_carry_over(by=by, at=NEXT_YEAR, carry_over_id=carry.pk)
        case _:
            raise AssertionError(f"the example has a step that nobody plays: {what}")


@pytest.mark.django_db
def test_the_example_is_true() -> None:
    rows = told()
    assert len(rows) == 7
    for what, numbers in rows:
        happens(what)
        assert seen() == numbers, what
    last, new = standing(MINE), standing(MINE.next_year())
    assert (last.carried, last.lapsed) == (3_000 * BAHT, 74_000 * BAHT)
    assert (new.allotted, new.reserved) == (3_000 * BAHT, 3_000 * BAHT)
    assert actions.reserve(
        by=BY, at=NOON, fund=Fund(2570, "family", TAKER, "donation"), amount_satang=1, key="e", subject=SUBJECT
    )
