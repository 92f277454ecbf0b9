"""Does asking the paired office put the case on the right desk, for one part only, and take it off again?"""

import pytest

from phueng.access.models import BorrowedHand
from phueng.decisions.models import Decision
from phueng.decisions.tests import scenes
from phueng.decisions.tests.factories import centre
from phueng.demo import people
from phueng.desk.tests.scenes import at_desk, page_of
from phueng.places.models import Office

pytestmark = pytest.mark.django_db
WHY = "ผู้อนุมัติของเราเป็นญาติผู้ขอ"


def ask_through_the_page(case: object, hand: str = "approver") -> None:
    desk = at_desk(people.SOCIAL_WORKER)
    page = desk.get(page_of(case, f"borrow/{hand}/"))  # type: ignore[arg-type]
    assert page.status_code == 200
    pair = centre().paired_office
    assert pair is not None
    assert str(pair.pk) in page.content.decode()
    answer = desk.post(page_of(case, f"borrow/{hand}/"), {"from_office": str(pair.pk), "why": WHY})  # type: ignore[arg-type]
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def test_asked_seen_decided_and_gone_again() -> None:
    case = scenes.recommended().application
    udon = at_desk(people.PAIRED_APPROVER)
    assert udon.get(page_of(case)).status_code == 404, "the pair sees nothing before it is asked"
    home = at_desk(people.SOCIAL_WORKER).get(page_of(case)).content.decode()
    assert "ขอผู้อนุมัติจากสำนักงานคู่" in home
    ask_through_the_page(case)
    home = at_desk(people.SOCIAL_WORKER).get(page_of(case)).content.decode()
    assert "ขอยืมผู้อนุมัติจาก" in home
    assert WHY in home
    queue = udon.get("/desk/").content.decode()
    assert case.applicant_name in queue
    assert "ยืมมือ" in queue
    page = udon.get(page_of(case))
    assert page.status_code == 200
    assert page.context["act"].code == "decide"
    assert {one.code for one in page.context["acts"]} == {"decide"}, "one part was asked for, and no other"
    assert page.context["case"].delegation.office_id == Office.objects.get(code=people.UDON_THANI).pk
    answer = udon.post(page_of(case, "decide/"), {"outcome": "approve", "why": "ตรวจแล้ว"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    decision = Decision.objects.get(application=case)
    assert (decision.office.code, decision.outcome) == (people.UDON_THANI, "approved")
    assert udon.get(page_of(case)).status_code == 404, "what it was asked for is done"


def test_only_the_part_that_was_asked_for() -> None:
    case = scenes.recommended().application
    ask_through_the_page(case)
    udon = at_desk(people.PAIRED_APPROVER)
    for act in ("transfer/", "triage/", "recommend/", "withdraw/"):
        answer = udon.post(page_of(case, act), {"to_office": str(centre().pk), "why": "x"})
        assert answer.status_code in (403, 422), act
    assert at_desk(people.OTHER_APPROVER).get(page_of(case)).status_code == 404
    assert at_desk(people.MUNICIPAL_APPROVER).get(page_of(case)).status_code == 404


def test_a_relative_decides_no_case_but_may_ask_for_somebody_who_can() -> None:
    case = scenes.recommended(scenes.grandmother()).application
    related = at_desk(people.RELATED_APPROVER)
    refused = related.post(page_of(case, "decide/"), {"outcome": "approve", "why": "x"})
    assert refused.status_code == 422
    assert "ขอผู้อนุมัติจากสำนักงานคู่" in refused.content.decode()


def test_the_asked_office_can_say_no_and_the_asking_one_can_take_it_back() -> None:
    declined, taken_back = scenes.recommended().application, scenes.recommended().application
    ask_through_the_page(declined)
    ask_through_the_page(taken_back)
    udon = at_desk(people.PAIRED_APPROVER)
    assert udon.post(page_of(declined, "borrow/approver/end/"), {"why": ""})["Location"] == page_of(declined)
    assert udon.post(page_of(declined, "borrow/approver/end/"), {"why": "ไม่ว่าง"})["Location"] == "/desk/"
    home = at_desk(people.APPROVER).post(page_of(taken_back, "borrow/approver/end/"), {"why": "กลับมาแล้ว"})
    assert home["Location"] == page_of(taken_back)
    assert dict(BorrowedHand.objects.values_list("case_id", "ended_how")) == {
        declined.pk: "declined",
        taken_back.pk: "taken_back",
    }
    assert udon.get(page_of(taken_back)).status_code == 404


def test_refusals_keep_what_was_typed_in_both_languages() -> None:
    case = scenes.recommended().application
    desk = at_desk(people.SOCIAL_WORKER)
    desk.cookies["django_language"] = "en"
    empty = desk.post(page_of(case, "borrow/approver/"), {"why": "nobody here may"})
    assert empty.status_code == 422
    assert "nobody here may" in empty.content.decode()
    pair = centre().paired_office
    assert pair is not None
    wrong = desk.post(page_of(case, "borrow/verifier/"), {"from_office": str(pair.pk), "why": "x"})
    assert wrong.status_code == 422
    assert desk.get(page_of(case, "borrow/releaser/")).status_code == 404
    page = desk.get(page_of(case, "borrow/verifier/")).content.decode()
    assert "Nobody can be borrowed today" in page, "nobody in Udon Thani does casework in the demo"


def test_nobody_asks_for_a_case_that_is_not_theirs() -> None:
    case = scenes.recommended().application
    assert at_desk(people.OTHER_APPROVER).get(page_of(case, "borrow/approver/")).status_code == 404
    assert at_desk(people.AUDITOR).get(page_of(case, "borrow/approver/")).status_code == 403


def test_the_appeal_of_khon_kaen_is_settled_in_udon_thani() -> None:
    case = scenes.refused().application
    at_desk(people.FRONT_DESK).post(page_of(case, "appeal/"), {"grounds": "รายได้ไม่มีจริง"})
    udon = at_desk(people.PAIRED_APPROVER)
    listed = udon.get("/desk/appeals/").content.decode()
    assert case.applicant_name in listed
    appeal = Decision.objects.get(application=case).appeal
    answer = udon.post(f"/desk/appeals/{appeal.reference}/", {"outcome": "reversed", "why": "รายได้ลดลงจริง"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.closed_at is None, "back to the desk, for somebody else to decide"
