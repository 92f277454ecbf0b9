"""Do the pages show the right things to the right people, keep what was typed, and ask few questions?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phueng.audit.clock import set_clock_offset
from phueng.audit.models import Entry
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.documents.models import Letter
from phueng.documents.work import make_letters
from phueng.payments.tests.test_pages import signed_in
from phueng.recoveries.models import Overpayment, Repayment
from phueng.recoveries.queries import shown_to_citizen
from phueng.recoveries.tests import scenes

pytestmark = pytest.mark.django_db
READERS = (people.FRONT_DESK, people.SOCIAL_WORKER, people.APPROVER, people.FINANCE_MAKER, people.AUDITOR)
OTHERS = (people.RELEASER, people.ADMINISTRATOR, people.STRANGER, people.HELPER)


def at(name: str, overpayment: Overpayment | None = None) -> str:
    return reverse(f"recoveries:{name}", args=[overpayment.reference] if overpayment else [])


def page(staff: Staff, name: str, overpayment: Overpayment | None = None, lang: str = "", query: str = "") -> str:
    client = signed_in(staff)
    if lang:
        client.cookies["django_language"] = lang
    response = client.get(at(name, overpayment) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def post(staff: Staff, name: str, overpayment: Overpayment, **typed: Any) -> Any:
    return signed_in(staff).post(at(name, overpayment), {f"{name}-{key}": value for key, value in typed.items()})


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_step_is_drawn_for_everyone_who_may_read_it(lang: str) -> None:
    steps = [
        scenes.noted(), scenes.told(), scenes.heard(), scenes.assessed(), scenes.decided(), scenes.appealed(),
        scenes.decided("state"), scenes.asked_everywhere(),
    ]  # fmt: skip
    for staff in READERS:
        for show in ("todo", "waiting", "over"):
            assert "</html>" in page(staff, "board", lang=lang, query=f"?show={show}")
        for one in steps:
            assert "</html>" in page(staff, "case", one, lang=lang)


def test_others_are_told_no_and_strangers_sign_in() -> None:
    overpayment = scenes.noted()
    for staff in OTHERS:
        for address in (at("board"), at("case", overpayment)):
            assert signed_in(staff).get(address).status_code == 403, staff.username
    assert "/sign-in/" in Client().get(at("board")).headers["Location"]


def test_not_there_and_not_yours_are_the_same_answer() -> None:
    overpayment = scenes.noted()
    elsewhere = signed_in(people.OTHER_APPROVER)
    assert elsewhere.get(at("case", overpayment)).status_code == 404
    assert signed_in(people.APPROVER).get(reverse("recoveries:case", args=["0000000000G"])).status_code == 404
    assert overpayment.reference not in page(people.OTHER_APPROVER, "board")
    assert elsewhere.post(at("decide", overpayment)).status_code == 404
    assert signed_in(people.MUNICIPAL_OFFICER).post(at("tell", overpayment)).status_code == 404


def test_the_pages_ask_few_questions(count_queries: Any) -> None:
    for _ in range(3):
        scenes.told()
    overpayment = scenes.decided()
    client = signed_in(people.FRONT_DESK)
    for query in ("", "?show=waiting"):
        with count_queries(most=12):
            client.get(at("board") + query)
    with count_queries(most=14):  # an insert of the look itself, the session and the duties are among them
        client.get(at("case", overpayment))
    with count_queries(most=1):
        shown_to_citizen([overpayment.application_id])  # type: ignore[list-item]
    with count_queries(most=1):
        shown_to_citizen([])


def test_every_look_leaves_a_trace() -> None:
    overpayment = scenes.noted()
    page(people.AUDITOR, "case", overpayment)
    looked = Entry.objects.filter(act="recoveries.open", subject_id=overpayment.pk)
    assert list(looked.values_list("actor_id", flat=True)) == [people.AUDITOR.account_id]


def test_an_officer_notes_a_payment_on_the_page() -> None:
    line = scenes.paid_line()
    reference = line_reference(line)
    client = signed_in(people.FRONT_DESK)
    shown = client.get(at("note"), {"reference": reference}).content.decode()
    assert f"line-{line.pk}" in shown
    typed = {"reference": reference, f"line-{line.pk}": "on", f"sum-{line.pk}": "๕๐๐", "cause": "wrong_amount"}
    missing = client.post(at("note"), typed)
    assert (missing.status_code, 'value="๕๐๐"' in missing.content.decode()) == (422, True)
    wrong = client.post(at("note"), typed | {f"sum-{line.pk}": "-5", "what_happened": "พิมพ์ยอดผิด"})
    assert (wrong.status_code, "พิมพ์ยอดผิด" in wrong.content.decode()) == (422, True)
    made = client.post(at("note"), typed | {"what_happened": "พิมพ์ยอดผิด"})
    overpayment = Overpayment.objects.get()
    assert (made.status_code, overpayment.amount_satang) == (302, 50_000)
    again = client.get(at("note"), {"reference": reference}).content.decode()
    assert "มีเรื่องอยู่แล้ว" in again


def line_reference(line: Any) -> str:
    from phueng.decisions.models import Decision

    return str(Decision.objects.get(pk=line.due.entitlement.decision_id).application.reference)


def test_the_whole_way_by_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    overpayment = scenes.noted(at=scenes.NOON)
    set_clock_offset(scenes.NOON - _real_now())
    assert post(people.FRONT_DESK, "tell", overpayment).status_code == 302
    assert post(people.FRONT_DESK, "answer", overpayment, channel="phone").status_code == 422
    kept = post(people.FRONT_DESK, "answer", overpayment, words="ใช้ไปแล้ว", income_satang="สองหมื่น", channel="phone")
    assert (kept.status_code, "สองหมื่น" in kept.content.decode()) == (422, True)
    said = {"words": "ใช้ไปแล้ว", "income_satang": "20,000", "household_size": "2", "channel": "phone"}
    assert post(people.FRONT_DESK, "answer", overpayment, **said).status_code == 302
    judged = {"fault": "both", "good_faith": "yes", "evidence": "ใบสำคัญจ่าย", "why": "ทั้งสองฝ่ายเข้าใจผิด"}
    refused = post(people.SOCIAL_WORKER, "assess", overpayment, **judged)
    assert (refused.status_code, "คุณมีส่วนในคำขอที่จ่ายเงินนี้ไป" in refused.content.decode()) == (422, True)
    assert post(people.FRONT_DESK, "assess", overpayment, **judged).status_code == 302
    assert post(people.APPROVER, "decide", overpayment, outcome="agree").status_code == 422
    assert post(people.RELATED_APPROVER, "decide", overpayment, outcome="agree").status_code == 302
    too_much = post(people.FRONT_DESK, "plan", overpayment, monthly_satang="9,999", channel="office")
    assert (too_much.status_code, 'value="9,999"' in too_much.content.decode()) == (422, True)
    assert post(people.FRONT_DESK, "plan", overpayment, monthly_satang="250", channel="office").status_code == 302
    money = {"way": "cash", "reference": "ร-1", "amount_satang": "500", "received_on_0": "2", "received_on_1": "11",
             "received_on_2": "2569"}  # fmt: skip
    assert post(people.FINANCE_MAKER, "repay", overpayment, **money).status_code == 302
    assert (scenes.again(overpayment).state, Repayment.objects.get().amount_satang) == ("settled", 50_000)


def _real_now() -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cursor.fetchone()[0]


def test_useless_forms_are_not_drawn_and_borrowed_hands_see_it() -> None:
    overpayment = scenes.assessed()
    assert "บันทึกคำสั่ง" in page(people.RELATED_APPROVER, "case", overpayment)
    assert "บันทึกคำสั่ง" not in page(people.FRONT_DESK, "case", overpayment)
    assert "จ่ายเต็ม" in page(people.FRONT_DESK, "case", scenes.decided())


def test_letters_are_made_and_opened_only_here() -> None:
    overpayment, other = scenes.decided(), scenes.told()
    while make_letters():
        pass
    made = Letter.objects.get(kind="recoveries/ruling")
    address = reverse("recoveries:letter", args=[overpayment.reference, made.pk])
    response = signed_in(people.FRONT_DESK).get(address)
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
    elsewhere = reverse("recoveries:letter", args=[other.reference, made.pk])
    assert signed_in(people.FRONT_DESK).get(elsewhere).status_code == 404
