"""Is a date understood as it was meant, and shown in the right era?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import thai_dates as dates
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate
from phueng.kernel.thai_text import thai_digits

TODAY = date(2026, 11, 22)
days = st.dates(date(1900, 1, 1), date(2060, 12, 31))
languages = st.sampled_from(["th", "en"])


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1/2/2490", "1947-02-01"),
        ("๑ ก.พ. ๒๔๙๐", "1947-02-01"),
        ("1 กุมภาพันธ์ 2490", "1947-02-01"),
        ("วันที่ 1 เดือนกุมภาพันธ์ พ.ศ. 2490", "1947-02-01"),
        ("1 กุมภา 2490", "1947-02-01"),
        ("1กพ2490", "1947-02-01"),
        ("1990-02-01", "1990-02-01"),
        ("2533-02-01", "1990-02-01"),
        ("01-02-2533", "1990-02-01"),
        ("1.2.1990", "1990-02-01"),
        ("1 Feb 1990", "1990-02-01"),
        ("February 1, 1990", "1990-02-01"),
        ("1 September ค.ศ. 1990", "1990-09-01"),
        ("1/2/1990 AD", "1990-02-01"),
        ("25330201", "1990-02-01"),
        ("01022533", "1990-02-01"),
        ("24900000", "1947"),
        ("24900200", "1947-02"),
        ("0/0/2490", "1947"),
        ("00/02/2490", "1947-02"),
        ("1947-02-00", "1947-02"),
        ("พ.ศ. 2490", "1947"),
        ("2490", "1947"),
        ("ก.พ. 2490", "1947-02"),
        ("02/2490", "1947-02"),
        ("29/2/2543", "2000-02-29"),
        (" 1\u200b / 2 / 2490 ", "1947-02-01"),
    ],
)
def test_what_people_type(typed: str, iso: str) -> None:
    understood = dates.parse_date(typed, TODAY)
    assert isinstance(understood, PartialDate)
    assert understood.iso() == iso


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("เมื่อวาน", "not_a_date"),
        ("1 หมู 2490", "not_a_date"),
        ("1/2/2490/3", "not_a_date"),
        ("9" * 10_000, "not_a_date"),
        ("31/2/2533", "no_such_day"),
        ("29/2/2544", "no_such_day"),
        ("25331301", "no_such_day"),
        ("1/13/2533", "no_such_day"),
        ("1/2/33", "short_year"),
        ("1/2/2200", "implausible_year"),
        ("1/2/1700", "implausible_year"),
        ("ค.ศ. 2490", "implausible_year"),
        ("พ.ศ. 1990", "implausible_year"),
    ],
)
def test_what_is_not_understood(typed: str, code: str) -> None:
    problem = dates.parse_date(typed, TODAY)
    assert isinstance(problem, Problem)
    assert problem.code == code


@given(days, languages, st.sampled_from(["long", "short", "numeric"]), st.booleans())
def test_what_we_write_we_can_read(day: date, lang: str, style: dates.Style, in_thai_digits: bool) -> None:
    written = dates.format_date(day, lang, style)
    understood = dates.parse_date(thai_digits(written) if in_thai_digits else written, TODAY)
    assert understood == PartialDate.of(day)


@given(days, languages, st.sampled_from(["long", "short", "numeric"]), st.booleans())
def test_partial_dates_are_read_back_as_partial(day: date, lang: str, style: dates.Style, has_month: bool) -> None:
    partial = PartialDate(day.year, day.month if has_month else None)
    assert dates.parse_date(dates.format_date(partial, lang, style), TODAY) == partial
    assert PartialDate.from_iso(partial.iso()) == partial
    assert partial.as_date() <= day


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(typed: str) -> None:
    answer = dates.parse_date(typed, TODAY)
    if isinstance(answer, PartialDate):
        assert abs(answer.year_ce - TODAY.year) <= 150


def test_precision() -> None:
    assert [PartialDate(1947).precision, PartialDate(1947, 2).precision, PartialDate(1947, 2, 1).precision] == [
        "year",
        "month",
        "day",
    ]
    assert PartialDate(1947).as_date() == date(1947, 1, 1)
    assert PartialDate(1947, 2).as_date() == date(1947, 2, 1)


@pytest.mark.parametrize("parts", [(1947, None, 1), (1947, 2, 30), (1947, 13, None), (0, None, None)])
def test_no_impossible_dates(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["1947-2", "1947-02-01T00:00", "๑๙๔๗", "", "1947-13"])
def test_from_iso_is_strict(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.from_iso(text)


def test_eras_and_styles() -> None:
    day = date(1947, 2, 1)
    assert dates.format_date(day, "th") == "1 กุมภาพันธ์ 2490"
    assert dates.format_date(day, "th", "short") == "1 ก.พ. 2490"
    assert dates.format_date(day, "th", "numeric") == "01/02/2490"
    assert dates.format_date(day, "en") == "1 February 1947"
    assert dates.format_date(day, "en", "short") == "1 Feb 1947"
    assert dates.format_date(PartialDate(1947), "th") == "พ.ศ. 2490"
    assert dates.format_date(PartialDate(1947, 2), "en") == "February 1947"


def test_moments_are_shown_on_a_thai_clock() -> None:
    moment = datetime(2026, 1, 31, 17, 5, tzinfo=UTC)
    assert dates.format_moment(moment, "th") == "1 กุมภาพันธ์ 2569 เวลา 00:05 น."
    assert dates.format_moment(moment, "en") == "1 February 2026 at 00:05"
    assert dates.format_moment(moment, "th", "short") == "1 ก.พ. 2569 00:05 น."
    assert dates.format_date(moment, "en") == "1 February 2026"
    with pytest.raises(ValueError, match="time zone"):
        dates.format_moment(datetime(2026, 1, 31), "th")


def test_birth_dates_lie_in_the_past() -> None:
    assert dates.problem_with_birth_date(PartialDate(2026, 11, 22), TODAY) is None
    problem = dates.problem_with_birth_date(PartialDate(2026, 11, 23), TODAY)
    assert problem is not None
    assert problem.code == "future"


def test_fiscal_year_turns_on_the_first_of_october() -> None:
    assert dates.fiscal_year_be(date(2025, 9, 30)) == 2568
    assert dates.fiscal_year_be(date(2025, 10, 1)) == 2569
    assert dates.fiscal_year_range(2569) == (date(2025, 10, 1), date(2026, 10, 1))


@given(days)
def test_every_day_lies_in_its_fiscal_year_only(day: date) -> None:
    starts_on, ends_before = dates.fiscal_year_range(dates.fiscal_year_be(day))
    assert starts_on <= day < ends_before


@given(days, days)
def test_age_grows_on_the_birthday(born: date, on: date) -> None:
    if on < born:
        with pytest.raises(ValueError, match="not born"):
            dates.age_on(born, on)
        return
    age = dates.age_on(born, on)
    assert dates.birthday(born, age) <= on < dates.birthday(born, age + 1)
    next_birthday = dates.birthday(born, age + 1)
    assert dates.age_on(born, next_birthday - timedelta(days=1)) == age
    assert dates.age_on(born, next_birthday) == age + 1


def test_ages() -> None:
    assert dates.age_on(date(1966, 9, 30), date(2026, 9, 30)) == 60
    assert dates.age_on(date(1966, 10, 1), date(2026, 9, 30)) == 59
    assert dates.age_on(date(2000, 2, 29), date(2026, 2, 28)) == 25
    assert dates.age_on(date(2000, 2, 29), date(2026, 3, 1)) == 26
    assert dates.age_on(PartialDate(1966), date(2026, 1, 1)) == 60
