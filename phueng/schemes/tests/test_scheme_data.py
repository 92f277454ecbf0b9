"""Is the data of every scheme whole: dated numbers, clocks, ceilings, documents, laws, combinations?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.schemes.catalogue import questionnaire, scheme, schemes
from phueng.schemes.clocks import load_clocks
from phueng.schemes.combinations import Received, benefit, benefits, combinations, verdicts
from phueng.schemes.evaluate import columns_used
from phueng.schemes.facts import COLUMNS
from phueng.schemes.laws import UnknownLaw, law
from phueng.schemes.parameters import NoParameter, ParameterMistake, load_parameters

TODAY = date(2026, 11, 20)
PARAMETER = """
ceiling:
  unit: baht
  label: {{ th: เพดาน, en: Ceiling }}
  values:
    - {{ starts_on: 2020-01-01, value: {first}, law: dsdw_2552, confidence: high }}
    - {{ starts_on: 2021-01-01, value: 3000, law: {law}, confidence: high }}
"""


def written(tmp_path: Path, first: str = "2000", law_code: str = "dsdw_2552") -> Path:
    path = tmp_path / "parameters.yaml"
    path.write_text(PARAMETER.format(first=first, law=law_code), encoding="utf-8")
    return path


def test_a_newer_value_ends_the_older_one_on_its_first_day(tmp_path: Path) -> None:
    parameters = load_parameters(written(tmp_path))
    assert parameters.satang("ceiling", date(2020, 12, 31)) == 200_000
    assert parameters.satang("ceiling", date(2021, 1, 1)) == 300_000
    assert parameters.dated("ceiling", date(2020, 5, 1)).ends_before == date(2021, 1, 1)
    with pytest.raises(NoParameter, match="2019-12-31"):
        parameters.value("ceiling", date(2019, 12, 31))
    with pytest.raises(NoParameter, match="ceiling"):
        parameters.replaced({"ceilling": 1})


def test_a_number_that_cannot_be_trusted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterMistake, match="whole number"):
        load_parameters(written(tmp_path, first="2000.50"))
    with pytest.raises(UnknownLaw, match="nowhere"):
        load_parameters(written(tmp_path, law_code="nowhere"))


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.code)
def test_every_scheme_is_whole(one) -> None:  # type: ignore[no-untyped-def]
    for name in one.parameters.names():
        assert one.parameters.dated(name, TODAY).law.th
    assert one.decider(TODAY) in ("one_approver", "committee")
    assert one.retention(TODAY).years > 0
    assert {rule.code for rule in one.clocks} == {"decide", "appeal_window", "appeal_answer"}
    assert {document.question for document in one.documents} <= set(questionnaire(one.code).questions)
    assert benefit(one.code).name.th == one.name.th
    # A text message may be read by others: it must not say which scheme, least of all a disability.
    assert one.name.th not in one.message_name.th
    assert "พิการ" not in one.message_name.th


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.code)
def test_every_answer_feeds_a_column_that_the_rules_read(one) -> None:  # type: ignore[no-untyped-def]
    kinds = {"yes_no": "boolean", "date": "date", "money": "money", "number": "count", "choice": "text"}
    for question in questionnaire(one.code).questions.values():
        if question.column:
            assert COLUMNS[question.column].kind == kinds[question.kind], question.code
            assert question.column in columns_used(one), question.code
        for option, column in question.option_columns.items():
            assert COLUMNS[column].kind == "boolean"
            assert column in columns_used(one)
            assert option in {known.code for known in question.options}


def test_the_hardships_offered_are_the_hardships_accepted() -> None:
    offered = {option.code for option in questionnaire("family").questions["hardship"].options}
    assert offered == set(scheme("family").parameters.value("hardships", TODAY))


def test_the_family_ceiling_is_never_cut_silently() -> None:
    family = scheme("family")
    assert (family.ceiling_satang(TODAY), family.times_a_year(TODAY)) == (300_000, 3)
    assert family.problem_with_amount(300_000, TODAY) is None
    assert family.problem_with_amount(300_100, TODAY).code == "amount_over_ceiling"  # type: ignore[union-attr]
    for wrong in (0, -100, 150):
        assert family.problem_with_amount(wrong, TODAY).code == "amount_not_whole_baht"  # type: ignore[union-attr]
    assert family.problem_with_amount(300_000, date(2019, 5, 1)) is not None
    assert family.delegation_ceiling_satang("centre_head", TODAY) == 300_000
    assert family.delegation_ceiling_satang("visitor", TODAY) is None
    assert scheme("old_age").ceiling_satang(TODAY) is None
    assert scheme("old_age").times_a_year(TODAY) is None


def test_the_clock_of_the_family_grant() -> None:
    clock = scheme("family").clock("decide", TODAY)
    assert (clock.starts_at, clock.stops_at, clock.unit) == ("triaged", "decided", "calendar_days")
    assert (clock.length("known"), clock.length("new")) == (10, 15)
    lights = [clock.light(day, "known") for day in (0, 4, 5, 7, 8, 10, 11)]
    assert lights == ["green", "green", "yellow", "yellow", "orange", "orange", "red"]
    with pytest.raises(LookupError):
        scheme("family").clock("decide", date(2001, 1, 1))


def test_a_clock_whose_lights_hide_a_broken_promise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clocks.yaml"
    text = (Path(load_clocks.__code__.co_filename).parent / "family_hardship" / "clocks.yaml").read_text("utf-8")
    path.write_text(text.replace("[4, 7, 10]", "[4, 7, 12]"), encoding="utf-8")
    with pytest.raises(ValueError, match="known"):
        load_clocks(path)


def test_every_pair_of_scheme_and_benefit_is_decided_by_the_table() -> None:
    for one in schemes():
        for other in benefits():
            found = verdicts(one.code, [Received(other.code, "", date(2026, 11, 1))], TODAY)
            # Old-age allowance ↔ pension and the like: nobody is left to guess about a benefit we can name.
            assert [verdict.kind for verdict in found] != ["unknown"], (one.code, other.code)
            assert len(found) == 1, (one.code, other.code)


@pytest.mark.parametrize(
    ("code", "with_code", "kind"),
    [
        ("old_age", "disability", "together"),
        ("disability", "old_age", "together"),
        ("old_age", "aids_allowance", "together"),
        ("old_age", "state_pension", "excludes"),
        ("old_age", "state_shelter", "excludes"),
        ("old_age", "old_age", "excludes"),
        ("family", "ministry_emergency", "caps"),
        ("family", "old_age", "together"),
    ],
)
def test_known_combinations(code: str, with_code: str, kind: str) -> None:
    (verdict,) = verdicts(code, [Received(with_code, "x", date(2026, 11, 10))], TODAY)
    assert (verdict.kind, verdict.with_code) == (kind, with_code)
    assert verdict.sentence_th
    assert verdict.sentence_en
    assert verdict.law.th


@given(st.integers(0, 400))
def test_emergency_money_speaks_for_thirty_days(days: int) -> None:
    given_on = TODAY - timedelta(days=days)
    received = Received("ministry_emergency", "x", given_on, given_on + timedelta(days=1), 300_000)
    kinds = [verdict.kind for verdict in verdicts("family", [received], TODAY)]
    assert kinds == (["caps"] if days <= 30 else [])


def test_an_ended_pension_says_nothing_and_an_unheard_of_benefit_is_unknown() -> None:
    ended = Received("state_pension", "x", date(2010, 1, 1), TODAY)
    assert verdicts("old_age", [ended], TODAY) == []
    assert [one.kind for one in verdicts("old_age", [ended], TODAY - timedelta(days=1))] == ["excludes"]
    strange = Received("harvest_insurance", "x", date(2026, 1, 1))
    both = verdicts("old_age", [Received("disability", "x", date(2020, 1, 1)), strange], TODAY)
    assert [one.kind for one in both] == ["unknown", "together"]


def test_no_line_is_written_twice_and_every_law_is_known() -> None:
    pairs = [(line.scheme, line.with_code) for line in combinations() if line.holds_on(TODAY)]
    assert len(pairs) == len(set(pairs))
    with pytest.raises(UnknownLaw, match="civil_code_16"):
        law("no_such_law")
