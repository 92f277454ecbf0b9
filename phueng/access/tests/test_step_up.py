"""Does an act of weight ask again who is there, for this purpose, for a few minutes, and lose nothing typed?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from phueng.access import sessions
from phueng.access.models import Account, ParkedForm
from phueng.access.step_up import PURPOSES, asks_step_up, stepped_up_at
from phueng.access.tests.conftest import sign_in
from phueng.access.tests.factories import PASSWORD, AccountFactory, DutyFactory, give_step_up
from phueng.access.viewers import viewer_of
from phueng.audit.models import Entry

pytestmark = pytest.mark.usefixtures("gated_pages")


@pytest.fixture
def releaser(db: Any, client: Client) -> Account:
    """Somebody who pays, signed in, without an app."""
    account: Account = AccountFactory.create(username="rel")
    DutyFactory.create(account=account, role="releaser")
    sign_in(client, "rel")
    return account


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    was = sessions.moment()
    monkeypatch.setattr(sessions, "moment", lambda: was + seconds)


def test_looking_asks_for_nothing_and_paying_does(releaser: Account, client: Client) -> None:
    assert client.get("/pay/").status_code == 200
    answer = client.post("/pay/", {"why": "ครบแล้ว"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/step-up/?purpose=release_payments")
    page = client.get(answer["Location"]).content.decode()
    assert "เพื่อสั่งจ่ายเงิน" in page
    assert 'type="password"' in page


def test_the_typed_form_comes_back_and_goes_through_with_one_press(releaser: Account, client: Client) -> None:
    asked = client.post("/pay/", {"why": "ครบแล้ว", "password": "not kept"})["Location"]
    parked = ParkedForm.objects.get()
    proved = client.post(asked, {"purpose": "release_payments", "next": "/pay/", "password": PASSWORD})
    assert proved["Location"] == f"/sign-in/kept/{parked.pk}/?after=step_up"
    page = client.get(proved["Location"]).content.decode()
    assert "ยืนยันตัวแล้ว" in page
    assert 'value="ครบแล้ว"' in page
    again = client.post(f"/pay/?resent={parked.pk}", {"why": "ครบแล้ว"})
    assert "ครบแล้ว" in again.content.decode()
    assert not ParkedForm.objects.exists()
    entry = Entry.objects.get(act="access.step_up")
    assert (entry.subject_id, entry.after) == (releaser.pk, {"purpose": "release_payments", "proof": "password"})


def test_a_press_without_any_words_is_not_lost_either(releaser: Account, client: Client) -> None:
    asked = client.post("/pay/")["Location"]
    proved = client.post(asked, {"purpose": "release_payments", "next": "/pay/", "password": PASSWORD})
    assert "/sign-in/kept/" in proved["Location"]


def test_it_holds_for_its_purpose_only(releaser: Account, client: Client) -> None:
    give_step_up(client, "release_payments")
    assert client.post("/pay/").status_code == 200
    assert "purpose=approve_budget_transfer" in client.post("/move/")["Location"]


def test_it_is_over_after_a_few_minutes(
    releaser: Account, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHUENG_STEP_UP_MINUTES = 3
    give_step_up(client, "release_payments")
    later(monkeypatch, 3 * 60 - 1)
    assert client.post("/pay/").status_code == 200
    later(monkeypatch, 2)
    assert client.post("/pay/").status_code == 302


def test_it_is_nobody_elses(releaser: Account, client: Client) -> None:
    """What one person proved in a browser says nothing about the next who signs in there."""
    other = AccountFactory.create(username="other")
    give_step_up(client, "release_payments", account_id=other.pk)
    assert client.post("/pay/").status_code == 302


def test_a_wrong_proof_lets_nobody_through_and_guessing_is_slowed_down(releaser: Account, client: Client) -> None:
    asked = client.post("/pay/", {"why": "x"})["Location"]
    statuses = [
        client.post(asked, {"purpose": "release_payments", "password": f"guess {n}"}).status_code for n in range(7)
    ]
    assert statuses == [422] * 5 + [429] * 2
    late = client.post(asked, {"purpose": "release_payments", "password": PASSWORD})
    assert late.status_code == 429, "the right one has to wait too, else guessing goes on"
    assert client.post("/pay/").status_code == 302
    assert Entry.objects.filter(act="access.miss_step_up", subject_id=releaser.pk).count() == 5
    assert ParkedForm.objects.exists(), "what was typed waits"


def test_failures_count_only_when_they_follow_each_other(releaser: Account, client: Client) -> None:
    for _ in range(3):
        for _ in range(4):
            client.post("/sign-in/step-up/", {"purpose": "release_payments", "password": "guess"})
        right = client.post("/sign-in/step-up/", {"purpose": "release_payments", "password": PASSWORD})
        assert right.status_code == 302


def test_who_has_an_app_is_asked_for_its_code_and_each_code_works_once(releaser: Account, client: Client) -> None:
    device = TOTPDevice.objects.create(user=releaser, name="app", confirmed=True)
    asked = client.post("/pay/")["Location"]
    assert "6" in client.get(asked).content.decode()
    assert client.post(asked, {"purpose": "release_payments", "password": PASSWORD}).status_code == 422
    assert client.post(asked, {"purpose": "release_payments", "code": "000000"}).status_code == 422
    TOTPDevice.objects.filter(pk=device.pk).update(throttling_failure_count=0)
    code = f"{totp(device.bin_key):06d}"
    assert client.post(asked, {"purpose": "release_payments", "code": code}).status_code == 302
    assert client.post("/pay/").status_code == 200
    again = client.post("/sign-in/step-up/", {"purpose": "approve_budget_transfer", "code": code})
    assert again.status_code == 422, "a code is used up"
    assert client.post("/move/").status_code == 302


def test_where_apps_are_insisted_on_no_password_takes_their_place(
    releaser: Account, client: Client, settings: Any
) -> None:
    settings.PHUENG_REQUIRES_SECOND_FACTOR = True
    answer = client.post("/sign-in/step-up/", {"purpose": "release_payments", "password": PASSWORD})
    assert answer["Location"].startswith("/sign-in/enrol/")


def test_unknown_purposes_are_no_pages_and_no_gates(releaser: Account, client: Client) -> None:
    assert client.get("/sign-in/step-up/?purpose=anything").headers["Location"] == "/"
    with pytest.raises(ValueError, match="not a purpose"):
        asks_step_up("anything")
    assert all(th and en for th, en in PURPOSES.values())


def test_it_never_leads_to_another_site(releaser: Account, client: Client) -> None:
    typed = {"purpose": "release_payments", "next": "https://evil.example/", "password": PASSWORD}
    assert client.post("/sign-in/step-up/", typed)["Location"] == "/"


def test_the_moment_can_be_written_beside_the_act(releaser: Account, client: Client, rf: Any) -> None:
    give_step_up(client, "release_payments")
    request = rf.post("/pay/")
    request.session, request.viewer = client.session, viewer_of(releaser)
    given = stepped_up_at(request, "release_payments")
    assert given is not None
    assert abs((datetime.now(UTC) - given).total_seconds()) < 60
    assert stepped_up_at(request, "approve_budget_transfer") is None
