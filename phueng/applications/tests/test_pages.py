"""Does a person get through the pages on any phone, with nothing lost and nobody else's answers in sight?"""

import re
from typing import Any
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phueng.access.limits import allow
from phueng.applications.actions import ask_for_missing_thing
from phueng.applications.limits import RESUMES_BY_REFERENCE
from phueng.applications.models import Application
from phueng.applications.queries import answers_of_application
from phueng.applications.tests.factories import (
    MOMENT,
    SUBDISTRICT,
    draft,
    filled_draft,
    officer,
    settle_area,
    submitted,
)
from phueng.applications.tests.inputs import FAMILY_INPUTS, JPEG
from phueng.kernel.references import format_reference, new_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Client:
    return Client()


def once_on(client: Any, address: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def begin(client: Any, scheme: str = "family") -> Application:
    address = f"/apply/{scheme}/start"
    client.post(address, {"once": once_on(client, address)})
    return Application.objects.latest("started_at")


def walk(client: Any, application: Application, **changed: Any) -> str:
    """Answer each page until the check; returns its address."""
    here = f"/apply/{application.reference}/applying_for/"
    for _ in range(40):
        page = urlparse(here).path.rstrip("/").rsplit("/", 1)[-1]
        if page == "check":
            return here
        inputs = changed.get(page, FAMILY_INPUTS[page])
        answer = client.post(here, inputs)
        assert answer.status_code == 302, answer.content.decode()
        assert "problems" not in answer.url, f"{page}: {client.get(answer.url).content.decode()}"
        here = answer.url
    raise AssertionError("the pages never end")


def test_from_the_first_page_to_the_confirmation(phone: Any) -> None:
    settle_area()
    application = begin(phone)
    check = walk(phone, application)
    shown = phone.get(check).content.decode()
    assert "นางสมศรี ใจดี" in shown
    assert "ไม่ได้ตอบ" in shown
    answer = phone.post(f"/apply/{application.reference}/submit/")
    assert answer.url == f"/apply/{application.reference}/done/"
    done = phone.get(answer.url).content.decode()
    assert format_reference(application.reference) in done
    assert "<svg" in done
    again = phone.post(f"/apply/{application.reference}/submit/")
    assert again.url == answer.url
    assert Application.objects.get().state == "submitted"


def test_looking_changes_nothing(phone: Any) -> None:
    phone.get("/apply/")
    phone.get("/apply/family/start")
    assert not Application.objects.exists()
    application = begin(phone)
    assert phone.get(f"/apply/{application.reference}/submit/").status_code == 405
    assert phone.get(f"/apply/{application.reference}/story/save/").status_code == 405


def test_a_double_click_on_start_makes_one_draft(phone: Any) -> None:
    once = once_on(phone, "/apply/family/start")
    phones: list[Any] = [Client() for _ in range(3)]
    answers = [one.post("/apply/family/start", {"once": once}) for one in phones]
    assert len({answer.url for answer in answers}) == 1
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "inputs", "seen"),
    [
        ("birth_date", {"birth_date_0": "31", "birth_date_1": "2", "birth_date_2": "2490"}, 'value="2490"'),
        ("phone", {"phone": "08x"}, 'value="08x"'),
        ("national_id", {"national_id": "1-2345"}, 'value="1-2345"'),
        ("name", {"full_name.first_name": "ก" * 10_000, "full_name.last_name": "ข"}, "ก" * 10_000),
        ("story", {"story": ""}, "textarea"),
        (
            "bank_account",
            {"bank_account.bank": "006", "bank_account.number": "12", "bank_account.holder": "ฉัน"},
            'value="12"',
        ),
    ],
)
def test_what_is_wrong_is_kept_and_explained(phone: Any, page: str, inputs: dict[str, str], seen: str) -> None:
    application = begin(phone)
    answer = phone.post(f"/apply/{application.reference}/{page}/", inputs)
    assert "problems=1" in answer.url
    shown = phone.get(answer.url).content.decode()
    assert seen in shown
    assert "error-summary" in shown
    assert "ต้องแก้:" in shown
    quiet = phone.get(f"/apply/{application.reference}/{page}/").content.decode()
    assert seen in quiet
    assert "error-summary" not in quiet


def test_a_half_typed_page_is_kept_in_the_background(phone: Any) -> None:
    application = begin(phone)
    answer = phone.post(f"/apply/{application.reference}/phone/save/", {"phone": "081-2"})
    assert answer.status_code == 204
    assert answers_of_application(application).typed("phone") == "081-2"


def test_english_keeps_the_answers(phone: Any) -> None:
    application = begin(phone)
    phone.post(f"/apply/{application.reference}/story/", {"story": "เล่าไว้แล้ว"})
    phone.get(f"/apply/{application.reference}/story/?lang=en")
    shown = phone.get(f"/apply/{application.reference}/story/").content.decode()
    assert "Tell us in a few words" in shown
    assert "เล่าไว้แล้ว" in shown


def test_the_address_grows_without_scolding(phone: Any) -> None:
    settle_area()
    application = begin(phone)
    here = f"/apply/{application.reference}/stays_at/"
    assert "stays_at.district" not in phone.get(here).content.decode()
    answer = phone.post(here, {"stays_at.province": "99"})
    assert answer.url == here
    assert 'name="stays_at.district"' in phone.get(here).content.decode()
    phone.post(here, {"stays_at.province": "99", "stays_at.district": "9901"})
    assert SUBDISTRICT in phone.get(here).content.decode()
    answer = phone.post(here, {**FAMILY_INPUTS["stays_at"], "stays_at.subdistrict": ""})
    assert "problems" in answer.url


def test_changing_an_answer_returns_to_the_check(phone: Any) -> None:
    settle_area()
    application = begin(phone)
    walk(phone, application)
    answer = phone.post(f"/apply/{application.reference}/story/?return=check", {"story": "ใหม่", "return": "check"})
    assert answer.url == f"/apply/{application.reference}/check/"


def test_a_change_that_opens_a_question_asks_it_first(phone: Any) -> None:
    settle_area()
    application = begin(phone)
    walk(phone, application, has_phone={"has_phone": "no"})
    answer = phone.post(f"/apply/{application.reference}/has_phone/", {"has_phone": "yes", "return": "check"})
    assert urlparse(answer.url).path == f"/apply/{application.reference}/phone/"


def test_sending_too_early_lists_what_is_open(phone: Any) -> None:
    application = begin(phone)
    answer = phone.post(f"/apply/{application.reference}/submit/")
    shown = phone.get(answer.url).content.decode()
    assert "error-summary" in shown
    assert f"/apply/{application.reference}/story/" in shown
    assert Application.objects.get().state == "draft"


# --- who may see what -----------------------------------------------------------------------------------------------


def test_a_strangers_request_and_an_unknown_one_are_the_same_page(phone: Any) -> None:
    theirs = filled_draft()
    for tail in ("", "story/", "check/", "done/", "missing/", "withdraw/", "slip.pdf"):
        there = phone.get(f"/apply/{theirs.reference}/{tail}")
        nowhere = phone.get(f"/apply/{new_reference()}/{tail}")
        assert there.status_code == nowhere.status_code == 404
        assert without_numbers(there.content) == without_numbers(nowhere.content)


def test_a_stranger_cannot_write_into_a_draft(phone: Any) -> None:
    theirs = draft()
    for address in ("story/", "story/save/", "submit/", "withdraw/"):
        assert phone.post(f"/apply/{theirs.reference}/{address}", {"story": "x"}).status_code == 404
    assert answers_of_application(theirs).typed("story") is None


def without_numbers(content: bytes) -> bytes:
    """What differs between any two answers: request numbers, nonces, csrf tokens and the address itself."""
    content = re.sub(rb'(nonce|value)="[^"]*"', b"", content)
    return re.sub(rb"/apply/[0-9A-Z]{11}/[a-z./]*", b"", re.sub(rb"[0-9a-f]{16}", b"", content))


def test_a_forged_ticket_opens_nothing(phone: Any) -> None:
    theirs = draft()
    phone.cookies["phueng-requests"] = "eyJrZXkiOiJ4In0:forged:forged"
    assert phone.get(f"/apply/{theirs.reference}/story/").status_code == 404


def test_another_phone_goes_on_with_number_and_birth_date(phone: Any) -> None:
    application = filled_draft()
    said: dict[str, Any] = {
        "reference": format_reference(application.reference).lower(),
        "birth_date_0": "๑",
        "birth_date_1": "2",
        "birth_date_2": "๒๔๙๑",
    }
    answer = phone.post("/apply/resume/", said)
    assert answer.url == f"/apply/{application.reference}/"
    assert "ขายของไม่ได้" in phone.get(f"/apply/{application.reference}/story/").content.decode()


def test_every_miss_is_answered_alike(phone: Any) -> None:
    known = filled_draft().reference
    without_date = draft().reference
    day = {"birth_date_0": "2", "birth_date_1": "2", "birth_date_2": "2491"}
    answers = [
        phone.post("/apply/resume/", {"reference": reference, **day})
        for reference in (known, without_date, new_reference(), "x", "")
    ]
    assert {answer.status_code for answer in answers} == {422}
    bodies = {re.sub(rb"\s+", b" ", without_numbers(answer.content)) for answer in answers}
    assert len(bodies) == 1


def test_guessing_birth_dates_is_stopped(phone: Any) -> None:
    reference = filled_draft().reference
    for _ in range(RESUMES_BY_REFERENCE.most):
        allow(f"resume {reference}", most=RESUMES_BY_REFERENCE.most, within=RESUMES_BY_REFERENCE.within)
    said: dict[str, Any] = {"reference": reference, "birth_date_0": "1", "birth_date_1": "2", "birth_date_2": "2491"}
    assert phone.post("/apply/resume/", said).status_code == 429


# --- photos, missing thing, withdrawing -----------------------------------------------------------------------------


def test_photos_are_listed_and_a_wrong_file_costs_nothing_else(phone: Any) -> None:
    application = begin(phone)
    here = f"/apply/{application.reference}/photos/"
    files = [SimpleUploadedFile("a.jpg", JPEG), SimpleUploadedFile("b.exe", b"MZ not a photo")]
    answer = phone.post(here, {"photo_home": files})
    assert answer.url == here
    shown = phone.get(here).content.decode()
    assert "กำลังตรวจ" in shown
    assert "error-summary" in shown
    listed = answers_of_application(application).value("photo_home")
    assert len(listed) == 1
    phone.post(here, {"remove": f"photo_home:{listed[0]}"})
    assert answers_of_application(application).typed("photo_home") == []
    assert phone.post(here, {"remove": f"photo_home:{uuid4()}"}).status_code == 302
    assert phone.post(here, {"remove": "nonsense"}).status_code == 302


def test_the_missing_thing_is_answered(phone: Any) -> None:
    application = submitted()
    said: dict[str, Any] = {
        "reference": application.reference,
        "birth_date_0": "1",
        "birth_date_1": "2",
        "birth_date_2": "2491",
    }
    phone.post("/apply/resume/", said)
    here = f"/apply/{application.reference}/missing/"
    assert phone.get(here).status_code == 200
    ask_for_missing_thing(
        by=officer(), at=MOMENT, application_id=application.id, question_code="phone", note="เบอร์เดิมโทรไม่ติด"
    )
    assert "เบอร์เดิมโทรไม่ติด" in phone.get(here).content.decode()
    wrong = phone.post(here, {"phone": "123", "note": "ลองเบอร์นี้"})
    assert wrong.status_code == 422
    assert 'value="123"' in wrong.content.decode()
    assert "ลองเบอร์นี้" in wrong.content.decode()
    right = phone.post(here, {"phone": "0898765432"})
    assert right.status_code == 200
    assert answers_of_application(application).value("phone") == "+66898765432"


def test_withdrawing_asks_once_more(phone: Any) -> None:
    application = begin(phone)
    here = f"/apply/{application.reference}/withdraw/"
    assert phone.get(here).status_code == 200
    assert Application.objects.get().state == "draft"
    assert phone.post(here, {"why": ""}).status_code == 200
    assert Application.objects.get().state == "withdrawn"


# --- queries --------------------------------------------------------------------------------------------------------


def test_no_page_asks_the_database_too_often(phone: Any, count_queries: Any) -> None:
    settle_area()
    application = begin(phone)
    walk(phone, application)
    addresses = ["/apply/", "/apply/family/start", "/apply/resume/"]
    tails = ("", "story/", "stays_at/", "photos/", "check/", "withdraw/")
    addresses += [f"/apply/{application.reference}/{tail}" for tail in tails]
    for address in addresses:
        with count_queries() as seen:
            phone.get(address)
        assert len(seen) <= 12, (address, seen)
    phone.post(f"/apply/{application.reference}/submit/")
    for tail in ("done/", "done/slip/", "missing/"):
        with count_queries() as seen:
            phone.get(f"/apply/{application.reference}/{tail}")
        assert len(seen) <= 12, (tail, seen)


def test_the_slip_region_answers_with_an_etag(phone: Any) -> None:
    application = begin(phone)
    settle_area()
    walk(phone, application)
    phone.post(f"/apply/{application.reference}/submit/")
    here = f"/apply/{application.reference}/done/slip/"
    first = phone.get(here)
    assert phone.get(here, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
