"""Does the page show nothing without both things in hand, and look the same for every kind of miss?"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from phueng.access.models import LimitEvent, OneTimeCode
from phueng.applications.models import Application
from phueng.audit.queries import entries_about
from phueng.kernel.national_id import demo_national_id
from phueng.kernel.references import format_reference, new_reference
from phueng.tracking.tests.scenes import Story

pytestmark = pytest.mark.django_db
BORN = "1/2/2491"
Counting = Callable[..., AbstractContextManager[list[str]]]


def tried(browser: Client, reference: str, **said: str) -> Any:
    return browser.post("/track/", {"reference": reference, **said})


def look(browser: Client, reference: str, birth_date: str) -> Any:
    return tried(browser, reference, birth_date=birth_date)


def body(response: HttpResponse) -> bytes:
    """The page without what is random in every page: the form's token and the nonce of scripts."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
    return re.sub(rb'nonce="[^"]+"', b"", content)


def headers(response: HttpResponse) -> set[str]:
    return {name for name, _ in response.items()}


@pytest.mark.parametrize("typed", ["1/2/2491", "๑/๒/๒๔๙๑", "1 ก.พ. 2491", "1948-02-01", " 1 กุมภาพันธ์ พ.ศ. 2491 "])
def test_the_number_and_the_birth_date_open_the_page(story: Story, browser: Client, typed: str) -> None:
    written = f" {format_reference(story.reference).lower()} "
    response = look(browser, written, typed)
    assert response.status_code == 302
    assert response["Location"] == f"/track/{story.reference}/"
    page = browser.get(response["Location"])
    assert format_reference(story.reference) in page.content.decode()
    assert "ได้รับคำขอแล้ว รอเจ้าหน้าที่ติดต่อคุณ" in page.content.decode()


def test_the_three_boxes_of_the_page_are_read_as_one_day(story: Story, browser: Client) -> None:
    three = {"birth_date_0": "1", "birth_date_1": "2", "birth_date_2": "2491"}
    assert tried(browser, story.reference, **three).status_code == 302


def test_a_miss_and_an_unknown_number_are_the_same_bytes(
    story: Story, browser: Client, count_queries: Counting
) -> None:
    with count_queries() as of_miss:
        miss = look(browser, story.reference, "2/2/2491")
    Application.objects.filter(pk=story.id).update(applicant_name="x")
    unknown = new_reference()
    with count_queries() as of_unknown:
        nobody = look(browser, unknown, "2/2/2491")
    assert miss.status_code == nobody.status_code == 422
    assert body(miss).replace(story.reference.encode(), b"#") == body(nobody).replace(unknown.encode(), b"#")
    assert headers(miss) == headers(nobody)
    assert [shape(sql) for sql in of_miss] == [shape(sql) for sql in of_unknown]


def shape(sql: str) -> str:
    return re.sub(r"'[^']*'(::\w+)?", "?", sql)


def test_the_code_way_is_the_same_for_somebody_and_nobody(
    story: Story, browser: Client, count_queries: Counting
) -> None:
    bodies, asked = [], []
    unknown = new_reference()
    for reference in (story.reference, unknown):
        with count_queries() as sent:
            page = browser.post("/track/code/", {"reference": reference})
        with count_queries() as missed:
            answer = tried(browser, reference, code="000000")
        assert (page.status_code, answer.status_code) == (200, 422)
        bodies.append((body(page) + body(answer)).replace(reference.encode(), b"#"))
        asked.append([shape(sql).split(" SET ")[0] for sql in (*sent, *missed)])
    assert bodies[0] == bodies[1]
    assert asked[0] == asked[1]
    assert OneTimeCode.objects.exclude(text_to_send="").count() == 1, "nothing is ever sent to nobody"


def test_the_code_opens_the_page_once(story: Story, browser: Client) -> None:
    browser.post("/track/code/", {"reference": story.reference})
    sent = OneTimeCode.objects.get(subject_id=story.id)
    code = re.search(r"[0-9]{6}", sent.text_to_send)
    assert code is not None
    assert sent.phone == "+66812345678"
    assert tried(browser, story.reference, code=f" {code[0][:3]} {code[0][3:]}").status_code == 302
    assert tried(Client(), story.reference, code=code[0]).status_code == 422


def test_a_code_for_one_request_does_not_open_another(browser: Client) -> None:
    mine, other = Story(), Story(typed=None)
    browser.post("/track/code/", {"reference": mine.reference})
    code = re.search(r"[0-9]{6}", OneTimeCode.objects.get(subject_id=mine.id).text_to_send)
    assert code is not None
    assert tried(browser, other.reference, code=code[0]).status_code == 422


def test_nobody_is_found_by_national_id(story: Story, browser: Client) -> None:
    number = demo_national_id(1)
    for typed in (number, f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"):
        assert look(browser, typed, BORN).status_code == 422
        assert browser.get(f"/track/{number}/").status_code == 200
        assert "ได้รับคำขอแล้ว" not in browser.get(f"/track/{number}/").content.decode()


def test_a_look_up_by_address_shows_only_the_form(story: Story, browser: Client) -> None:
    """A QR code, a link in a history: the number alone opens nothing, known or not."""
    known = browser.get(f"/track/{story.reference}/")
    unknown_reference = new_reference()
    unknown = browser.get(f"/track/{unknown_reference}/")
    shown = (
        body(known).replace(format_reference(story.reference).encode(), b"#").replace(story.reference.encode(), b"#")
    )
    same = (
        body(unknown)
        .replace(format_reference(unknown_reference).encode(), b"#")
        .replace(unknown_reference.encode(), b"#")
    )
    assert shown == same
    assert b'name="birth_date_2"' in known.content


@pytest.mark.parametrize("page", ["", "letter.pdf", "appeal/", "account/"])
def test_no_page_of_a_request_opens_without_a_ticket(story: Story, browser: Client, page: str) -> None:
    response = browser.get(f"/track/{story.reference}/{page}")
    assert response.status_code == 200
    assert b'name="birth_date_2"' in response.content
    assert story.office.name_th not in response.content.decode()


def test_a_get_never_looks_up(story: Story, browser: Client) -> None:
    response = browser.get("/track/", {"reference": story.reference, "birth_date": BORN})
    assert response.status_code == 200
    assert "phueng-requests" not in browser.cookies


def test_guessing_stops(story: Story, browser: Client) -> None:
    answers = [look(browser, story.reference, f"{day}/3/2491").status_code for day in range(1, 15)]
    assert answers[:10] == [422] * 10
    assert set(answers[10:]) == {429}
    assert look(browser, story.reference, BORN).status_code == 429, "nor does the right day open it then"


def test_guessing_numbers_stops_at_the_address(browser: Client) -> None:
    answers = [look(browser, new_reference(), BORN).status_code for _ in range(22)]
    assert answers == [422] * 20 + [429] * 2


def test_fifty_people_who_are_right_at_once_are_never_asked_to_wait(story: Story) -> None:
    for _ in range(50):
        assert look(Client(REMOTE_ADDR="203.0.113.9"), story.reference, BORN).status_code == 302
    assert not LimitEvent.objects.exists()


def test_a_look_is_kept_and_told(story: Story, browser: Client) -> None:
    look(browser, story.reference, BORN)
    acts = [entry.act for entry in entries_about(("application", story.id), reads=True).entries]
    assert acts == ["tracking.look_up"]
    page = browser.get(f"/track/{story.reference}/").content.decode()
    assert "ผู้ที่รู้เลขอ้างอิงและวันเกิดหรือรหัส" in page


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "ไม่รู้", "0", "31/2/2491", "\u200b1/2/2491", "1/2/91", "\x00"])
def test_odd_input_is_a_plain_miss_or_hit_never_an_error(story: Story, browser: Client, typed: str) -> None:
    assert look(browser, story.reference, typed).status_code in (302, 422)
    assert look(browser, typed, BORN).status_code == 422


def test_a_forged_cookie_opens_nothing(story: Story, browser: Client) -> None:
    browser.cookies["phueng-requests"] = f"eyJrZXkiOiJ4IiwicmVxdWVzdHMiOltbIn{story.reference}"
    assert b'name="birth_date_2"' in browser.get(f"/track/{story.reference}/").content


def test_a_draft_leads_back_to_its_form(story: Story, browser: Client) -> None:
    from phueng.applications.tests.factories import filled_draft

    application = filled_draft()
    assert look(browser, application.reference, BORN).status_code == 302
    page = browser.get(f"/track/{application.reference}/").content.decode()
    assert "ยังไม่ได้ส่งคำขอ" in page
    assert f"/apply/{application.reference}/" in page
