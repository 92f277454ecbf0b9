"""How does a fiscal year open? One person at headquarters enters the allotments, another confirms them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger import memos, problems
from phueng.ledger.accounts import Fund, open_accounts
from phueng.ledger.models import BudgetPlan, Movement, PlannedAllotment, Posting
from phueng.ledger.refusals import said_plainly


@action
def enter_plan(
    *, by: Actor, at: datetime, plan_id: UUID, fiscal_year: int, reference: str, allotments: Mapping[Fund, int]
) -> BudgetPlan:
    """Write down what the letter gives (fund → satang). Nothing is allotted yet. The same `plan_id` again: the same plan.

    Refused: nothing_planned, not_headquarters.
    """
    known = BudgetPlan.objects.filter(pk=plan_id).first()
    if known is not None:
        return known
    if by.id is None:
        raise ValueError("whoever enters a plan has an account")
    if not allotments:
        raise Refused(problems.NOTHING_PLANNED)
    if any(fund.fiscal_year != fiscal_year for fund in allotments):
        raise ValueError("a plan holds one fiscal year")
    with said_plainly():
        plan = BudgetPlan.objects.create(
            id=plan_id,
            fiscal_year=fiscal_year,
            reference=reference.strip()[:200],
            entered_at=at,
            entered_by_id=by.id,
            entered_by_name=by.name,
        )
        PlannedAllotment.objects.bulk_create(
            PlannedAllotment(
                plan=plan,
                scheme_code=fund.scheme_code,
                source=fund.source,
                office_code=fund.office_code,
                amount_satang=satang,
            )
            for fund, satang in allotments.items()
        )
    said = {"year": fiscal_year, "lines": len(allotments), "satang": sum(allotments.values())}
    record(by=by, at=at, act="ledger.enter_plan", subject=("budget_plan", plan.pk), why=reference, after=said)
    return plan


@action
def confirm_plan(*, by: Actor, at: datetime, plan_id: UUID) -> BudgetPlan:
    """Allot everything in the plan, once. Refused: same_person, not_headquarters, request_is_settled."""
    plan = BudgetPlan.objects.select_for_update().get(pk=plan_id)
    if plan.confirmed_by_id is not None and plan.confirmed_by_id == by.id:
        return plan
    if plan.confirmed_at is not None or plan.dropped_at is not None:
        raise Refused(problems.REQUEST_IS_SETTLED)
    if plan.entered_by_id == by.id:
        raise Refused(problems.SAME_PERSON)
    plan.confirmed_at, plan.confirmed_by_id, plan.confirmed_by_name = at, by.id, by.name
    with said_plainly():
        plan.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_name"])
    _allot(by, at, plan)
    record(by=by, at=at, act="ledger.confirm_plan", subject=("budget_plan", plan.pk), why=plan.reference)
    return plan


@action
def drop_plan(*, by: Actor, at: datetime, plan_id: UUID) -> BudgetPlan:
    """Throw away a plan that was not confirmed; it stays on record. Refused: request_is_settled."""
    plan = BudgetPlan.objects.select_for_update().get(pk=plan_id)
    if plan.dropped_at is not None:
        return plan
    if plan.confirmed_at is not None:
        raise Refused(problems.REQUEST_IS_SETTLED)
    plan.dropped_at = at
    plan.save(update_fields=["dropped_at"])
    record(by=by, at=at, act="ledger.drop_plan", subject=("budget_plan", plan.pk))
    return plan


def _allot(by: Actor, at: datetime, plan: BudgetPlan) -> None:
    """Set-wise: 77 centres in a handful of statements."""
    lines = list(plan.allotments.order_by("scheme_code", "source", "office_code"))
    funds = {line.pk: Fund(plan.fiscal_year, line.scheme_code, line.office_code, line.source) for line in lines}
    places = [(fund, role) for fund in funds.values() for role in ("allotted", "available")]
    accounts = open_accounts(places, at)
    for line in lines:
        line.movement = Movement(
            key=f"plan:{line.pk}",
            memo=memos.ALLOTTED,
            subject_kind="budget_plan",
            subject_id=plan.pk,
            moved_at=at,
            moved_by_id=by.id,
            moved_by_name=by.name,
        )
    Movement.objects.bulk_create(line.movement for line in lines if line.movement)
    postings = [
        Posting(movement=line.movement, account=accounts[funds[line.pk], role], amount_satang=sign * line.amount_satang)
        for line in lines
        for role, sign in (("allotted", -1), ("available", 1))
    ]
    # Locked in the order of account ids, as everywhere.
    Posting.objects.bulk_create(sorted(postings, key=lambda posting: posting.account_id))
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE ledger_plannedallotment p SET movement_id = v.movement FROM unnest(%s::uuid[], %s::uuid[])
               AS v(id, movement) WHERE p.id = v.id""",
            [[line.pk for line in lines], [line.movement.pk for line in lines if line.movement]],
        )
