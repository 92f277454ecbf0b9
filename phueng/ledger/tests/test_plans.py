"""Is a fiscal year opened by two people at headquarters, once, and by nobody alone?"""

import uuid

import pytest

from phueng.audit.actors import Actor
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with, run
from phueng.ledger import actions
from phueng.ledger.models import BudgetPlan, Movement, PlannedAllotment
from phueng.ledger.tests.scenes import (
    BY,
    GIVER,
    NOON,
    SUBJECT,
    TAKER,
    at_headquarters,
    fund,
    left_a_trace,
    officer,
    settle_constraints,
    standing,
)

pytestmark = pytest.mark.django_db


def entered(by: Actor | None = None) -> BudgetPlan:
    return actions.enter_plan(
        by=by or at_headquarters("finance_maker"), at=NOON, plan_id=uuid.uuid4(), fiscal_year=2580, reference="พม 0201/1",
        allotments={fund(): 500_000, fund(source="donation"): 20_000, fund(TAKER): 300_000},
    )  # fmt: skip


def confirm(plan: BudgetPlan, by: Actor) -> BudgetPlan:
    return actions.confirm_plan(by=by, at=NOON, plan_id=plan.pk)


def test_a_confirmed_plan_allots_each_line_once() -> None:
    plan = entered()
    assert standing(fund()).allotted == 0
    by = at_headquarters("finance_checker")
    confirm(plan, by)
    confirm(plan, by)
    assert (standing(fund()).available, standing(fund(TAKER)).available) == (500_000, 300_000)
    assert standing(fund(source="donation")).available == 20_000
    assert Movement.objects.filter(subject_id=plan.pk).count() == 3
    settle_constraints()


def test_a_source_is_a_fund_of_its_own() -> None:
    confirm(entered(), at_headquarters("releaser"))
    mine = fund(source="donation")
    with pytest.raises(Exception, match="budget_exceeded"):
        actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=20_001, key="x", subject=SUBJECT)


def test_whoever_entered_does_not_confirm() -> None:
    by = at_headquarters("administrator")
    assert refused_with(lambda: confirm(entered(by), by)) == "same_person"


@pytest.mark.parametrize(("role", "office"), [("finance_maker", GIVER), ("releaser", GIVER), ("auditor", "DSDW")])
def test_only_headquarters_opens_a_year(role: str, office: str) -> None:
    stranger = officer(role, office)
    assert refused_with(lambda: entered(stranger)) == "not_headquarters"
    plan = entered()
    assert refused_with(lambda: confirm(plan, stranger)) == "not_headquarters"


def test_a_dropped_plan_stays_and_allots_nothing() -> None:
    plan = entered()
    actions.drop_plan(by=BY, at=NOON, plan_id=plan.pk)
    assert refused_with(lambda: confirm(plan, at_headquarters("releaser"))) == "request_is_settled"
    confirmed = entered()
    confirm(confirmed, at_headquarters("releaser"))
    assert refused_with(lambda: actions.drop_plan(by=BY, at=NOON, plan_id=confirmed.pk)) == "request_is_settled"


def test_an_empty_plan_is_refused() -> None:
    assert refused_with(
        lambda: actions.enter_plan(
            by=at_headquarters("finance_maker"), at=NOON, plan_id=uuid.uuid4(), fiscal_year=2580, reference="x", allotments={}
        )
    ) == "nothing_planned"  # fmt: skip


# --------------------------------------------------------------------- round the service, as the application's role


def test_a_person_allots_nothing_without_a_plan() -> None:
    def attempt() -> None:
        actions.allot(
            by=at_headquarters("administrator"),
            at=NOON,
            fund=fund(),
            amount_satang=1,
            key=f"{uuid.uuid4()}",
            subject=SUBJECT,
        )
        settle_constraints()

    assert guard_that_refuses(attempt) == "allotment_is_planned"


def test_a_plan_is_not_rewritten() -> None:
    plan = entered()
    left_a_trace()
    line = plan.allotments.first()
    assert line is not None
    raise_line = "UPDATE ledger_plannedallotment SET amount_satang = amount_satang + 1 WHERE id = %s"
    assert guard_that_refuses(lambda: run(raise_line, line.pk)) == "planned_allotment_is_frozen"
    assert (
        guard_that_refuses(lambda: run("UPDATE ledger_budgetplan SET fiscal_year = 2599")) == "budget_plan_is_settled"
    )
    assert guard_that_refuses(
        lambda: run("UPDATE ledger_budgetplan SET confirmed_at = now(), confirmed_by_id = entered_by_id")
    ) in ("budget_plan_is_confirmed_by_somebody_else", "confirmer_is_at_headquarters")
    confirm(plan, at_headquarters("releaser"))
    values = {"plan_id": plan.pk, "scheme_code": "family", "source": "budget", "office_code": "CMI-DPC"}
    late = lambda: insert(PlannedAllotment, **values, amount_satang=5)  # noqa: E731
    assert guard_that_refuses(late) == "budget_plan_is_settled"
    assert guard_that_refuses(lambda: run("UPDATE ledger_plannedallotment SET movement_id = NULL")) == (
        "planned_allotment_is_frozen"
    )
    assert guard_that_refuses(lambda: run("DELETE FROM ledger_plannedallotment")) == "42501"
    assert guard_that_refuses(lambda: run("DELETE FROM ledger_budgetplan")) == "42501"
