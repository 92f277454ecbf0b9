"""Do the pages show the right things to the right people, keep what was typed, and ask few questions?"""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from phueng.access.models import Account
from phueng.access.viewers import viewer_of
from phueng.audit.clock import set_clock_offset
from phueng.audit.models import Entry
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.payments.tests.test_pages import signed_in
from phueng.spotchecks.models import Discrepancy, Interview, Sheet, Try
from phueng.spotchecks.queries import discrepancies_for
from phueng.spotchecks.tests import scenes

pytestmark = pytest.mark.django_db
OTHERS = (people.FINANCE_MAKER, people.RELEASER, people.ADMINISTRATOR, people.STRANGER, people.HELPER)
STAFF = {"CMI-DPC": people.OTHER_APPROVER, "UDN-DPC": people.PAIRED_APPROVER}
ANSWERS = {"received": "full", "asked_back": "no", "signed_self": "yes", "knows_application": "yes"}


@pytest.fixture(autouse=True)
def later() -> None:
    """On the day of the scenes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        set_clock_offset(scenes.LATER - cursor.fetchone()[0])


def at(name: str, *arguments: Any) -> str:
    return reverse(f"spotchecks:{name}", args=arguments)


def page(staff: Staff, address: str, lang: str = "") -> str:
    client = signed_in(staff)
    if lang:
        client.cookies["django_language"] = lang
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def whose(one: Interview) -> Staff:
    return STAFF[one.office.code]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_page_is_drawn_in_both_languages(lang: str) -> None:
    one = scenes.first()
    for address in (at("board"), at("interview", one.pk)):
        assert "</html>" in page(whose(one), address, lang)
    found = scenes.asked(one, received="none", words="ไม่มีใครมา").discrepancies.get()
    for address in (
        at("discrepancies"),
        at("discrepancies") + "?show=closed",
        at("discrepancy", found.pk),
        at("offices"),
    ):
        assert "</html>" in page(people.AUDITOR, address, lang)


def test_others_are_told_no_and_strangers_sign_in() -> None:
    one = scenes.first()
    for staff in OTHERS:
        for address in (at("board"), at("interview", one.pk), at("discrepancies"), at("offices")):
            assert signed_in(staff).get(address).status_code == 403, staff.username
    assert "/sign-in/" in Client().get(at("board")).headers["Location"]


def test_the_paying_office_and_other_offices_find_nothing() -> None:
    one = scenes.first()
    elsewhere = next(staff for code, staff in STAFF.items() if code != one.office.code)
    for staff in (people.SOCIAL_WORKER, elsewhere):
        assert one.draw.run.number not in page(staff, at("board"))
        assert signed_in(staff).get(at("interview", one.pk)).status_code == 404
        assert signed_in(staff).post(at("interview", one.pk), ANSWERS).status_code == 404
        assert signed_in(staff).post(at("not_reached", one.pk)).status_code == 404
    assert signed_in(whose(one)).get(at("interview", uuid4())).status_code == 404
    assert not Sheet.objects.exists()


def test_the_list_names_nobody_and_opening_one_is_written_down() -> None:
    one = scenes.first()
    listed = page(whose(one), at("board"))
    assert one.draw.run.number in listed
    assert one.line.payee_name not in listed
    opened = page(whose(one), at("interview", one.pk))
    assert one.line.payee_name in opened
    assert "tel:" in opened
    assert "2,000" not in opened  # the sum would be an answer
    looked = Entry.objects.filter(act="spotchecks.open", subject_id=one.pk)
    assert list(looked.values_list("actor_id", "person_id")) == [(whose(one).account_id, one.line.person_id)]


def test_an_interview_from_list_to_follow_up() -> None:
    one = scenes.first()
    client = signed_in(whose(one))
    typed = ANSWERS | {"received": "part", "amount_satang": "x", "visitor": "ไม่รู้จัก"}
    wrong = client.post(at("interview", one.pk), typed)
    assert (wrong.status_code, "ไม่รู้จัก" in wrong.content.decode()) == (422, True)
    right = typed | {"amount_satang": "๑,๔๐๐", "asked_back": "yes"}
    assert client.post(at("interview", one.pk), right).status_code == 302
    assert client.get(at("interview", one.pk)).status_code == 404
    assert set(Discrepancy.objects.values_list("kind", "said_satang")) == {
        ("amount_differs", 140_000),
        ("kickback", 140_000),
    }
    auditor = signed_in(people.AUDITOR)
    found = Discrepancy.objects.get(kind="kickback")
    shown = auditor.get(at("discrepancy", found.pk)).content.decode()
    assert "ไม่รู้จัก" in shown
    assert auditor.post(at("discrepancy", found.pk), {"outcome": "confirmed"}).status_code == 422
    closing = {"outcome": "confirmed", "why": "ผู้รับยืนยันต่อหน้าพยาน"}
    assert auditor.post(at("discrepancy", found.pk), closing).status_code == 302
    assert auditor.post(at("discrepancy", found.pk), closing).status_code == 422
    assert "ผู้รับยืนยันต่อหน้าพยาน" in page(people.AUDITOR, at("discrepancy", found.pk))


def test_not_reached_once_a_day() -> None:
    one = scenes.first()
    client = signed_in(whose(one))
    assert client.post(at("not_reached", one.pk)).headers["Location"] == at("board")
    assert client.post(at("not_reached", one.pk)).headers["Location"] == at("interview", one.pk)
    assert Try.objects.count() == 1


def test_an_auditor_of_the_paying_office_sees_nothing_of_it() -> None:
    one = scenes.first()
    found = scenes.asked(one, received="none").discrepancies.get()
    local = Account.objects.get(pk=scenes.officer_of(one.draw.run.office, "auditor").id)
    assert not discrepancies_for(viewer_of(local)).exists()
    general = viewer_of(Account.objects.get(pk=people.AUDITOR.account_id))
    assert discrepancies_for(general).get() == found


def test_the_pages_ask_few_questions(count_queries: Any) -> None:
    draw = scenes.drawn(3)
    one, *rest = draw.interviews.select_related("office", "line", "draw__run").order_by("place")
    for other in rest:
        scenes.asked(other, received="none", asked_back="yes")
    found = Discrepancy.objects.first()
    assert found is not None
    client, auditor = signed_in(whose(one)), signed_in(people.AUDITOR)
    for who, address in (
        (client, at("board")), (auditor, at("discrepancies")), (auditor, at("offices")),
        (auditor, at("discrepancy", found.pk)), (client, at("interview", one.pk)),
    ):  # fmt: skip
        who.get(address)
        with count_queries(most=12):
            who.get(address)
