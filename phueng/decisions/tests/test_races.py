"""When many approvers decide at the same instant, is there one decision, and would there be more without the index?"""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connections, transaction

from phueng.access.models import Duty
from phueng.access.tests.factories import AccountFactory
from phueng.audit.actors import Actor
from phueng.decisions.actions import decide
from phueng.decisions.models import Decision
from phueng.decisions.tests import scenes
from phueng.decisions.tests.factories import centre
from phueng.decisions.tests.scenes import AMOUNT, MOMENT
from phueng.entitlements.models import Due
from phueng.kernel.problems import Refused
from phueng.ledger.queries import budget
from phueng.notices.models import Message

APPROVERS = 32
PLANS = 4


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Start every act at the same instant, each on a connection of its own; what each gave or raised."""
    barrier, answers = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def one(position: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            answers[position] = act()
        except Exception as problem:
            answers[position] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def approvers() -> list[Actor]:
    with transaction.atomic():
        scenes.trace()
        accounts = [AccountFactory.create() for _ in range(APPROVERS)]
        for account in accounts:
            Duty.objects.create(account=account, role="approver", office=centre(), starts_on=MOMENT.date())
    return list(scenes.fresh_actors([account.pk for account in accounts], "approver", "KKN-DPC"))


def test_32_approvers_decide_each_plan_once(committed_db: Any) -> None:
    crowd = approvers()
    plans = [scenes.recommended() for _ in range(PLANS)]
    before = budget(2570, "family", "KKN-DPC")
    for plan in plans:
        answers = at_once(
            [
                lambda by=by, plan=plan: decide(  # type: ignore[misc]
                    by=by, at=MOMENT, application_id=plan.application_id, outcome="approve", why=""
                )
                for by in crowd
            ]
        )
        assert sum(isinstance(answer, Decision) for answer in answers) == 1
        others = [answer for answer in answers if not isinstance(answer, Decision)]
        assert {answer.problem.code for answer in others if isinstance(answer, Refused)} == {"already_decided"}
        assert all(isinstance(answer, Refused) for answer in others)
        assert Message.objects.filter(subject_id=plan.application_id, template_code="application_approved").count() == 1
    assert Decision.objects.filter(recommendation__in=plans).count() == PLANS
    assert Due.objects.filter(entitlement__decision_id__in=Decision.objects.values("pk")).count() == PLANS
    assert budget(2570, "family", "KKN-DPC").reserved - before.reserved == PLANS * AMOUNT


def test_the_naive_twin_over_approves(committed_db: Any) -> None:
    """Negative control: look, then insert, on a table without the unique index. Were this green, the test above would
    prove nothing."""
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE naive_decision (plan uuid, decided_by int)")
        owner.execute("GRANT SELECT, INSERT ON naive_decision TO phueng_app")
    plans, doubled = [uuid4() for _ in range(PLANS)], 0

    def look_then_insert(plan: Any, number: int) -> None:
        with psycopg.connect(committed_db.url) as connection:
            barrier.wait()
            seen = connection.execute("SELECT count(*) FROM naive_decision WHERE plan = %s", (plan,)).fetchone()
            barrier.wait()  # everybody has looked before anybody writes: the schedule that a constraint must survive
            if seen is not None and seen[0] == 0:
                connection.execute("INSERT INTO naive_decision VALUES (%s, %s)", (plan, number))

    for plan in plans:
        barrier = threading.Barrier(APPROVERS)
        at_once([lambda n=n, plan=plan: look_then_insert(plan, n) for n in range(APPROVERS)])  # type: ignore[misc]
        with psycopg.connect(committed_db.url) as connection:
            row = connection.execute("SELECT count(*) FROM naive_decision WHERE plan = %s", (plan,)).fetchone()
            doubled += int(row is not None and row[0] > 1)
    assert doubled == PLANS
