"""Twenty fingers press "send" ten times each: how many applications are there?"""

import copy
from collections import Counter
from collections.abc import Callable

import httpx
import psycopg

from phueng.commandline.service import Service
from tests.races.starting import at_once
from tests.stories.applying import begin, fill
from tests.stories.outside import Outside, eventually
from tests.stories.walking import Walker
from tests.trust.crowd import answers, invented, registered

THREADS, TIMES = 20, 10
Someone = Callable[..., Walker]


def test_two_hundred_submits_make_one_application(someone: Someone, running_service: Service, outside: Outside) -> None:
    """One draft, 20 threads × 10 posts: every answer is the same confirmation; one submission, one message."""
    person = invented(70_001)
    outside.steer("civil_register", upsert=registered(person))
    walker = someone()
    reference = begin(walker, "family")
    fill(walker, answers(person))
    form = walker.form(action="/submit/")
    before = _count(running_service, "SELECT count(*) FROM applications_application WHERE submitted_at IS NOT NULL")

    def press() -> Counter[str]:
        seen: Counter[str] = Counter()
        with httpx.Client(base_url=running_service.url, cookies=copy.copy(walker.client.cookies), timeout=60) as client:
            for _ in range(TIMES):
                answer = client.post(form.action, data=form.values, headers={"Referer": str(walker.here.url)})
                seen[f"{answer.status_code} {answer.headers.get('location', '')}"] += 1
        return seen

    seen = sum(at_once([press] * THREADS), Counter[str]())
    assert seen == {f"302 /apply/{reference}/done/": THREADS * TIMES}
    after = _count(running_service, "SELECT count(*) FROM applications_application WHERE submitted_at IS NOT NULL")
    assert after - before == 1
    told = "SELECT count(*) FROM notices_message WHERE template_code = 'application_received' AND to_phone = %s"
    assert _count(running_service, told, person.phone) == 1
    acts = "SELECT count(*) FROM audit_entry WHERE act = 'applications.submit' AND subject_id = (SELECT id FROM applications_application WHERE reference = %s)"
    assert _count(running_service, acts, reference) == 1
    eventually(lambda: len(outside.messages_to(person.phone)) == 1, what="one message on the phone")


def test_a_naive_twin_is_caught(running_service: Service) -> None:
    """The same crowd on a table that looks first and writes then, without lock or constraint: it doubles. So it can be seen."""
    with psycopg.connect(running_service.owner_url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS scratch_submission")
        connection.execute("CREATE TABLE scratch_submission (reference text)")

    def look_then_write() -> None:
        with psycopg.connect(running_service.owner_url) as connection:
            found = connection.execute("SELECT count(*) FROM scratch_submission WHERE reference = 'one'").fetchone()
            connection.execute("SELECT pg_sleep(0.05)")
            if found == (0,):
                connection.execute("INSERT INTO scratch_submission VALUES ('one')")

    try:
        at_once([look_then_write] * 10)
        assert _count(running_service, "SELECT count(*) FROM scratch_submission") > 1
    finally:
        with psycopg.connect(running_service.owner_url, autocommit=True) as connection:
            connection.execute("DROP TABLE scratch_submission")


def _count(service: Service, sql: str, *values: str) -> int:
    with psycopg.connect(service.owner_url) as connection:
        row = connection.execute(sql.encode(), values).fetchone()
    return int(row[0]) if row else 0
