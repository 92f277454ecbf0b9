"""Do meetings, the journal and administration do what their forms say, or say why not?"""

import re
from datetime import date

import pytest
from django.test import Client

from phueng.access.models import Account, Delegation, Duty
from phueng.audit.models import Entry
from phueng.calendars.queries import is_off
from phueng.commandline.testing import Counting
from phueng.decisions.models import AgendaItem, Meeting
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.desk.tests.scenes import at_desk
from phueng.places.identity import office_id

pytestmark = pytest.mark.django_db
KHON_KAEN = str(office_id("KKN-DPC"))
CALL = {
    "office": KHON_KAEN, "scheme": "family", "held_on_0": "1", "held_on_1": "12", "held_on_2": "2569", "held_time": "๙.๓๐ น.",
    "quorum": "2",
}  # fmt: skip


@pytest.fixture
def approver() -> Client:
    return at_desk(people.APPROVER)


@pytest.fixture
def admin() -> Client:
    return at_desk(people.ADMINISTRATOR)


def called(approver: Client) -> Meeting:
    answer = approver.post("/desk/meetings/", CALL)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return Meeting.objects.get(pk=answer["Location"].split("/")[-2])


def test_a_meeting_from_call_to_minutes(approver: Client) -> None:
    recommendation = scenes.recommended()
    meeting = called(approver)
    address = f"/desk/meetings/{meeting.pk}/"
    approver.post(f"{address}agenda/", {"recommendation": [str(recommendation.pk)]})
    item = AgendaItem.objects.get(meeting=meeting)
    members = [str(people.APPROVER.account_id), str(people.RELATED_APPROVER.account_id)]
    approver.post(f"{address}attendance/", {"members": members, "chair": members[0]})
    page = approver.get(address).content.decode()
    assert "ครบองค์ประชุม" in page
    empty = approver.post(f"/desk/meetings/items/{item.pk}/resolve/", {"outcome": "", "note": "เห็นด้วยทุกคน"})
    assert empty.status_code == 422
    assert "เห็นด้วยทุกคน" in empty.content.decode()
    approver.post(f"/desk/meetings/items/{item.pk}/resolve/", {"outcome": "postpone", "note": "รอเอกสาร"})
    item.refresh_from_db()
    assert item.resolution == "postpone"
    assert approver.post(f"{address}close/", {"minutes": " "}).status_code == 422
    approver.post(f"{address}close/", {"minutes": "เริ่ม 09:30 เลิก 10:00"})
    assert "เริ่ม 09:30" in approver.get(f"{address}minutes/").content.decode()


def test_no_quorum_is_said_at_the_item(approver: Client) -> None:
    recommendation = scenes.recommended()
    meeting = called(approver)
    address = f"/desk/meetings/{meeting.pk}/"
    approver.post(f"{address}agenda/", {"recommendation": [str(recommendation.pk)]})
    approver.post(
        f"{address}attendance/",
        {"members": [str(people.APPROVER.account_id)], "chair": str(people.APPROVER.account_id)},
    )
    item = AgendaItem.objects.get(meeting=meeting)
    answer = approver.post(f"/desk/meetings/items/{item.pk}/resolve/", {"outcome": "approve", "note": "ดี"})
    assert answer.status_code == 422
    assert "องค์ประชุม" in answer.content.decode()


def test_a_wrong_call_keeps_what_was_typed(approver: Client) -> None:
    answer = approver.post("/desk/meetings/", {**CALL, "held_time": "เก้าโมงครึ่ง"})
    assert answer.status_code == 422
    assert "เก้าโมงครึ่ง" in answer.content.decode()
    assert not Meeting.objects.filter(office_id=KHON_KAEN).exists()


def test_meetings_of_others_are_not_there(approver: Client) -> None:
    meeting = called(approver)
    stranger = at_desk(people.OTHER_APPROVER)
    assert stranger.get(f"/desk/meetings/{meeting.pk}/").status_code == 404
    assert stranger.post(f"/desk/meetings/{meeting.pk}/close/", {"minutes": "x"}).status_code == 404


def test_the_journal_pages_filters_and_notes_the_look(count_queries: Counting) -> None:
    case = scenes.verified()
    auditor = at_desk(people.AUDITOR)
    auditor.get("/desk/audit/")
    with count_queries(most=12):
        page = auditor.get("/desk/audit/", {"act": "applications.triage", "kind": "writes"})
    assert {entry.act for entry, _, _ in page.context["entries"]} == {"applications.triage"}
    about = auditor.get("/desk/audit/", {"person": str(case.person_id)})
    assert {entry.person_id for entry, _, _ in about.context["entries"]} == {case.person_id}
    assert Entry.objects.filter(act="desk.open_journal", actor_id=people.AUDITOR.account_id).count() == 3
    assert auditor.get("/desk/audit/", {"before": "๙" * 30, "person": "x", "kind": "y"}).status_code == 200


def test_accounts_and_duties(admin: Client) -> None:
    opened = admin.post(
        "/desk/administration/",
        {"username": "new.one", "display_name_th": "คนใหม่", "display_name_en": "New", "email": ""},
    )
    account = Account.objects.get(username="new.one")
    assert opened["Location"].endswith(f"{account.pk}/")
    address = f"/desk/administration/accounts/{account.pk}/"
    duty = {
        "role": "front_desk", "office": KHON_KAEN, "starts_on_0": "1", "starts_on_1": "1", "starts_on_2": "2569", "reference": "คำสั่ง 9/2569",
    }  # fmt: skip
    lacking = admin.post(address, {**duty, "reference": "", "ends_before_2": "สักวัน"})
    assert lacking.status_code == 422
    assert admin.post(address, duty).status_code == 302
    held = Duty.objects.get(account=account)
    end = f"{address}duties/{held.pk}/end/"
    assert (
        admin.post(
            end, {"why": "ย้าย", "ends_before_0": "1", "ends_before_1": "13", "ends_before_2": "2569"}
        ).status_code
        == 422
    )
    assert (
        admin.post(end, {"why": "ย้าย", "ends_before_0": "1", "ends_before_1": "2", "ends_before_2": "2569"}).status_code
        == 302
    )
    held.refresh_from_db()
    assert held.ends_before == date(2026, 2, 1)
    admin.post(f"{address}switch/", {"why": "ลาออก"})
    assert not Account.objects.get(pk=account.pk).is_active


def test_nobody_gives_themselves_a_duty(admin: Client) -> None:
    own = people.ADMINISTRATOR.account_id
    answer = admin.post(
        f"/desk/administration/accounts/{own}/",
        {
            "role": "approver",
            "office": KHON_KAEN,
            "starts_on_0": "1",
            "starts_on_1": "1",
            "starts_on_2": "2569",
            "reference": "ก",
        },
    )
    assert answer.status_code == 422
    assert not Duty.objects.filter(account_id=own, role="approver").exists()
    admin.post(f"/desk/administration/accounts/{own}/switch/")
    assert Account.objects.get(pk=own).is_active


def test_delegation_and_day_off(admin: Client) -> None:
    given = admin.post(
        "/desk/administration/delegations/",
        {
            "office": KHON_KAEN,
            "up_to": "๕,๐๐๐",
            "starts_on_0": "1",
            "starts_on_1": "1",
            "starts_on_2": "2570",
            "reference": "คำสั่ง 1/2570",
        },
    )
    assert given.status_code == 302
    assert Delegation.objects.filter(office_id=KHON_KAEN, up_to_satang=500_000, reference="คำสั่ง 1/2570").exists()
    day = {
        "calendar": "office",
        "on_0": "4",
        "on_1": "1",
        "on_2": "2570",
        "name_th": "หยุดพิเศษ",
        "name_en": "Special",
        "reference": "",
    }
    lacking = admin.post("/desk/administration/calendar/", day)
    assert lacking.status_code == 422
    assert "หยุดพิเศษ" in lacking.content.decode()
    assert admin.post("/desk/administration/calendar/", {**day, "reference": "มติ ครม. 1 ธ.ค. 2569"}).status_code == 302
    assert is_off("office", date(2027, 1, 4))


@pytest.mark.parametrize("page", ["", "delegations/", "calendar/", "offices/"])
def test_administration_pages_are_few_queries(count_queries: Counting, admin: Client, page: str) -> None:
    admin.get(f"/desk/administration/{page}")
    with count_queries(most=12):
        assert admin.get(f"/desk/administration/{page}").status_code == 200


def test_a_one_time_password_is_shown_once_and_to_nobody_else() -> None:
    admin = at_desk(people.ADMINISTRATOR)
    address = f"/desk/administration/accounts/{people.SOCIAL_WORKER.account_id}/"
    assert admin.post(f"{address}password/", {"why": ""})["Location"] == address, "a reason is needed"
    answer = admin.post(f"{address}password/", {"why": "ลืมรหัส มาแสดงตัวแล้ว"})
    found = re.search(r"<strong>([A-Z2-9-]{19})</strong>", answer.content.decode())
    assert found is not None
    assert answer["Cache-Control"] == "no-store"
    assert Account.objects.get(pk=people.SOCIAL_WORKER.account_id).check_password(found[1])
    assert found[1] not in admin.get(address).content.decode()
    own = admin.post(f"/desk/administration/accounts/{people.ADMINISTRATOR.account_id}/password/", {"why": "x"})
    assert own.status_code == 302, "nobody gives one to themselves"
    assert at_desk(people.APPROVER).post(f"{address}password/", {"why": "x"}).status_code == 403
