"""Does the page say what is next and whose turn it is, who works on the case, and does it look again while checks run?"""

from datetime import timedelta
from typing import Any

import pytest

from phueng.applications.actions import claim_case, take_over_case
from phueng.applications.models import Claim
from phueng.audit.clock import now
from phueng.audit.models import Entry
from phueng.decisions.models import Recommendation
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.desk.tests.scenes import MOMENT, at_desk, page_of, with_attention
from phueng.verification.actions import answer_check, start_checks
from phueng.verification.models import Check

pytestmark = pytest.mark.django_db
SENT = {"outcome": "approve", "amount": "2,000", "why": "ไม่มีรายได้"}


def seen(response: Any) -> str:
    return str(response.content.decode())


def another() -> Any:
    """A colleague of the same office."""
    return scenes.actor(people.FRONT_DESK)


def test_after_recommending_there_is_nothing_to_do_and_transfer_is_folded_away() -> None:
    case = scenes.verified()
    worker = at_desk(people.SOCIAL_WORKER)
    before = worker.get(page_of(case))
    assert before.context["next"].act.code == "recommend"
    worker.post(page_of(case, "recommend/"), SENT)
    after = worker.get(page_of(case))
    page = seen(after)
    assert "ไม่มีอะไรต้องทำตอนนี้" in page
    assert "รอผู้อนุมัติพิจารณา" in page
    assert after.context["act"] is None
    assert [tab.label for tab in after.context["tabs"]] == []
    assert "โอนเรื่อง" in [tab.label for tab in after.context["rarer"]]
    assert page.index("ไม่มีอะไรต้องทำตอนนี้") < page.index("โอนเรื่อง")
    asked = worker.get(page_of(case), {"do": "transfer"})
    assert "<details" in seen(asked)
    assert asked.context["is_rare"], "it opens when somebody asks for it"


@pytest.mark.parametrize(
    ("make", "who", "words"),
    [
        (scenes.submitted, people.APPROVER, "รอเจ้าหน้าที่โทรกลับและคัดกรอง"),
        (lambda: with_attention()[0], people.FRONT_DESK, "รอผู้ทำสำนวนดูผลตรวจ"),
        (lambda: scenes.recommended().application, people.AUDITOR, "รอผู้อนุมัติพิจารณา"),
        (lambda: scenes.approved().application, people.AUDITOR, "ไม่มีอะไรต้องทำแล้ว"),
    ],
)
def test_whose_turn_it_is(make: Any, who: Any, words: str) -> None:
    page = at_desk(who).get(page_of(make()))
    assert words in seen(page)
    assert page.context["next"].act is None


def test_a_claim_is_seen_in_the_queue_and_on_the_page_and_shuts_nobody_out() -> None:
    case = scenes.verified()
    assert at_desk(people.SOCIAL_WORKER).post(page_of(case, "claim/")).status_code == 302
    until = Claim.objects.get(application=case).ends_at
    assert until - now() == timedelta(minutes=30)
    colleague = at_desk(people.FRONT_DESK)
    words = f"{people.SOCIAL_WORKER.name_th} กำลังทำ ถึง"
    assert words in seen(colleague.get("/desk/?show=all"))
    opened = colleague.get(page_of(case))
    assert opened.status_code == 200
    assert words in seen(opened)
    assert "คุณกำลังทำ" in seen(at_desk(people.SOCIAL_WORKER).get(page_of(case)))


def test_acting_on_a_colleagues_case_asks_first_and_keeps_what_was_typed() -> None:
    case = scenes.verified()
    claim_case(by=another(), at=now(), application_id=case.pk)
    worker = at_desk(people.SOCIAL_WORKER)
    asked = worker.post(page_of(case, "recommend/"), SENT)
    assert asked.status_code == 409
    assert not Recommendation.objects.filter(application=case).exists()
    assert "รับช่วงต่อและบันทึก" in seen(asked)
    sent_again = dict(asked.context["take_over_with"])
    assert sent_again == SENT, "the one button carries everything"
    done = worker.post(page_of(case, "recommend/"), {**sent_again, "take_over": "1"})
    assert done.status_code == 302
    assert Recommendation.objects.get(application=case).amount_satang == 200_000
    first, mine = Claim.objects.filter(application=case).order_by("claimed_at")
    assert (first.released_why, first.released_by_id) == ("taken_over", people.SOCIAL_WORKER.account_id)
    assert mine.released_why == "done", "with the recommendation the work is the approver's"


def test_take_over_and_give_back_by_button() -> None:
    case = scenes.verified()
    claim_case(by=another(), at=now(), application_id=case.pk)
    worker = at_desk(people.SOCIAL_WORKER)
    worker.post(page_of(case, "claim/"))
    assert Claim.objects.filter(application=case).count() == 1, "a colleague's claim is not claimed away"
    worker.post(page_of(case, "claim/take-over/"))
    assert worker.get(page_of(case)).context["case"].is_mine
    worker.post(page_of(case, "claim/release/"))
    assert worker.get(page_of(case)).context["case"].claim is None
    stranger = at_desk(people.OTHER_APPROVER)
    assert [stranger.post(page_of(case, f"claim/{one}")).status_code for one in ("", "take-over/", "release/")] == [
        404
    ] * 3


def test_a_claim_that_ran_out_stops_nobody() -> None:
    case = scenes.verified()
    take_over_case(by=another(), at=now() - timedelta(minutes=31), application_id=case.pk)
    assert at_desk(people.SOCIAL_WORKER).post(page_of(case, "recommend/"), SENT).status_code == 302


def checking() -> Any:
    case = scenes.submitted()
    scenes.triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=case.pk, category="known")
    start_checks(by=scenes.WORKER, at=MOMENT, application_id=case.pk)
    return case


def test_the_checks_part_looks_again_while_they_run() -> None:
    case = checking()
    worker = at_desk(people.SOCIAL_WORKER)
    page = worker.get(page_of(case))
    address, etag = page.context["live_url"], page.context["live_etag"]
    assert f'data-live="{address}"' in seen(page)
    assert "<noscript>" in seen(page)
    looks = Entry.objects.filter(act="desk.open_case", subject_id=case.pk)
    before = looks.count()
    same = worker.get(address, headers={"If-None-Match": etag})
    assert (same.status_code, same.content, looks.count()) == (304, b"", before), "nothing shown, nothing noted"
    check = Check.objects.get(application=case, kind="identifier")
    answer_check(
        by=scenes.WORKER, at=MOMENT, check_id=check.pk, outcome="attention",
        answer={"code": "x", "th": "ต้องดูบัตร", "en": "Look at the card"}, source="rules",
    )  # fmt: skip
    fresh = worker.get(address, headers={"If-None-Match": etag})
    assert fresh.status_code == 200
    assert fresh["ETag"] != etag
    assert "ต้องดูบัตร" in seen(fresh)
    assert "แสดงขั้นต่อไป" in seen(fresh), "the case moved on to an officer"
    assert looks.count() == before + 1, "what is shown anew is a look of its own"
    assert at_desk(people.OTHER_APPROVER).get(address).status_code == 404


def test_a_case_whose_checks_are_done_asks_nothing() -> None:
    page = at_desk(people.SOCIAL_WORKER).get(page_of(scenes.verified()))
    assert page.context["live_url"] == ""
    assert "data-live=" not in seen(page)
