"""Does a password that somebody else gave open nothing but the page that changes it?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phueng.access.actions import give_password
from phueng.access.models import Account
from phueng.access.tests.conftest import sign_in
from phueng.audit import clock
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.kernel.problems import Refused

pytestmark = pytest.mark.usefixtures("gated_pages")
NEW = "น้ำพริกปลาทูสามตัว"


@pytest.fixture
def given(worker_account: Account) -> str:
    return give_password(account_id=worker_account.pk, why="เปิดบัญชีใหม่", by=SYSTEM("test"), at=clock.now())


def test_it_opens_only_the_page_that_changes_it(given: str, client: Client) -> None:
    assert sign_in(client, "t.orathai", given).status_code == 302
    assert client.get("/visit/")["Location"].startswith("/sign-in/password/?next=%2Fvisit%2F")
    typed = {"old_password": given, "new_password": NEW, "next": "/visit/"}
    assert client.post("/sign-in/password/?next=/visit/", typed)["Location"] == "/visit/"
    assert client.get("/visit/").status_code == 200
    assert sign_in(Client(), "t.orathai", given).status_code == 422, "it is used up"


def test_it_is_over_after_three_days(given: str, client: Client) -> None:
    clock.set_clock_offset(timedelta(days=3, minutes=1))
    answer = sign_in(client, "t.orathai", given)
    assert answer.status_code == 422
    assert "หมดเวลาแล้ว" in answer.content.decode()


def test_nobody_gives_one_to_themselves_and_no_trace_holds_it(given: str, worker_account: Account) -> None:
    with pytest.raises(Refused) as refused:
        give_password(
            account_id=worker_account.pk,
            why="x",
            by=Actor("staff", worker_account.pk, "ก", "administrator"),
            at=clock.now(),
        )
    assert refused.value.problem.code == "own_password"
    entry = Entry.objects.get(act="access.give_password")
    assert given not in f"{entry.after}{entry.why}{entry.before}"


def test_two_given_passwords_differ_and_the_first_ends(given: str, worker_account: Account, client: Client) -> None:
    other = give_password(account_id=worker_account.pk, why="หาย", by=SYSTEM("test"), at=clock.now())
    assert other != given
    assert sign_in(client, "t.orathai", given).status_code == 422


def test_other_sessions_end(worker_account: Account, client: Client, settings: Any) -> None:
    sign_in(client, "t.orathai")
    assert client.get("/own/").status_code == 200
    give_password(account_id=worker_account.pk, why="ลืม", by=SYSTEM("test"), at=clock.now())
    assert client.get("/own/").status_code == 302
