"""Does every problem of the kernel say, in both languages, what happened and what to do next?"""

import re

import pytest

from phueng.kernel import bank_accounts, money, national_id, phones, thai_dates
from phueng.kernel.problems import Problem, Refused, value_or_refuse

ALL = [
    problem
    for module in (national_id, money, thai_dates, phones, bank_accounts)
    for problem in vars(module).values()
    if isinstance(problem, Problem)
]


def test_there_are_problems_to_look_at() -> None:
    assert len(ALL) >= 20


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: str(problem.code))
def test_both_languages_are_complete(problem: Problem) -> None:
    assert re.fullmatch(r"[a-z_]+", problem.code)
    for thai in (problem.th, problem.next_th):
        assert re.search(r"[ก-ฮ]", thai)
    for english in (problem.en, problem.next_en):
        assert not re.search(r"[ก-ฮ]", english)
        assert english.endswith(".")


def test_in_the_language_asked_for() -> None:
    problem = Problem("late", "สาย", "Late.", "รีบ", "Hurry.")
    assert problem.in_full("th") == str(problem) == "สาย รีบ"
    assert problem.in_full("en-GB") == "Late. Hurry."
    assert problem.in_full("xx") == "สาย รีบ"


def test_refusing() -> None:
    problem = Problem("late", "สาย", "Late.", "รีบ", "Hurry.")
    assert value_or_refuse("kept") == "kept"
    with pytest.raises(Refused, match="late: Late") as refused:
        value_or_refuse(problem)
    assert refused.value.problem is problem
