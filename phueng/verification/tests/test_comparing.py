"""Is one name written differently told from another name, and a vague birth date from a wrong one?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel.thai_dates import PartialDate
from phueng.verification.comparing import compare_births, compare_names
from phueng.verification.patience import patience

FROM = patience().spelling_variant_from


@pytest.mark.parametrize(
    ("stated", "registered", "verdict"),
    [
        (("นางบุญมี", "ศรีสุวรรณ"), ("บุญมี", "ศรีสุวรรณ"), "same"),
        (("น.ส. บุญมี", "ศรีสุวรรณ"), ("บุญมี", "ศรีสุวรรณ"), "same"),
        (("บุญ มี", "ศรีสุวรรณ"), ("บุญมี", "ศรีสุวรรณ"), "same"),
        (("บุญมี", "ศรีสุวรรณ์"), ("บุญมี", "ศรีสุวรรณ"), "spelling"),
        (("วิชัย", "เทพารักษ์"), ("วิชัย", "เทพรักษ์"), "spelling"),
        (("บุญมี", "ศรีสุวรรณ"), ("บุญมี", "แก้วประเสริฐ"), "different"),
        (("สมชาย", "ใจดี"), ("สมหญิง", "ใจงาม"), "different"),
    ],
)
def test_names(stated: tuple[str, str], registered: tuple[str, str], verdict: str) -> None:
    one, other = ({"first_name": first, "last_name": last} for first, last in (stated, registered))
    assert compare_names(one, other, variant_from=FROM) == verdict
    assert compare_names(other, one, variant_from=FROM) == verdict


PARTIAL = st.builds(
    lambda day, known: PartialDate(day.year, day.month if known > 0 else None, day.day if known > 1 else None),
    st.dates(),
    st.integers(0, 2),
)


@given(PARTIAL, PARTIAL)
def test_births_agree_exactly_when_one_continues_the_other(one: PartialDate, other: PartialDate) -> None:
    agrees = one.iso().startswith(other.iso()) or other.iso().startswith(one.iso())
    assert compare_births(one.iso(), other.iso()) == ("same" if agrees else "different")
    assert compare_births(other.iso(), one.iso()) == compare_births(one.iso(), other.iso())


def test_an_unknown_birth_date_agrees_with_nothing() -> None:
    assert compare_births("", "1948") == "different"
