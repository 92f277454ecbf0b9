"""Do the same facts always give the same bytes, and different facts different ones?"""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel.canonical import canonical_json
from phueng.kernel.thai_dates import BANGKOK

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
facts = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), words),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


def test_the_bytes() -> None:
    written = canonical_json(
        {
            "ที่": 'น้ำ\n"',
            "b": [1, True, None, -5],
            "a": date(2026, 1, 2),
            "at": datetime(2026, 1, 2, 7, 0, tzinfo=BANGKOK),
            "id": UUID("12345678-1234-5678-1234-567812345678"),
            "hash": b"\x00\xff",
            "where": Decimal("16.4300"),
            "colour": Colour.RED,
        }
    )
    assert (
        written
        == (
            '{"a":"2026-01-02","at":"2026-01-02T00:00:00.000000Z","b":[1,true,null,-5],"colour":"red","hash":"00ff",'
            '"id":"12345678-1234-5678-1234-567812345678","where":"16.43","ที่":"น้ำ\\n\\""}'
        ).encode()
    )


@given(facts)
def test_nothing_is_lost(fact: Any) -> None:
    """What can be read back unchanged cannot have the bytes of anything else."""
    assert json.loads(canonical_json(fact)) == fact
    assert canonical_json(json.loads(canonical_json(fact))) == canonical_json(fact)


@given(st.dictionaries(words, st.integers(), max_size=6))
def test_the_order_of_keys_does_not_matter(fact: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(fact.items()))) == canonical_json(fact)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 12))
def test_one_moment_one_text(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert canonical_json(aware) == canonical_json(aware.astimezone(timezone(timedelta(hours=hours))))


def test_decimals_have_one_text() -> None:
    for number in ("1.5", "1.50", "15E-1"):
        assert canonical_json(Decimal(number)) == b'"1.5"'
    assert canonical_json(Decimal("-0.00")) == canonical_json(Decimal("0")) == b'"0"'
    assert canonical_json(Decimal("1E+3")) == b'"1000"'


@pytest.mark.parametrize("fact", [1.5, float("nan"), {1: 2}, {None: 1}, {1, 2}, object(), [0.0], {Colour.RED: 1}])
def test_what_has_no_single_form_is_refused(fact: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json({"fact": fact})


@pytest.mark.parametrize("fact", [datetime(2026, 1, 1), Decimal("NaN"), Decimal("Infinity"), "\ud800"])
def test_broken_facts_are_refused(fact: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_json([fact])
