"""Does the open page change by itself, let people act, and close itself?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phueng.access.models import OneTimeCode
from phueng.applications import tickets
from phueng.decisions.models import Appeal
from phueng.documents.models import Letter
from phueng.documents.work import make_letters
from phueng.registry.queries import payable_account
from phueng.tracking import stream_tickets
from phueng.tracking.queries import timeline_of
from phueng.tracking.tests.scenes import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(story: Story, browser: Client) -> Client:
    """A browser that has given both things."""
    assert browser.post("/track/", {"reference": story.reference, "birth_date": "1/2/2491"}).status_code == 302
    return browser


def page_of(story: Story, browser: Client, page: str = "", **headers: str) -> Any:
    return browser.get(f"/track/{story.reference}/{page}", headers=headers)


def words(response: Any) -> str:
    return str(response.content.decode())


def test_nothing_new_is_304_and_one_query(story: Story, inside: Client, count_queries: Any) -> None:
    first = page_of(story, inside, "now/")
    assert first.status_code == 200
    page_of(story, inside, "now/", **{"If-None-Match": first["ETag"]})  # prepares the statement on this connection
    with count_queries(most=1):
        again = page_of(story, inside, "now/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_something_new_is_shown(story: Story, inside: Client, count_queries: Any) -> None:
    first = page_of(story, inside, "now/")
    story.called()
    with count_queries(most=4):
        again = page_of(story, inside, "now/", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert "เจ้าหน้าที่ติดต่อแล้ว" in words(again)


def test_the_other_language_is_another_version(story: Story, inside: Client) -> None:
    first = page_of(story, inside, "now/")
    inside.cookies["django_language"] = "en"
    again = page_of(story, inside, "now/", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Front desk officer" in words(again)


def test_a_whole_page_costs_few_queries(story: Story, inside: Client, sealed_audit: None, count_queries: Any) -> None:
    story.verified()
    story.recommended()
    story.decided()
    story.released(story.prepared())
    with count_queries(most=6):
        page_of(story, inside)


def test_after_an_hour_the_page_goes_dark(story: Story, inside: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tickets.time.time
    monkeypatch.setattr(tickets.time, "time", lambda: real() + 3601)
    gone = page_of(story, inside, "now/")
    assert gone.status_code == 200
    assert "หมดเวลาเปิดดู" in words(gone)
    assert story.office.name_th not in words(gone)
    assert b'name="birth_date_2"' in page_of(story, inside).content


def test_the_open_fragment_of_a_stranger_is_the_same_for_known_and_unknown(story: Story) -> None:
    known, unknown = (Client().get(f"/track/{reference}/now/") for reference in (story.reference, "0" * 11))
    assert words(known).replace(story.reference, "#") == words(unknown).replace("0" * 11, "#")


def test_leaving_takes_the_ticket_away(story: Story, inside: Client) -> None:
    away = inside.get("/track/leave/")
    assert away.status_code == 302
    assert not away["Location"].startswith("/")
    assert b'name="birth_date_2"' in page_of(story, inside).content


def test_the_stream_address_holds_a_ticket_for_this_request(story: Story, inside: Client, settings: Any) -> None:
    settings.PHUENG_EVENTS_URL = "http://127.0.0.1:8001"
    first = page_of(story, inside, "now/")
    ticket = first["X-Events"].split("ticket=")[1]
    shown = timeline_of(story.id, "th")
    assert shown is not None
    import time

    opened = stream_tickets.opened(ticket, key=settings.PHUENG_EVENT_TICKET_KEY, at=time.time())
    assert opened == stream_tickets.StreamTicket(story.id, shown.version)
    again = page_of(story, inside, "now/", **{"If-None-Match": first["ETag"]})
    assert "ticket=" in again["X-Events"], "a stream that was closed is opened again with it"
    assert f'data-events="{settings.PHUENG_EVENTS_URL}/events?ticket=' in words(page_of(story, inside))


def test_what_is_missing_is_linked(story: Story, inside: Client) -> None:
    story.called()
    story.asked()
    assert f"/apply/{story.reference}/missing/" in words(page_of(story, inside))
    assert "ช่วยเล่าเพิ่ม" in words(page_of(story, inside))


def test_withdrawing_is_offered_until_it_is_decided(story: Story, inside: Client) -> None:
    assert f"/apply/{story.reference}/withdraw/" in words(page_of(story, inside))
    story.verified()
    story.recommended()
    story.decided()
    assert f"/apply/{story.reference}/withdraw/" not in words(page_of(story, inside))


def test_the_letter_opens(story: Story, inside: Client) -> None:
    story.verified()
    story.recommended("refuse")
    story.decided("refuse")
    assert "หนังสือแจ้งผลกำลังจัดทำ" in words(page_of(story, inside))
    make_letters()
    letter = Letter.objects.get(kind="decisions/decision_letter")
    assert letter.made_at is not None
    answer = page_of(story, inside, "letter.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_an_appeal_in_one_sentence(story: Story, inside: Client) -> None:
    story.verified()
    story.recommended("refuse")
    story.decided("refuse")
    address = f"/track/{story.reference}/appeal/"
    assert inside.post(address, {"grounds": "  "}).status_code == 422
    assert inside.post(address, {"grounds": "รายได้ไม่ถึงตามที่เขียน"}).status_code == 302
    assert inside.post(address, {"grounds": "อีกครั้ง"}).status_code == 302, "a double click makes one appeal"
    assert Appeal.objects.get().grounds == "รายได้ไม่ถึงตามที่เขียน"
    assert "กำลังพิจารณาอุทธรณ์" in words(page_of(story, inside))


def test_no_appeal_before_a_decision(story: Story, inside: Client) -> None:
    assert inside.post(f"/track/{story.reference}/appeal/", {"grounds": "x"}).status_code == 302
    assert not Appeal.objects.exists()


@pytest.fixture
def returned(story: Story, sealed_audit: None) -> Story:
    story.verified()
    story.recommended()
    story.decided()
    story.released(story.prepared())
    story.bank_answers("returned", "closed")
    return story


ACCOUNT = {"bank": "006", "number": "987-6-54321-0", "holder": "สมศรี ใจดี"}


def code_sent(story: Story) -> str:
    text = OneTimeCode.objects.filter(purpose="payout_account", subject_id=story.id).latest("created_at").text_to_send
    found = re.search(r"[0-9]{6}", text)
    assert found is not None
    return found[0]


def test_another_account_needs_the_code_from_the_phone(returned: Story, inside: Client) -> None:
    address = f"/track/{returned.reference}/account/"
    assert address in words(page_of(returned, inside))
    shown = timeline_of(returned.id, "th")
    assert shown is not None
    assert shown.payee_id is not None
    asking = inside.post(address, ACCOUNT)
    assert asking.status_code == 200
    assert 'name="code"' in words(asking)
    assert "987-6-54321-0" in words(asking), "nothing typed is lost"
    assert payable_account(shown.payee_id) is None
    assert inside.post(address, {**ACCOUNT, "code": "000000"}).status_code == 422
    assert payable_account(shown.payee_id) is None
    assert inside.post(address, {**ACCOUNT, "code": code_sent(returned)}).status_code == 302
    account = payable_account(shown.payee_id)
    assert account is not None
    assert (account.number, account.holder_name) == ("9876543210", "สมศรี ใจดี")
    again = timeline_of(returned.id, "th")
    assert again is not None
    assert (again.stage, again.next_step) == ("approved", "ได้รับบัญชีใหม่แล้ว เราจะโอนให้อีกครั้ง")
    returned.at += timedelta(hours=1)
    returned.released(returned.prepared())
    returned.bank_answers("paid")
    last = timeline_of(returned.id, "th")
    assert last is not None
    assert last.stage == "paid"


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"number": "12"}, "หลัก"), ({"number": "abc"}, "ตัวเลข"), ({"bank": ""}, "เลือกธนาคาร"), ({"holder": ""}, "ชื่อบัญชี")],
)
def test_a_wrong_account_is_said_plainly(returned: Story, inside: Client, changed: dict[str, str], said: str) -> None:
    answer = inside.post(f"/track/{returned.reference}/account/", ACCOUNT | changed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not OneTimeCode.objects.filter(purpose="payout_account").exists()


def test_nobody_changes_an_account_that_works(story: Story, inside: Client) -> None:
    assert inside.post(f"/track/{story.reference}/account/", ACCOUNT).status_code == 302
    assert not OneTimeCode.objects.filter(purpose="payout_account").exists()
