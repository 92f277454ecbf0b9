"""Do the rules say what the welfare officer signed?"""

from __future__ import annotations

import pytest

from phueng.schemes.catalogue import schemes
from phueng.schemes.definition import Scheme
from phueng.schemes.evaluate import amount_for_month, decide, first_month_due, rules_of
from phueng.schemes.examples import Example, examples

CASES = [(scheme, example) for scheme in schemes() for example in examples(scheme)]


@pytest.mark.parametrize(("scheme", "example"), CASES, ids=[f"{one.code}-{n}" for n, (one, _) in enumerate(CASES)])
def test_a_signed_example_comes_out_as_signed(scheme: Scheme, example: Example) -> None:
    parameters = scheme.parameters.replaced(example.what_if) if example.what_if else None
    decision = decide(scheme, example.facts, example.on, parameters)
    said = f"{scheme.name.th}: {example.situation} → {example.result}"
    assert decision.outcome == example.outcome, said
    assert tuple(reason.code for reason in decision.failed()) == example.fails, said
    assert tuple(reason.code for reason in decision.unknown()) == example.unknown, said
    if example.states_amount:
        assert decision.amount_satang == example.amount_satang, said
    if example.first_month is not None:
        assert first_month_due(scheme, example.facts) == example.first_month, said
    for month, satang in example.months.items():
        assert amount_for_month(scheme, example.facts, month) == satang, f"{said} ({month:%Y-%m})"


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.code)
def test_every_condition_has_an_example_in_which_it_fails(scheme: Scheme) -> None:
    failing = {code for example in examples(scheme) for code in example.fails}
    conditions = {condition.code for condition in rules_of(scheme).conditions}
    # Alive, nationality and registration are shared conditions: one scheme's example is enough for all of
    # them.
    elsewhere = {code for other in schemes() for example in examples(other) for code in example.fails}
    assert conditions - failing <= {"alive", "thai_nationality", "registered_here"}
    assert conditions <= elsewhere
    assert len(examples(scheme)) >= 10


def test_every_eligible_example_states_its_amount() -> None:
    for scheme, example in CASES:
        assert (example.outcome == "eligible") == example.states_amount, f"{scheme.code}: {example.situation}"
