"""Can the right person sign in, and nobody else; and can nobody keep them out? (T-20, ASVS V6)"""

import re
import time
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from phueng.access import sessions
from phueng.access.actions import forget_factor
from phueng.access.models import Account, SignInEvent
from phueng.access.passwords import refused_by_operator
from phueng.access.tests.conftest import sign_in
from phueng.access.tests.factories import AT, PASSWORD, AccountFactory, DutyFactory
from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry

pytestmark = pytest.mark.usefixtures("gated_pages")


def outcomes() -> list[str]:
    return list(SignInEvent.objects.order_by("at", "id").values_list("outcome", flat=True))


def test_settings_are_wired(settings: Any) -> None:
    assert settings.AXES_USERNAME_CALLABLE == "phueng.access.throttling.who_is_tried"
    assert settings.AXES_LOCKOUT_PARAMETERS == ["username"]
    assert settings.SESSION_COOKIE_AGE > sessions.ABSOLUTE_SECONDS
    assert not [name for name in settings.MIDDLEWARE if name.startswith(("axes", "django_otp"))]


def test_signing_in_opens_a_new_session_and_is_audited(worker_account: Account, client: Client) -> None:
    client.get("/sign-in/")
    client.session["planted"] = True
    before = client.session.session_key
    answer = sign_in(client, " T.Orathai ")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.session.session_key != before
    entry = Entry.objects.get(act="access.sign_in")
    assert entry.after is not None
    assert (entry.subject_id, entry.after["outcome"]) == (worker_account.id, "signed_in")
    assert client.get("/sign-in/").status_code == 302, "who is signed in goes on"


def test_signing_out_ends_it(worker_account: Account, client: Client) -> None:
    sign_in(client, "t.orathai")
    assert client.get("/sign-in/out/").status_code == 405, "a link must not sign anybody out"
    assert client.post("/sign-in/out/")["Location"] == "/sign-in/"
    assert client.get("/own/").status_code == 302
    assert outcomes() == ["signed_in"] or "signed_out" in outcomes()
    assert Entry.objects.filter(act="access.sign_out", subject_id=worker_account.id).exists()


def test_unknown_and_wrong_look_alike(worker_account: Account, client: Client) -> None:
    wrong = sign_in(client, "t.orathai", "not the password")
    unknown = sign_in(Client(), "nobody", "not the password")
    closed = AccountFactory.create(username="closed", is_active=False)
    shut = sign_in(Client(), closed.username)

    def said(answer: Any, name: str) -> str:
        page = re.sub(r'(nonce|value)="[A-Za-z0-9+/=_-]{16,}"', "", answer.content.decode())
        return page.replace(name, "NAME")

    assert wrong.status_code == unknown.status_code == shut.status_code == 422
    assert said(wrong, "t.orathai") == said(unknown, "nobody") == said(shut, "closed")
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in wrong.content.decode()


def test_what_was_typed_as_username_stands_in_no_log(db: Any, client: Client) -> None:
    sign_in(client, "my-password-by-mistake", "x")
    for entry in Entry.objects.all():
        assert "mistake" not in f"{entry.after}{entry.actor_name}{entry.why}"


@pytest.mark.parametrize("username", ["t.orathai", "nobody"])
def test_at_most_five_guesses_whether_the_account_exists_or_not(worker_account: Account, username: str) -> None:
    """Each guess from another address: changing addresses does not help."""
    statuses = []
    for n in range(8):
        attacker = Client(REMOTE_ADDR=f"10.0.0.{n}")
        statuses.append(sign_in(attacker, username, f"guess {n}").status_code)
    assert statuses[:4] == [422] * 4
    assert statuses[5:] == [429] * 3
    late = Client(REMOTE_ADDR="10.9.9.9")
    assert sign_in(late, username).status_code == 429, "also the right password, from a device never seen"
    assert "throttled" in outcomes()


def test_a_stranger_cannot_lock_the_officer_out(worker_account: Account, client: Client) -> None:
    sign_in(client, "t.orathai")
    client.post("/sign-in/out/")
    for n in range(7):
        sign_in(Client(), "t.orathai", f"guess {n}")
    assert sign_in(Client(), "t.orathai").status_code == 429
    assert sign_in(client, "t.orathai").status_code == 302, "the officer's own device still works"


def test_a_known_device_is_throttled_too_and_helps_with_no_other_account(
    worker_account: Account, client: Client
) -> None:
    sign_in(client, "t.orathai")
    client.post("/sign-in/out/")
    statuses = [sign_in(client, "t.orathai", f"guess {n}").status_code for n in range(7)]
    assert statuses[-1] == 429
    AccountFactory.create(username="victim")
    statuses = [sign_in(client, "victim", f"guess {n}").status_code for n in range(7)]
    assert statuses[-1] == 429
    assert sign_in(Client(), "victim").status_code == 429, "counted with every unknown device"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host(worker_account: Account, client: Client, evil: str) -> None:
    assert sign_in(client, "t.orathai", next_address=evil)["Location"] == "/desk/"


def test_empty_fields_are_told(db: Any, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "", "password": ""})
    assert answer.status_code == 422
    assert answer.content.decode().count("ยังไม่ได้กรอกช่องนี้") >= 2


def test_demo_sign_in_exists_in_the_demo_only(worker_account: Account, client: Client, settings: Any) -> None:
    assert client.post("/sign-in/demo/", {"username": "t.orathai"}).status_code == 404
    assert "t.orathai" not in client.get("/sign-in/").content.decode()
    settings.PHUENG_IS_DEMO = True
    page = client.get("/sign-in/").content.decode()
    assert worker_account.display_name_th in page
    assert 'value="t.orathai"' in page
    assert client.get("/sign-in/demo/").status_code == 405
    assert client.post("/sign-in/demo/", {"username": "ghost"})["Location"] == "/sign-in/"
    assert client.post("/sign-in/demo/", {"username": "t.orathai", "next": "/visit/"})["Location"] == "/visit/"
    assert client.get("/visit/").status_code == 200


def current_code(account: Account, *, confirmed: bool = True, later: int = 0) -> str:
    device = TOTPDevice.objects.get(user=account, confirmed=confirmed)
    return f"{totp(device.bin_key, t0=-30 * later):06d}"


def enrolled(client: Client, account: Account) -> None:
    sign_in(client, account.username)
    assert "<svg" in client.get("/sign-in/enrol/").content.decode()
    assert client.post("/sign-in/enrol/", {"code": "000000"}).status_code in (422, 302)
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert client.post("/sign-in/enrol/", {"code": current_code(account, confirmed=False)}).status_code == 302


def test_an_enrolled_account_needs_both_factors(worker_account: Account, client: Client) -> None:
    enrolled(client, worker_account)
    client.post("/sign-in/out/")
    answer = sign_in(client, "t.orathai", next_address="/visit/")
    assert answer["Location"] == "/sign-in/second-factor/?next=%2Fvisit%2F"
    assert client.get("/visit/").status_code == 302, "the password alone opens nothing"
    wrong = client.post("/sign-in/second-factor/", {"code": "000001"})
    assert wrong.status_code == 422
    assert "wrong_factor" in outcomes()
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    code = current_code(worker_account, later=1)
    answer = client.post("/sign-in/second-factor/", {"code": code, "next": "/visit/"})
    assert answer["Location"] == "/visit/"
    assert client.get("/visit/").status_code == 200


def test_a_code_of_the_app_works_once(worker_account: Account, client: Client) -> None:
    enrolled(client, worker_account)
    code = current_code(worker_account, later=1)
    other = Client()
    sign_in(other, "t.orathai")
    assert other.post("/sign-in/second-factor/", {"code": code}).status_code == 302
    replay = Client()
    sign_in(replay, "t.orathai")
    assert replay.post("/sign-in/second-factor/", {"code": code}).status_code == 422


def test_in_production_deciding_needs_an_app(db: Any, client: Client, settings: Any) -> None:
    settings.PHUENG_REQUIRES_SECOND_FACTOR = True
    account = AccountFactory.create(username="ap")
    DutyFactory.create(account=account, role="approver")
    sign_in(client, "ap")
    answer = client.get("/decide/", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/enrol/?next=%2Fdecide%2F"
    client.post("/sign-in/enrol/", {"code": current_code(account, confirmed=False)})
    assert client.get("/decide/").status_code == 200


def test_releasing_asks_for_the_app_again_after_five_minutes(
    db: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = AccountFactory.create(username="rel")
    DutyFactory.create(account=account, role="releaser")
    enrolled(client, account)
    assert client.get("/release/").status_code == 200
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 301)
    answer = client.post("/release/", {"last_four": "ab12"})
    assert answer["Location"] == "/sign-in/second-factor/?next=%2Frelease%2F"
    assert client.get("/sign-in/enrol/")["Location"].startswith("/sign-in/second-factor/"), "no swapping of apps"
    monkeypatch.setattr(time, "time", lambda: real)
    code = current_code(account, later=1)
    answer = client.post("/sign-in/second-factor/", {"code": code, "next": "/release/"})
    assert "/sign-in/kept/" in answer["Location"], "what was typed before the question is kept"
    assert client.get("/release/").status_code == 200


def test_a_lost_app_is_forgotten_by_the_administrator(worker_account: Account, client: Client) -> None:
    enrolled(client, worker_account)
    forget_factor(account_id=worker_account.id, why="โทรศัพท์หาย", by=SYSTEM("test"), at=AT)
    assert sign_in(Client(), "t.orathai")["Location"] == "/desk/"


NEW = "แมวสีส้มนอนบนหลังคา"


def test_changing_the_password_ends_other_sessions(worker_account: Account, client: Client) -> None:
    other = Client()
    sign_in(client, "t.orathai")
    sign_in(other, "t.orathai")
    wrong = client.post("/sign-in/password/", {"old_password": "no", "new_password": NEW})
    assert wrong.status_code == 422
    assert "รหัสผ่านเดิมไม่ถูกต้อง" in wrong.content.decode()
    assert client.post("/sign-in/password/", {"old_password": PASSWORD, "new_password": NEW}).status_code == 302
    assert client.get("/own/").status_code == 200
    assert other.get("/own/").status_code == 302
    assert sign_in(Client(), "t.orathai", NEW).status_code == 302
    assert PASSWORD not in str(list(Entry.objects.values_list("before", "after")))


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("สั้นไป", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("QWERTY123456", "password_too_common"),
        ("krungthai-1300", "password_too_common"),
        ("orathai-jaidee", "password_too_similar"),
    ],
)
def test_bad_passwords_are_refused(bad: str, code: str, settings: Any, tmp_path: Any) -> None:
    listed = tmp_path / "refused.txt"
    listed.write_text("Krungthai-1300\nพรรคพวก\n", encoding="utf-8")
    settings.PHUENG_REFUSED_PASSWORDS_FILE = str(listed)
    refused_by_operator.cache_clear()
    account = Account(username="orathai-jaidee", display_name_th="อรทัย ใจดี", display_name_en="Orathai")
    with pytest.raises(ValidationError) as refused:
        validate_password(bad, account)
    assert code in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("good", ["aaaaaaaaaaab", "สี่ คำ ที่ จำ ง่าย", "x7" * 64, "correct horse battery"])
def test_no_rule_about_kinds_of_characters(good: str) -> None:
    validate_password(good, Account(username="t.orathai"))


def test_every_page_speaks_english_too(worker_account: Account, client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "Sign in" in client.get("/sign-in/").content.decode()
    sign_in(client, "t.orathai")
    for address, words in (
        ("/sign-in/password/", "Change your password"),
        ("/sign-in/enrol/", "Set up your code app"),
    ):
        assert words in client.get(address).content.decode()
