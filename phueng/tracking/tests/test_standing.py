"""Does the timeline say the right thing at every stage, and does its version move with each step?"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from phueng.decisions.models import Decision
from phueng.entitlements.models import Due
from phueng.payments.tests.factories import ExclusionFactory
from phueng.tracking.queries import Timeline, timeline_of, version_of
from phueng.tracking.standing import STAGES
from phueng.tracking.tests.scenes import Story
from phueng.tracking.wording import STAGES as WORDS

pytestmark = pytest.mark.django_db


def seen(story: Story, lang: str = "th") -> Timeline:
    timeline = timeline_of(story.id, lang)
    assert timeline is not None
    return timeline


def codes(story: Story) -> list[str]:
    return [step.code for step in seen(story).steps]


def test_every_stage_has_its_words() -> None:
    assert set(STAGES) == set(WORDS)


def test_the_whole_way_to_paid(story: Story, sealed_audit: None) -> None:
    stages, versions = [seen(story).stage], [version_of(story.id)]

    def then(act: Callable[[], object]) -> object:
        done = act()
        stages.append(seen(story).stage)
        versions.append(version_of(story.id))
        return done

    then(story.checks_begin)
    then(story.register_is_silent)
    then(story.called)
    then(story.asked)
    then(story.answered)
    then(story.machine_checks_pass)
    then(story.visit_begins)
    then(story.visit_done)
    then(story.recommended)
    then(story.decided)
    run = then(story.prepared)
    then(lambda: story.released(run))  # type: ignore[arg-type]
    then(lambda: story.bank_answers("paid"))
    assert stages == [
        "waiting_for_call", "waiting_for_call", "waiting_for_call", "checking", "missing", "checking", "visit_next",
        "visit_next", "recommending", "deciding", "approved", "prepared", "at_bank", "paid",
    ]  # fmt: skip
    assert len(set(versions)) == len(versions), "a step that the citizen would not notice"
    assert codes(story)[0] == "paid"
    assert codes(story)[-1] == "submitted"
    assert seen(story).holder == ""


def test_a_silent_register_is_said_plainly(story: Story) -> None:
    story.checks_begin()
    story.register_is_silent()
    titles = [step.title for step in seen(story).steps]
    assert "ทะเบียนราษฎรยังไม่ตอบ เราจะถามใหม่เอง" in titles
    assert any("Civil register has not answered yet" in step.title for step in seen(story, "en").steps)


def test_checks_are_told_together_and_what_is_stuck_stands_alone(story: Story) -> None:
    story.checks_begin()
    story.register_is_silent()
    assert sorted(codes(story)) == ["check_civil_register", "checks_waiting", "submitted"]
    story.called()
    story.machine_checks_pass()
    passed = next(step for step in seen(story).steps if step.code == "checks_passed")
    assert "ทะเบียนราษฎร" in passed.body
    assert passed.state == "done"


def test_nobody_is_named(story: Story, sealed_audit: None) -> None:
    story.verified()
    story.recommended()
    story.decided()
    story.released(story.prepared())
    for lang in ("th", "en"):
        assert "ชื่อลับ" not in repr(seen(story, lang))
        assert "สมศรี" not in repr(seen(story, lang)), "the applicant's own name is not on this page either"


def test_what_is_missing_is_the_citizens_turn_and_stops_the_clock(story: Story) -> None:
    story.called()
    story.asked()
    timeline = seen(story)
    assert (timeline.stage, timeline.holder, timeline.state) == ("missing", "คุณ", "action")
    assert timeline.is_paused
    assert not timeline.is_late


def test_late_is_said_by_the_office_itself(story: Story) -> None:
    story.at = story.at.replace(month=10, day=1)
    story.called()
    timeline = seen(story)
    assert timeline.is_late
    assert timeline.days_left is not None
    assert timeline.days_left < 0
    assert timeline.late_words == f"เลยกำหนด {-timeline.days_left} วัน – สำนักงานทราบแล้ว"


def test_before_the_call_the_promise_is_what_the_person_was_told(story: Story) -> None:
    timeline = seen(story)
    assert timeline.promised_on is not None
    assert timeline.holder == "เจ้าหน้าที่รับเรื่อง"
    assert timeline.holder_office == "ศูนย์สมมติ"


def test_a_transfer_says_where_to(story: Story) -> None:
    story.called()
    story.moved()
    assert seen(story).holder_office == "ศูนย์ปลายทาง"
    assert any("ย้ายเรื่องไปศูนย์ปลายทาง" in step.title for step in seen(story).steps)


def test_waiting_for_budget_is_not_silence(story: Story) -> None:
    story.verified()
    story.recommended("wait_budget")
    assert seen(story).stage == "waiting_for_budget"
    assert "ไม่ต้องยื่นใหม่" in seen(story).next_step


def test_a_refusal_comes_with_reasons_and_a_way_on(story: Story) -> None:
    story.verified()
    story.recommended("refuse")
    story.decided("refuse")
    timeline = seen(story)
    assert timeline.stage == "refused"
    assert timeline.decision is not None
    reason = timeline.decision.reasons[0]
    assert (reason.sentence, reason.passed, reason.value) == ("รายได้ครอบครัวน้อย", True, "12,000 บาท")
    assert reason.source == "ผู้ขอแจ้ง"
    assert reason.law == "ระเบียบ พ.ศ. 2552 ข้อ 6"
    assert timeline.decision.why == "ตามระเบียบ"
    assert timeline.decision.appeal_until is not None


def test_an_appeal_has_its_own_clock_and_another_judge(story: Story) -> None:
    story.verified()
    story.recommended("refuse")
    story.decided("refuse")
    appeal = story.appealed()
    timeline = seen(story)
    assert timeline.stage == "appealed"
    assert timeline.promised_on is not None
    assert "ไม่ใช่คนที่ตัดสินครั้งแรก" in timeline.holder
    assert timeline.decision is not None
    assert timeline.decision.appeal_until is None, "appealing twice leads nowhere"
    story.appeal_settled(appeal, "upheld")
    assert seen(story).stage == "refused"
    assert "appeal_upheld" in codes(story)


def test_a_reversed_appeal_brings_the_request_back(story: Story) -> None:
    story.verified()
    story.recommended("refuse")
    story.decided("refuse")
    story.appeal_settled(story.appealed(), "reversed")
    assert seen(story).stage == "recommending"


def test_a_returned_payment_asks_for_another_account(story: Story, sealed_audit: None) -> None:
    story.verified()
    story.recommended()
    story.decided()
    story.released(story.prepared())
    story.bank_answers("returned", "closed")
    timeline = seen(story)
    assert (timeline.stage, timeline.state) == ("returned", "action")
    assert timeline.may_state_account
    assert any("บัญชีปิดแล้ว" in step.body for step in timeline.steps)


def test_a_sum_left_out_because_of_the_name_is_said_and_can_be_mended(story: Story) -> None:
    story.verified()
    story.recommended()
    story.decided()
    assert seen(story).stage == "approved"
    decision = Decision.objects.get(application_id=story.id)
    with story.arranged():
        ExclusionFactory.create(due=Due.objects.get(entitlement__decision_id=decision.pk), reason="name_mismatch")
    timeline = seen(story)
    assert (timeline.stage, timeline.state, timeline.may_state_account) == ("other_name", "action", True)
    story.prepared()
    assert seen(story).stage == "prepared", "once it stands on a list, the reason is gone"


def test_the_helper_is_named() -> None:
    story = Story(helper_name="นางสาวอารี ช่วยงาน", helper_relation="อสม.", channel="helper", consent_how="spoken")
    assert seen(story).helper == "นางสาวอารี ช่วยงาน"
    assert seen(story).steps[-1].body == "นางสาวอารี ช่วยงาน ช่วยยื่นให้ · ถึงศูนย์สมมติ"


def test_a_timeline_costs_few_queries(
    story: Story, sealed_audit: None, count_queries: Callable[..., AbstractContextManager[list[str]]]
) -> None:
    story.verified()
    story.recommended()
    story.decided()
    story.released(story.prepared())
    with count_queries(most=3):
        timeline_of(story.id, "th")


def test_the_version_is_the_same_for_the_same_facts_and_moves_at_midnight(story: Story) -> None:
    from datetime import timedelta

    from phueng.audit.clock import set_clock_offset

    first = version_of(story.id)
    assert version_of(story.id) == first
    set_clock_offset(timedelta(days=1))
    assert version_of(story.id) != first


def test_nothing_there_is_none(story: Story) -> None:
    from uuid import uuid4

    assert timeline_of(uuid4(), "th") is None
    assert version_of(uuid4()) == ""
