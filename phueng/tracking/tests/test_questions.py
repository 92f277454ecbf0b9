"""Does the person see the question about money, answer, choose a plan, appeal, agree and take it back?"""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from phueng.applications import tickets
from phueng.audit.clock import set_clock_offset
from phueng.recoveries.models import Answer, DeductionConsent, Overpayment, Plan, RulingAppeal
from phueng.recoveries.tests import scenes
from phueng.recoveries.tests.conftest import folders, sealed, traced, unasked

__all__ = ["folders", "sealed", "traced", "unasked"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has given both things; how they do it is looked at in test_looking_up.py."""
    monkeypatch.setattr(tickets, "may_open", lambda request, reference: True)


def go_to(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        set_clock_offset(moment - cursor.fetchone()[0])


def address(overpayment: Overpayment) -> str:
    assert overpayment.application is not None
    return f"/track/{overpayment.application.reference}/questions/{overpayment.reference}/"


def post(overpayment: Overpayment, act: str, **typed: Any) -> Any:
    return Client().post(address(overpayment), {"act": act, **{f"{act}-{name}": said for name, said in typed.items()}})


def words(response: Any) -> str:
    return str(response.content.decode())


def timeline(overpayment: Overpayment) -> str:
    assert overpayment.application is not None
    return words(Client().get(f"/track/{overpayment.application.reference}/"))


def test_without_a_ticket_there_is_only_the_form_with_the_number() -> None:
    told = scenes.told()
    assert "ดูสถานะคำขอ" in words(Client().get(address(told)))
    post(told, "answer", words="ไม่ใช่ฉัน")
    assert not Answer.objects.exists()


def test_a_note_is_shown_only_when_the_person_was_told(open_door: None) -> None:
    noted = scenes.noted()
    assert "เรื่องเงินที่จ่ายให้คุณ" not in timeline(noted)
    assert "ดูสถานะคำขอ" in words(Client().get(address(noted)))


def test_another_request_does_not_open_it(open_door: None) -> None:
    one, other = scenes.told(), scenes.told()
    assert one.application is not None
    crossed = f"/track/{one.application.reference}/questions/{other.reference}/"
    assert other.what_happened not in words(Client().get(crossed))


def test_the_person_answers_on_the_page_and_keeps_what_was_typed(open_door: None) -> None:
    told = scenes.told()
    go_to(scenes.LATER)
    assert "ยังไม่ต้องคืนเงิน" in timeline(told)
    assert "17 พ.ย. 2569" in words(Client().get(address(told)))
    wrong = post(told, "answer", words="ใช้ซื้อยา", income_satang="หมื่นหนึ่ง")
    assert (wrong.status_code, "ใช้ซื้อยา" in words(wrong), "หมื่นหนึ่ง" in words(wrong)) == (422, True, True)
    assert post(told, "answer").status_code == 422
    assert post(told, "answer", words="ใช้ซื้อยา", income_satang="๙,๐๐๐", household_size="3").status_code == 302
    answer = Answer.objects.get()
    assert (answer.income_satang, answer.household_size, answer.channel) == (900_000, 3, "web")
    assert "ใช้ซื้อยา" in words(Client().get(address(told)))


def test_the_person_sees_the_order_and_chooses_a_plan_within_means(open_door: None) -> None:
    decided = scenes.decided()
    go_to(scenes.RULED)
    shown = words(Client().get(address(decided)))
    assert ("500 บาท" in shown, "มาตรา 51" in shown, "เราไม่หักเอง" in shown) == (True, True, True)
    assert post(decided, "plan", monthly_satang="5,000").status_code == 422
    assert post(decided, "plan", monthly_satang="200").status_code == 302
    assert Plan.objects.get().instalments.count() == 3
    assert "แผนของคุณ" in words(Client().get(address(decided)))


def test_the_person_appeals_and_nothing_falls_due_meanwhile(open_door: None) -> None:
    decided = scenes.decided()
    go_to(scenes.RULED)
    assert post(decided, "appeal", grounds="").status_code == 422
    assert post(decided, "appeal", grounds="เดือดร้อนมาก").status_code == 302
    assert RulingAppeal.objects.get().grounds == "เดือดร้อนมาก"
    assert "ระหว่างนี้ยังไม่ต้องคืน" in timeline(decided)


def test_a_consent_is_given_with_a_tick_and_taken_back_without_a_reason(open_door: None) -> None:
    decided = scenes.decided()
    go_to(scenes.RULED)
    assert post(decided, "consent", monthly_satang="100").status_code == 422
    assert not DeductionConsent.objects.exists()
    assert post(decided, "consent", monthly_satang="100", agrees="on").status_code == 302
    assert "ถอนความยินยอม" in words(Client().get(address(decided)))
    assert post(decided, "revoke").status_code == 302
    assert DeductionConsent.objects.get().revoked_at is not None


def test_a_family_reads_that_nobody_has_to_pay(open_door: None) -> None:
    asked = scenes.asked_everywhere()
    assert "ไม่มีใครในครอบครัวต้องจ่ายแทน" in timeline(asked)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_step_is_drawn_in_both_languages(open_door: None, lang: str) -> None:
    client = Client()
    client.cookies["django_language"] = lang
    for one in (scenes.told(), scenes.heard(), scenes.decided(), scenes.appealed(), scenes.asked_everywhere()):
        response = client.get(address(one))
        assert (response.status_code, "</html>" in words(response)) == (200, True)


def test_the_page_asks_one_question_more_with_or_without_questions(open_door: None, count_queries: Any) -> None:
    counts = []
    for one in (scenes.noted(), scenes.told(), scenes.decided()):
        assert one.application is not None
        Client().get(f"/track/{one.application.reference}/")
        with count_queries(most=30) as seen:
            Client().get(f"/track/{one.application.reference}/")
        counts.append(len(seen) if hasattr(seen, "__len__") else seen)
    assert len(set(map(str, counts))) == 1
