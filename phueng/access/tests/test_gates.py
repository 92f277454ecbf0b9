"""Does each gate let in exactly whom it names?"""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from phueng.access.actions import close_account, end_duty
from phueng.access.gates import EVERYONE, ROUTES, SIGNED_IN, gate, gate_public, roles_of
from phueng.access.models import Account, Duty, ParkedForm
from phueng.access.tests import pages
from phueng.access.tests.conftest import sign_in
from phueng.access.tests.factories import AT, AccountFactory, DutyFactory
from phueng.audit import clock
from phueng.audit.actors import SYSTEM

pytestmark = pytest.mark.usefixtures("gated_pages")


def test_gates_declare_themselves() -> None:
    assert roles_of(pages.visit) == frozenset({"social_worker", "front_desk"})
    assert roles_of(pages.hello) == EVERYONE
    assert roles_of(pages.own) == SIGNED_IN
    assert ROUTES["phueng.access.tests.pages.visit"] == {"social_worker", "front_desk"}
    for page in get_resolver("phueng.access.urls").url_patterns:
        assert page.callback is not None
        assert roles_of(page.callback) is not None, page


def test_a_gate_with_no_or_unknown_roles_or_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        gate()
    with pytest.raises(ValueError, match="king"):
        gate("king")

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(ValueError, match="two gates"):
        gate_public(gate("auditor")(view))


def test_a_stranger_is_sent_to_sign_in_and_back(db: Any, client: Client) -> None:
    answer = client.get("/visit/?page=2")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fvisit%2F%3Fpage%3D2")
    assert client.get("/hello/").content == b"hello"


def test_the_right_role_enters_and_another_is_told_no(worker_account: Account, client: Client) -> None:
    assert sign_in(client, "t.orathai", next_address="/visit/")["Location"] == "/visit/"
    assert client.get("/visit/").status_code == 200
    assert client.get("/decide/").status_code == 403
    assert client.get("/own/").content.decode() == worker_account.display_name_th


def test_an_ended_duty_and_a_closed_account_count_at_once(worker_account: Account, client: Client) -> None:
    sign_in(client, "t.orathai")
    duty = Duty.objects.get(account=worker_account)
    today = clock.now().date()
    end_duty(duty_id=duty.id, ends_before=today, why="ย้าย", by=SYSTEM("test"), at=AT)
    assert client.get("/visit/").status_code == 403
    close_account(account_id=worker_account.id, why="ลาออก", by=SYSTEM("test"), at=AT)
    assert client.get("/own/").status_code == 302


def test_a_gated_page_costs_three_queries(worker_account: Account, client: Client) -> None:
    """Session, account, duties."""
    sign_in(client, "t.orathai")
    with CaptureQueriesContext(connection) as seen:
        client.get("/visit/")
    assert len(seen) == 3, [query["sql"] for query in seen]


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + seconds)


def test_a_session_ends_after_half_an_hour_of_nothing(
    worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "t.orathai")
    later(monkeypatch, 29 * 60)
    assert client.get("/visit/").status_code == 200
    later(monkeypatch, 29 * 60)
    assert client.get("/visit/").status_code == 200, "doing something keeps it open"
    later(monkeypatch, 31 * 60)
    assert client.get("/visit/").status_code == 302
    assert client.get("/own/").status_code == 302


def test_a_page_that_refreshes_itself_keeps_no_session_open(
    worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "t.orathai")
    later(monkeypatch, 20 * 60)
    assert client.get("/visit/", headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
    later(monkeypatch, 11 * 60)
    assert client.get("/visit/").status_code == 302


def test_a_session_ends_after_twelve_hours_of_work(
    worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "t.orathai")
    for _ in range(12 * 3 - 1):
        later(monkeypatch, 20 * 60)
        assert client.get("/visit/").status_code == 200
    later(monkeypatch, 21 * 60)
    assert client.get("/visit/").status_code == 302


def test_shifting_the_demo_clock_signs_nobody_out(worker_account: Account, client: Client) -> None:
    sign_in(client, "t.orathai")
    clock.set_clock_offset(timedelta(days=10))
    assert client.get("/visit/").status_code == 200


def typed_into_an_expired_session(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    sign_in(client, "t.orathai")
    later(monkeypatch, 31 * 60)
    typed = {"finding": "บ้านไม้ <ชั้นเดียว>", "ill": ["a", "b"], "scheme_code": "x", "new_password": "secret-thing"}
    return client.post("/visit/", typed)


def test_a_form_typed_into_an_expired_session_is_kept_and_sent_again(
    worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = typed_into_an_expired_session(client, monkeypatch)
    assert answer.status_code == 302
    parked = ParkedForm.objects.get()
    assert "บ้านไม้".encode() not in bytes(parked.sealed), "sealed, not only stored"
    answer = sign_in(client, "t.orathai", next_address="/visit/")
    assert answer["Location"] == f"/sign-in/kept/{parked.id}/"
    page = client.get(answer["Location"]).content.decode()
    assert 'value="บ้านไม้ &lt;ชั้นเดียว&gt;"' in page
    assert page.count('name="ill"') == 2
    assert "secret-thing" not in page
    again = f"/visit/?resent={parked.id}"
    assert f'action="{again}"' in page
    restored = client.get(f"/visit/?parked={parked.id}").content.decode()
    assert "บ้านไม้" in restored
    assert "scheme_code" in restored, "only secrets are left out"
    assert "บ้านไม้" in client.post(again, {"finding": "บ้านไม้"}).content.decode()
    assert not ParkedForm.objects.exists(), "sent again, so nothing waits any more"
    assert client.get(answer["Location"]).status_code == 404


def test_a_kept_form_can_be_thrown_away(
    worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed_into_an_expired_session(client, monkeypatch)
    address = sign_in(client, "t.orathai", next_address="/visit/")["Location"]
    assert client.post(address)["Location"] == "/visit/"
    assert not ParkedForm.objects.exists()


def test_a_kept_form_is_nobody_elses(worker_account: Account, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    typed_into_an_expired_session(client, monkeypatch)
    other = AccountFactory.create(username="t.malee")
    DutyFactory.create(account=other, role="social_worker")
    assert sign_in(client, "t.malee", next_address="/visit/")["Location"] == "/visit/"
    parked = ParkedForm.objects.get()
    assert client.get(f"/sign-in/kept/{parked.id}/").status_code == 404
    assert "บ้านไม้" not in client.get(f"/visit/?parked={parked.id}").content.decode()


def test_a_strangers_form_is_not_kept(db: Any, client: Client) -> None:
    assert client.post("/visit/", {"finding": "x" * 100}).status_code == 302
    assert not ParkedForm.objects.exists()


def test_step_up_asks_again_and_lets_through_within_five_minutes(
    db: Any, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHUENG_REQUIRES_SECOND_FACTOR = True
    account = AccountFactory.create(username="rel")
    DutyFactory.create(account=account, role="releaser")
    sign_in(client, "rel")
    assert client.get("/release/")["Location"].startswith("/sign-in/second-factor/")
    settings.PHUENG_REQUIRES_SECOND_FACTOR = False
    assert client.get("/release/").status_code == 200, "demo and test: nobody without an app is stopped"
