"""Does an officer find the people of the own area, in messy typing, and does each look leave its mark?"""

import pytest

from phueng.audit.models import Entry
from phueng.commandline.testing import Counting
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.desk.tests.scenes import NOWHERE, at_desk
from phueng.kernel.national_id import format_national_id

pytestmark = pytest.mark.django_db


def names(response: object) -> list[str]:
    return [row.name for row in response.context["rows"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["บัวผัน", "นางบัวผัน แก้วดอนงาม", " บัวผัน   แก้วดอน ", "บัวผันน แกวดอนงาม"])
def test_found_by_name_however_typed(typed: str) -> None:
    assert "นางบัวผัน แก้วดอนงาม" in names(at_desk(people.SOCIAL_WORKER).get("/desk/people/", {"q": typed}))


def test_found_by_number_however_typed() -> None:
    number = people.GRANDMOTHER.national_id or ""
    thai = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    client = at_desk(people.SOCIAL_WORKER)
    for typed in (number, format_national_id(number), f" {thai} "):
        assert names(client.get("/desk/people/", {"q": typed})) == ["นางบัวผัน แก้วดอนงาม"]
    assert all(number not in entry.why for entry in Entry.objects.filter(act="desk.search_people")), (
        "no number in the journal"
    )


def test_another_province_finds_nobody_and_opens_nothing() -> None:
    stranger = at_desk(people.OTHER_APPROVER)
    assert names(stranger.get("/desk/people/", {"q": people.GRANDMOTHER.national_id})) == []
    assert names(stranger.get("/desk/people/", {"q": "บัวผัน"})) == []
    assert stranger.get(f"/desk/people/{people.GRANDMOTHER.person_id}/").status_code == 404
    assert stranger.get(f"/desk/people/{NOWHERE}/").status_code == 404
    assert stranger.post(f"/desk/people/{people.GRANDMOTHER.person_id}/number/", {"why": "x"}).status_code == 404


def test_one_look_one_entry_and_the_number_stays_masked(count_queries: Counting) -> None:
    case = scenes.approved().application
    client = at_desk(people.SOCIAL_WORKER)
    client.get("/desk/")
    with count_queries(most=30):
        response = client.get(f"/desk/people/{case.person_id}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "2,000" in page
    assert case.reference[:4] in page
    looks = Entry.objects.filter(act="desk.open_person", person_id=case.person_id)
    assert [one.actor_id for one in looks] == [people.SOCIAL_WORKER.account_id]
    assert "เปิดดูประวัติคน" in page, "who looked stands on the page, the present look included"


def test_the_number_opens_for_a_reason_only() -> None:
    her = people.GRANDMOTHER
    address = f"/desk/people/{her.person_id}/"
    client = at_desk(people.FRONT_DESK)
    shown = format_national_id(her.national_id or "")
    assert shown not in client.get(address).content.decode()
    empty = client.post(f"{address}number/", {"why": ""})
    assert (empty.status_code, shown in empty.content.decode()) == (422, False)
    opened = client.post(f"{address}number/", {"why": "กรอกแบบของธนาคาร"})
    assert shown in opened.content.decode()
    entry = Entry.objects.get(act="desk.open_number", person_id=her.person_id)
    assert entry.why == "กรอกแบบของธนาคาร"


def test_search_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.desk.views.people.SEARCHES", 1)
    client = at_desk(people.SOCIAL_WORKER)
    assert [client.get("/desk/people/?q=บัวผัน").status_code for _ in range(2)] == [200, 429]


def test_list_page_queries(count_queries: Counting) -> None:
    client = at_desk(people.SOCIAL_WORKER)
    client.get("/desk/people/?q=แก้ว")
    with count_queries(most=12):
        client.get("/desk/people/?q=แก้ว")
