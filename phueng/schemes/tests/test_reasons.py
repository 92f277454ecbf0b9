"""Can a person read why: the value used, where it came from, the law, in both languages?"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import pytest

from phueng.schemes.catalogue import UnknownScheme, scheme, schemes
from phueng.schemes.evaluate import amount_for_month, decide, rules_of
from phueng.schemes.facts import Fact

TODAY = date(2026, 11, 20)


def test_a_failed_reason_names_value_source_day_and_law() -> None:
    income = Fact(12_000_000, "คำตอบของผู้ขอ", date(2026, 11, 18))
    decision = decide(scheme("family"), {"household_income_year_satang": income}, TODAY)
    (reason,) = decision.failed()
    assert reason.code == "low_income"
    assert (reason.value, reason.source, reason.as_of) == (12_000_000, "คำตอบของผู้ขอ", date(2026, 11, 18))
    assert reason.sentence_th == "รายได้ครอบครัวปีละ 120,000 บาท เกินเพดาน 100,000 บาท"
    assert reason.sentence_en == "The yearly family income of 120,000 baht is over the ceiling of 100,000 baht."
    assert reason.law.th
    assert not reason.law.is_law
    assert decision.parameters_used["family_income_ceiling"] == 100000


def test_an_unknown_reason_says_what_is_missing() -> None:
    decision = decide(scheme("disability"), {}, TODAY)
    assert decision.outcome == "cannot_tell"
    assert decision.amount_satang is None
    card = next(reason for reason in decision.reasons if reason.code == "disability_card")
    assert card.passed is None
    assert card.sentence_th == "ยังไม่มีข้อมูลเรื่อง มีบัตรประจำตัวคนพิการที่ยังใช้ได้ จึงยังบอกไม่ได้"
    assert card.sentence_en == "We do not know yet: holds a valid disability card. So we cannot tell."


def test_the_age_is_shown_and_not_the_birth_date() -> None:
    decision = decide(scheme("family"), {"born_on": Fact(date(2010, 3, 1))}, TODAY)
    (reason,) = decision.failed()
    assert reason.value == 16
    assert "16 ปี" in reason.sentence_th
    assert "18" in reason.sentence_th


def test_a_switched_off_condition_gives_no_reason_at_all() -> None:
    codes = {reason.code for reason in decide(scheme("old_age"), {}, TODAY).reasons}
    assert "insufficient_income" not in codes
    switched = scheme("old_age").parameters.replaced({"income_test": True})
    codes = {reason.code for reason in decide(scheme("old_age"), {}, TODAY, switched).reasons}
    assert "insufficient_income" in codes


@pytest.mark.parametrize(
    ("switch", "born", "month", "off", "on"),
    [
        ("age_is_reached_the_day_before", date(1966, 10, 1), date(2026, 10, 1), 0, 60000),
        ("age_is_reached_the_day_before", date(1966, 10, 2), date(2026, 10, 1), 0, 0),
        ("age_is_reached_the_day_before", date(1956, 10, 1), date(2026, 10, 1), 60000, 70000),
        ("step_rises_during_the_year", date(1956, 12, 15), date(2026, 12, 1), 60000, 60000),
        ("step_rises_during_the_year", date(1956, 12, 15), date(2027, 1, 1), 60000, 70000),
    ],
)
def test_the_dated_switches_of_the_old_age_allowance(switch: str, born: date, month: date, off: int, on: int) -> None:
    old_age = scheme("old_age")
    known = {"born_on": Fact(born), "registered_on": Fact(date(2024, 1, 1))}
    assert amount_for_month(old_age, known, month) == off
    assert amount_for_month(old_age, known, month, old_age.parameters.replaced({switch: True})) == on


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.code)
def test_every_sentence_is_plain_and_whole(one: object) -> None:
    for condition in rules_of(one).conditions:  # type: ignore[arg-type]
        for text in (condition.fails.th, condition.fails.en):
            assert set(re.findall(r"{(\w+)}", text)) <= {"value", "limit"}
            assert "{limit}" not in text or condition.limit
        assert condition.fails.en.endswith(".")


def test_a_fact_without_a_column_is_refused_and_so_is_an_unknown_scheme() -> None:
    with pytest.raises(LookupError, match="no columns"):
        decide(scheme("family"), {"favourite_colour": Fact("blue")}, TODAY)
    with pytest.raises(UnknownScheme, match="family"):
        scheme("nothing")


def test_naming_schemes_and_asking_questions_loads_neither_polars_nor_django() -> None:
    program = (
        "import sys\n"
        "from phueng.schemes.catalogue import questionnaire, schemes\n"
        "from phueng.schemes.combinations import verdicts\n"
        "[(questionnaire(one.code), one.parameters, one.clocks) for one in schemes()]\n"
        "print(sorted({'polars', 'pythainlp', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
