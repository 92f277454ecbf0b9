"""Two approvers decide the same case at the same moment, one yes, one no: what becomes of it?"""

from collections.abc import Callable

import psycopg

from phueng.commandline.service import Service
from phueng.demo.people import APPROVER, RELATED_APPROVER
from tests.races.starting import at_once
from tests.stories.applying import apply
from tests.stories.outside import Outside
from tests.stories.walking import Walker
from tests.stories.working import Office
from tests.trust.crowd import answers, invented, registered

Someone = Callable[..., Walker]


def test_one_decision_stands_and_the_other_is_told_so(
    someone: Someone, running_service: Service, outside: Outside
) -> None:
    """Several cases, so that each has a chance to go wrong."""
    office = Office(someone)
    for number in range(70_101, 70_104):
        person = invented(number)
        outside.steer("civil_register", upsert=registered(person))
        reference = apply(someone(), "family", answers(person))
        office.triage(reference)
        office.visit(reference)
        office.settle(reference)
        office.recommend(reference, baht="1,000")
        yes, no = office.case(APPROVER, reference, "decide"), office.case(RELATED_APPROVER, reference, "decide")
        forms = yes.form(action="/decide/"), no.form(action="/decide/")
        statuses = at_once(
            [
                lambda yes=yes, form=forms[0]: yes.submit(form, {"why": ""}, button=("outcome", "approve")).status_code,
                lambda no=no, form=forms[1]: (
                    no.submit(form, {"why": "ไม่เข้าเกณฑ์"}, button=("outcome", "refuse")).status_code
                ),
            ]
        )
        assert sorted(statuses) == [200, 422], "one is taken, the other is told in words"
        told = yes if statuses[0] == 422 else no
        assert "แล้ว" in told.text
        _one_decision(running_service, reference, approved=statuses[0] == 200)


def _one_decision(service: Service, reference: str, *, approved: bool) -> None:
    sql = """SELECT d.outcome, (SELECT count(*) FROM entitlements_entitlement e WHERE e.decision_id = d.id)
        FROM decisions_decision d JOIN applications_application a ON a.id = d.application_id WHERE a.reference = %s"""
    with psycopg.connect(service.owner_url) as connection:
        found = connection.execute(sql.encode(), [reference]).fetchall()
    assert found == ([("approved", 1)] if approved else [("refused", 0)])


def test_without_the_guard_both_would_stand(running_service: Service) -> None:
    """The same race on a table without our constraint: two rows. The test above is able to fail."""
    with psycopg.connect(running_service.owner_url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS scratch_decision")
        connection.execute("CREATE TABLE scratch_decision (case_id int, outcome text)")

    def decide(outcome: str) -> None:
        with psycopg.connect(running_service.owner_url) as connection:
            found = connection.execute("SELECT count(*) FROM scratch_decision WHERE case_id = 1").fetchone()
            connection.execute("SELECT pg_sleep(0.05)")
            if found == (0,):
                connection.execute("INSERT INTO scratch_decision VALUES (1, %s)", [outcome])

    try:
        at_once([lambda: decide("approved"), lambda: decide("refused")])
        with psycopg.connect(running_service.owner_url) as connection:
            assert connection.execute("SELECT count(*) FROM scratch_decision").fetchone() == (2,)
    finally:
        with psycopg.connect(running_service.owner_url, autocommit=True) as connection:
            connection.execute("DROP TABLE scratch_decision")
