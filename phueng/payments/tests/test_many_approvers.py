"""When 32 people approve a run at the same instant, does it get exactly the approvals that its band asks for?"""

import threading
from typing import Any
from uuid import uuid4

import psycopg
from django.db import transaction

from phueng.access.models import Hand
from phueng.audit.actors import Actor
from phueng.decisions.tests import scenes as cases
from phueng.decisions.tests.test_races import at_once
from phueng.kernel.problems import Refused
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import allot
from phueng.ledger.models import Movement
from phueng.payments.models import Approval, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import NOON
from phueng.payments.tests.signers import HOME, PAIRED, approve, someone, worth
from phueng.places.identity import HEADQUARTERS_CODE, office_id

APPROVERS, RUNS = 32, 30
AMOUNTS = (200_000, 5_000_100, 100_000_100)  # one, two and three approvals


def a_crowd() -> list[Actor]:
    offices = [HOME] * 20 + [PAIRED] * 6 + [HEADQUARTERS_CODE] * 6
    with transaction.atomic():
        cases.trace()
        return [someone("finance_checker", office) for office in offices]


def the_runs() -> list[Run]:
    with transaction.atomic():
        cases.trace()
        allot(
            by=cases.WORKER, at=NOON, fund=Fund(2570, "family", HOME), amount_satang=2_000_000_000, key="test",
            subject=("office", office_id(HOME)),
        )  # fmt: skip
    runs = []
    for number in range(RUNS):
        with transaction.atomic():
            cases.trace()
            runs.append(worth(AMOUNTS[number % 3]))
    return runs


def test_32_approvers_give_each_of_30_runs_what_it_needs_and_no_more(committed_db: Any) -> None:
    crowd, runs = a_crowd(), the_runs()
    before = scenes.money()
    for run in runs:
        answers = at_once([lambda by=by, run=run: approve(run, by) for by in crowd])  # type: ignore[misc]
        given = Approval.objects.filter(run=run)
        assert sorted(given.values_list("nth", flat=True)) == list(range(1, run.approvals_needed + 1))
        assert sum(isinstance(answer, Run) for answer in answers) == run.approvals_needed
        refused = [answer for answer in answers if not isinstance(answer, Run)]
        assert all(isinstance(answer, Refused) for answer in refused), refused
        codes = {answer.problem.code for answer in refused if isinstance(answer, Refused)}
        assert codes <= {"wrong_step", "needs_another_office"}
        if run.approvals_needed == 3:
            assert given.exclude(office_id=run.office_id).exists()
        assert Movement.objects.filter(key=f"run:{run.pk}:commit").count() == 1
        assert Hand.objects.filter(case_id=run.pk, hand="checker").count() == run.approvals_needed
    assert Run.objects.filter(checked_at__isnull=False, written_at__isnull=False).count() == RUNS
    assert scenes.money().committed - before.committed == sum(run.total_satang for run in runs)


def test_the_naive_twin_over_approves(committed_db: Any) -> None:
    """Negative control: count, then insert, on a table without the constraint and without the lock. Were this green,
    the test above would prove nothing."""
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE naive_approval (run uuid, approved_by int)")
        owner.execute("GRANT SELECT, INSERT ON naive_approval TO phueng_app")
    runs, over, needed = [uuid4() for _ in range(RUNS)], 0, 2
    people = [psycopg.connect(committed_db.url, autocommit=True) for _ in range(APPROVERS)]

    def count_then_insert(run: Any, number: int, barrier: threading.Barrier) -> None:
        connection = people[number]
        seen = connection.execute("SELECT count(*) FROM naive_approval WHERE run = %s", (run,)).fetchone()
        barrier.wait()  # everybody has counted before anybody writes: the schedule that a constraint must survive
        if seen is not None and seen[0] < needed:
            connection.execute("INSERT INTO naive_approval VALUES (%s, %s)", (run, number))

    for run in runs:
        barrier = threading.Barrier(APPROVERS)
        at_once([lambda n=n, run=run, b=barrier: count_then_insert(run, n, b) for n in range(APPROVERS)])  # type: ignore[misc]
        row = people[0].execute("SELECT count(*) FROM naive_approval WHERE run = %s", (run,)).fetchone()
        over += int(row is not None and row[0] > needed)
    for connection in people:
        connection.close()
    assert over / RUNS >= 0.95
