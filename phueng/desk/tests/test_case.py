"""Is everything about a case on one screen, and does each form do its one act, or say why not and keep what was typed?"""

from typing import Any

import pytest
from django.db import connection

from phueng.applications.models import Application, Transfer
from phueng.audit.models import Entry
from phueng.commandline.testing import Counting
from phueng.decisions.actions import decide
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.desk.tests.scenes import MOMENT, at_desk, page_of, with_attention
from phueng.places.identity import office_id
from phueng.verification.models import Settlement

pytestmark = pytest.mark.django_db


def act_codes(response: Any) -> list[str]:
    return [act.code for act in response.context["acts"]]


def test_opening_a_case_is_one_entry() -> None:
    case = scenes.verified()
    response = at_desk(people.SOCIAL_WORKER).get(page_of(case))
    assert response.status_code == 200
    looks = Entry.objects.filter(act="desk.open_case", subject_id=case.pk)
    assert [(one.actor_id, one.person_id, one.is_read) for one in looks] == [
        (people.SOCIAL_WORKER.account_id, case.person_id, True)
    ]


def test_unanswered_questions_are_shown_as_such() -> None:
    page = at_desk(people.SOCIAL_WORKER).get(page_of(scenes.verified())).content.decode()
    assert "ขายของไม่ได้" in page
    assert "ไม่ได้ตอบ" in page


def test_differences_stand_side_by_side() -> None:
    case, _ = with_attention()
    page = at_desk(people.SOCIAL_WORKER).get(page_of(case)).content.decode()
    assert "บุญมี ทดสอบดี" in page
    assert "บุญมีย์ ทดสอบดี" in page


@pytest.mark.parametrize("make", [scenes.submitted, scenes.verified, lambda: scenes.recommended().application])
def test_queries_of_an_open_case(count_queries: Counting, make: Any) -> None:
    case = make()
    client = at_desk(people.SOCIAL_WORKER)
    client.get(page_of(case))
    with count_queries(most=22):
        client.get(page_of(case))


def test_queries_of_a_decided_case(count_queries: Counting) -> None:
    case = scenes.approved().application
    client = at_desk(people.APPROVER)
    client.get(page_of(case))
    with count_queries(most=24):
        client.get(page_of(case))


def test_only_the_forms_of_ones_own_duty() -> None:
    fresh, proposed = scenes.submitted(), scenes.recommended().application
    assert act_codes(at_desk(people.FRONT_DESK).get(page_of(fresh)))[0] == "triage"
    assert "recommend" not in act_codes(at_desk(people.FRONT_DESK).get(page_of(proposed)))
    assert act_codes(at_desk(people.APPROVER).get(page_of(proposed)))[0] == "decide"
    assert "decide" not in act_codes(at_desk(people.SOCIAL_WORKER).get(page_of(proposed)))
    assert act_codes(at_desk(people.AUDITOR).get(page_of(proposed))) == []


def test_triage_starts_the_clock() -> None:
    case = scenes.submitted()
    client = at_desk(people.FRONT_DESK)
    answer = client.post(page_of(case, "triage/"), {"category": "new", "call_note": "คุยกับลูกสาว"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(case))
    triage = Application.objects.get(pk=case.pk).triage
    assert (triage.category, triage.call_note) == ("new", "คุยกับลูกสาว")


def test_triage_by_two_at_once_is_explained() -> None:
    case = scenes.verified()
    answer = at_desk(people.SOCIAL_WORKER).post(page_of(case, "triage/"), {"category": "new", "call_note": "คุยกับลูกสาว"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "คุยกับลูกสาว" in page, "what was typed stays"
    assert "error-summary" in page


REFUSALS = [
    ("transfer/", {"to_office": "", "why": "ย้ายไปอยู่กับลูก"}, "ย้ายไปอยู่กับลูก"),
    ("missing/", {"question": "", "note": "ขอภาพหน้าบ้าน"}, "ขอภาพหน้าบ้าน"),
    ("forward/", {"to_agency": "จัดหางานจังหวัด", "receipt_reference": "", "why": "หางาน"}, "จัดหางานจังหวัด"),
    ("recommend/", {"outcome": "approve", "amount": "9,000", "why": "ไม่มีข้าวกิน"}, "ไม่มีข้าวกิน"),
    ("recommend/", {"outcome": "approve", "amount": "สามพัน", "why": "ไม่มีข้าวกิน"}, "สามพัน"),
    ("recommend/", {"outcome": "approve", "amount": "", "why": "ไม่มีข้าวกิน"}, "ไม่มีข้าวกิน"),
    ("recommend/", {"outcome": "approve", "amount": "2,000", "why": " "}, "2,000"),
    ("answered/", {"note": "บอกทางโทรศัพท์"}, "บอกทางโทรศัพท์"),
]


@pytest.mark.parametrize(("act", "typed", "kept"), REFUSALS)
def test_a_refusal_keeps_what_was_typed(act: str, typed: dict[str, str], kept: str) -> None:
    case = scenes.verified()
    answer = at_desk(people.SOCIAL_WORKER).post(page_of(case, act), typed)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert "error-summary" in answer.content.decode()
    assert not Recommendation.objects.filter(application=case).exists()


def test_recommend_then_decide() -> None:
    case = scenes.verified()
    worker = at_desk(people.SOCIAL_WORKER)
    sent = worker.post(page_of(case, "recommend/"), {"outcome": "approve", "amount": "๒,๐๐๐", "why": "ไม่มีรายได้"})
    assert sent.status_code == 302
    assert Recommendation.objects.get(application=case).amount_satang == 200_000
    boss = at_desk(people.APPROVER)
    page = boss.get(page_of(case)).content.decode()
    assert "2,000" in page
    assert "ไม่มีรายได้" in page
    decided = boss.post(page_of(case, "decide/"), {"outcome": "approve", "why": ""})
    assert decided.status_code == 302
    decision = Decision.objects.get(application=case)
    assert (decision.outcome, decision.decided_by_id) == ("approved", people.APPROVER.account_id)
    assert at_desk(people.SOCIAL_WORKER).get(page_of(case)).status_code == 200


def test_refusing_needs_a_reason() -> None:
    case = scenes.recommended().application
    boss = at_desk(people.APPROVER)
    empty = boss.post(page_of(case, "decide/"), {"outcome": "refuse", "why": " "})
    assert empty.status_code == 422
    assert "เหตุผล" in empty.content.decode()
    assert boss.post(page_of(case, "decide/"), {"outcome": "refuse", "why": "มีรายได้พอ"}).status_code == 302


def test_two_approvers_at_once() -> None:
    case = scenes.recommended().application
    decide(by=scenes.APPROVER, at=MOMENT, application_id=case.pk, outcome="approve", why="")
    slower = at_desk(people.RELATED_APPROVER)
    answer = slower.post(page_of(case, "decide/"), {"outcome": "refuse", "why": "มีรายได้พอ"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "มีรายได้พอ" in page
    assert "มีคำสั่งแล้ว" in page, "who was slower learns that it is decided"


def test_a_relative_is_told_why_not() -> None:
    proposed = scenes.recommended(scenes.grandmother()).application
    answer = at_desk(people.RELATED_APPROVER).post(page_of(proposed, "decide/"), {"outcome": "approve", "why": "ดี"})
    assert answer.status_code == 422
    assert "ญาติ" in answer.content.decode()
    assert not Decision.objects.filter(application=proposed).exists()


def test_settling_a_check() -> None:
    case, check = with_attention()
    worker = at_desk(people.SOCIAL_WORKER)
    address = page_of(case, f"checks/{check.pk}/settle/")
    lacking = worker.post(address, {"why": "ดูบัตรแล้ว"})
    assert lacking.status_code == 422
    assert "ดูบัตรแล้ว" in lacking.content.decode()
    assert worker.post(address, {"outcome": "accepted", "why": "ดูบัตรแล้ว"}).status_code == 302
    assert Settlement.objects.get(check_asked=check).why == "ดูบัตรแล้ว"
    late = worker.post(address, {"outcome": "refused", "why": "คนละคน"})
    assert late.status_code == 422
    assert "คนละคน" in late.content.decode()


def test_a_check_of_another_case_is_out_of_reach() -> None:
    _, check = with_attention()
    other = scenes.verified()
    answer = at_desk(people.SOCIAL_WORKER).post(
        page_of(other, f"checks/{check.pk}/settle/"), {"outcome": "accepted", "why": "x"}
    )
    assert answer.status_code == 404


def test_transfer_leaves_the_case_to_the_other_office() -> None:
    case = scenes.verified()
    client = at_desk(people.SOCIAL_WORKER)
    answer = client.post(
        page_of(case, "transfer/"), {"to_office": str(office_id("CMI-DPC")), "why": "ย้ายไปเชียงใหม่"}, follow=True
    )
    assert answer.status_code == 200
    assert Transfer.objects.get(application=case).why == "ย้ายไปเชียงใหม่"
    assert client.get(page_of(case)).status_code == 404
    assert at_desk(people.OTHER_APPROVER).get(page_of(case)).status_code == 200


def test_missing_thing_and_its_answer() -> None:
    case = scenes.verified()
    client = at_desk(people.SOCIAL_WORKER)
    assert client.post(page_of(case, "missing/"), {"question": "photo_home", "note": "ขอภาพหน้าบ้าน"}).status_code == 302
    page = client.get(page_of(case))
    assert act_codes(page)[0] == "answered"
    assert "ขอภาพหน้าบ้าน" in page.content.decode()
    assert client.post(page_of(case, "answered/"), {"note": "บ้านไม่มีหน้าต่าง"}).status_code == 302


def test_entitlement_rests_runs_again_and_ends() -> None:
    case = scenes.approved(scheme_code="old_age").application
    officer = at_desk(people.MUNICIPAL_OFFICER)
    assert "suspend" in act_codes(officer.get(page_of(case)))
    on = {"on_0": "1", "on_1": "12", "on_2": "2569"}
    assert officer.post(page_of(case, "entitlement/suspend/"), {**on, "why": "ตรวจที่อยู่"}).status_code == 302
    held = officer.get(page_of(case))
    assert "resume" in act_codes(held)
    early = officer.post(
        page_of(case, "entitlement/resume/"), {"on_0": "1", "on_1": "1", "on_2": "2569", "why": "พบแล้ว"}
    )
    assert early.status_code == 422
    assert "พบแล้ว" in early.content.decode()
    assert officer.post(page_of(case, "entitlement/resume/"), {**on, "why": "พบแล้ว"}).status_code == 302
    wrong = officer.post(
        page_of(case, "entitlement/end/"), {"reason": "move", "on_0": "31", "on_1": "2", "on_2": "2570", "why": "ย้าย"}
    )
    assert wrong.status_code == 422, "there is no 31 February"
    assert officer.post(page_of(case, "entitlement/end/"), {"reason": "move", **on, "why": "ย้าย"}).status_code == 302
    assert "suspend" not in act_codes(officer.get(page_of(case)))


def test_appeal_at_the_counter_and_settled_elsewhere() -> None:
    case = scenes.refused().application
    desk = at_desk(people.FRONT_DESK)
    assert desk.post(page_of(case, "appeal/"), {"grounds": "รายได้ไม่มีจริง"}).status_code == 302
    appeal = Appeal.objects.get(decision__application=case)
    paired = [one for one in (people.APPROVER, people.OTHER_APPROVER) if appeal.office_id == one.duties[0].office_id]
    stranger = at_desk(people.MUNICIPAL_APPROVER)
    assert stranger.get(f"/desk/appeals/{appeal.reference}/").status_code == 404
    for who in paired:
        answer = at_desk(who).post(f"/desk/appeals/{appeal.reference}/", {"outcome": "upheld", "why": ""})
        assert answer.status_code == 422


@pytest.mark.parametrize("make", [scenes.submitted, scenes.verified, lambda: scenes.approved().application])
def test_the_whole_page_in_english(make: Any) -> None:
    case = make()
    client = at_desk(people.SOCIAL_WORKER)
    client.cookies["django_language"] = "en"
    page = client.get(page_of(case)).content.decode()
    assert "Applicant" in page
    assert "What you can do now" in page or "Nothing for you to do now" in page
    queue = client.get("/desk/?show=all").content.decode()
    assert "Your turn" in queue
    # What people and registers wrote stays as it was written; our own words do not mix.
    for ours in ("ผู้ขอแจ้ง", "การตรวจ", "ความเป็นมา", "อยู่ที่ใคร"):
        assert ours not in page + queue


def test_bad_input_never_breaks_a_page() -> None:
    case = scenes.verified()
    client = at_desk(people.SOCIAL_WORKER)
    nasty = {"outcome": "\x00", "why": "ก" * 10_000, "amount": "-1e9", "question": "​", "to_office": "1"}
    for act in ("triage/", "transfer/", "missing/", "forward/", "recommend/", "withdraw/"):
        assert client.post(page_of(case, act), {**nasty, "category": "x"}).status_code in (302, 422), act
    connection.check_constraints()
    assert client.get("/desk/applications/%00/").status_code == 404
    assert client.get("/desk/applications/AAAA-BBBB-CCC/").status_code == 404
