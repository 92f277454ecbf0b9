"""Is every step of the worker a function that keeps the promise of a step?"""

import inspect

import pytest
from django.utils.module_loading import import_string

from phueng.config.work import STEPS, Step


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_takes_a_bounded_batch(step: Step) -> None:
    limit = inspect.signature(import_string(step.path)).parameters["limit"]
    assert limit.kind is inspect.Parameter.KEYWORD_ONLY
    assert isinstance(limit.default, int)
    assert 0 < limit.default <= 5000
    assert 1 <= step.every_seconds <= 3600, "even a step that is woken by news looks for itself now and then"


def test_steps_have_names_of_their_own() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS) == len({step.path for step in STEPS})
