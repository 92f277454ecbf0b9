"""Does every path through an application follow the table, and nothing else?"""

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from phueng.applications.states import TRANSITIONS, may, next_state, problem_with
from phueng.kernel.problems import Refused

ACTS = sorted({line.act for line in TRANSITIONS})
ROLES = [
    "citizen", "helper", "front_desk", "social_worker", "approver", "finance_maker", "finance_checker", "releaser",
    "municipal_officer", "auditor", "administrator", "system",
]  # fmt: skip


class Life(RuleBasedStateMachine):
    """Anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.state = "draft"
        self.is_closed = False
        self.times_submitted = 0

    @rule(act=sampled_from(ACTS), role=sampled_from(ROLES))
    def somebody_tries(self, act: str, role: str) -> None:
        line = [one for one in TRANSITIONS if (one.from_state, one.act) == (self.state, act)]
        allowed = bool(line) and role in line[0].who and self.is_closed == line[0].is_after_closing
        assert may(self.state, act, role, is_closed=self.is_closed) == allowed
        if not allowed:
            with pytest.raises(Refused):
                next_state(self.state, act, role, is_closed=self.is_closed)
            return
        self.state = next_state(self.state, act, role, is_closed=self.is_closed)
        self.times_submitted += act == "submit"
        self.is_closed = act != "reopen" and (self.is_closed or act in ("close", "withdraw", "forward"))

    @invariant()
    def it_is_sent_at_most_once(self) -> None:
        assert self.times_submitted <= 1

    @invariant()
    def withdrawn_is_the_end(self) -> None:
        if self.state == "withdrawn":
            assert not any(may("withdrawn", act, role) for act in ACTS for role in ROLES)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


def test_no_line_stands_twice() -> None:
    steps = [(line.from_state, line.act) for line in TRANSITIONS]
    assert len(steps) == len(set(steps))


def test_money_roles_touch_no_application() -> None:
    assert not any(
        may(line.from_state, line.act, role)
        for line in TRANSITIONS
        for role in ("finance_maker", "finance_checker", "releaser", "auditor", "administrator")
    )


def test_each_refusal_says_what_to_do_next() -> None:
    for state in ("draft", "submitted", "withdrawn"):
        for act in ACTS:
            problem = problem_with(state, act, "releaser")
            assert problem is not None
            assert problem.next_th
            assert problem.next_en
