"""Does the queue show each officer what waits for them, soonest first, and nothing of anybody else's?"""

from datetime import timedelta

import pytest
from django.test import Client

from phueng.access.queries import account_by_id
from phueng.access.viewers import Viewer, viewer_of
from phueng.applications.actions import ask_for_missing_thing, triage_application
from phueng.audit.models import Entry
from phueng.commandline.testing import Counting
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.desk import queries
from phueng.desk.tests.scenes import MOMENT, at_desk, page_of, with_attention
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.models import UnreachedTask
from phueng.verification.actions import answer_check, start_checks
from phueng.verification.models import Check

pytestmark = pytest.mark.django_db
ON = in_bangkok(MOMENT).date()


def viewer(who: Staff) -> Viewer:
    account = account_by_id(who.account_id)
    assert account is not None
    return viewer_of(account)


def references(client: Client, address: str = "/desk/") -> list[str]:
    return [row.application.reference for row in client.get(address).context["rows"]]


def test_stage_follows_the_facts() -> None:
    fresh, (looked_at, _) = scenes.submitted(), with_attention()
    checked, proposed = scenes.verified(), scenes.recommended()
    waiting = scenes.recommended(outcome="wait_budget")
    granted, denied = scenes.approved(), scenes.refused()
    asked = scenes.verified()
    ask_for_missing_thing(
        by=scenes.SOCIAL_WORKER, at=MOMENT, application_id=asked.pk, question_code="photo_home", note="ขอภาพบ้าน"
    )
    running, unseen = scenes.submitted(), scenes.submitted()
    for case in (running, unseen):
        triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=case.pk, category="new")
        start_checks(by=scenes.WORKER, at=MOMENT, application_id=case.pk)
    for check in Check.objects.filter(application=unseen).exclude(kind="home_visit"):
        answer_check(
            by=scenes.WORKER, at=MOMENT, check_id=check.pk, outcome="passed", source="test",
            answer={"code": "right", "th": "ถูกต้อง", "en": "Right"},
        )  # fmt: skip
    wanted = {
        running.pk: "checking", unseen.pk: "to_visit",
        fresh.pk: "to_triage", looked_at.pk: "attention", checked.pk: "to_recommend", asked.pk: "asked",
        proposed.application_id: "to_decide", waiting.application_id: "waiting_budget",
        granted.application_id: "approved", denied.application_id: "refused",
    }  # fmt: skip
    found = queries.staged(queries.cases_for(viewer(people.SOCIAL_WORKER)).filter(pk__in=wanted))
    assert {one.pk: queries.stage_of(one).code for one in found} == wanted


def test_each_role_finds_its_own_work_first() -> None:
    fresh = scenes.submitted()
    proposed = scenes.recommended().application
    assert fresh.reference in references(at_desk(people.FRONT_DESK))
    assert proposed.reference not in references(at_desk(people.FRONT_DESK))
    approver = references(at_desk(people.APPROVER))
    assert proposed.reference in approver
    assert fresh.reference not in approver
    assert {fresh.reference, proposed.reference} <= set(references(at_desk(people.APPROVER), "/desk/?show=all"))


def test_an_auditor_sees_and_counts_every_office() -> None:
    mine, theirs = scenes.submitted(), scenes.submitted(scheme_code="old_age")
    page = at_desk(people.AUDITOR).get("/desk/?show=all")
    found = [row.application.reference for row in page.context["rows"]]
    assert {mine.reference, theirs.reference} <= set(found)
    counts = queries.counts_of_queue(viewer(people.AUDITOR), ON)
    assert counts["all"] == queries.open_cases(viewer(people.AUDITOR)).count() >= 2
    assert counts["mine"] == 0


def test_emergency_then_new_then_time_left() -> None:
    late, soon = scenes.submitted(), scenes.submitted()
    triage_application(by=scenes.FRONT_DESK, at=MOMENT - timedelta(days=30), application_id=late.pk, category="known")
    triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=soon.pk, category="known")
    fresh, urgent = scenes.submitted(), scenes.submitted(urgency="no_food")
    mine = {one.pk for one in (late, soon, fresh, urgent)}
    rows = [one.pk for one in queries.in_order(queries.open_cases(viewer(people.SOCIAL_WORKER))) if one.pk in mine]
    assert rows == [urgent.pk, fresh.pk, late.pk, soon.pk]


def test_another_province_sees_neither_queue_line_nor_case() -> None:
    case = scenes.recommended().application
    stranger = at_desk(people.OTHER_APPROVER)
    assert case.reference not in references(stranger, "/desk/?show=all")
    assert case.reference not in references(stranger, f"/desk/?q={case.reference}")
    assert stranger.get(page_of(case)).status_code == 404
    assert stranger.post(page_of(case, "decide/"), {"outcome": "approve"}).status_code == 404


def test_search_in_any_writing_and_written_down() -> None:
    case = scenes.submitted()
    client = at_desk(people.SOCIAL_WORKER)
    messy = f" {format_reference(case.reference).lower()} "
    assert references(client, f"/desk/?q={messy}") == [case.reference]
    assert case.reference in references(client, "/desk/?q=บุญมี")
    entry = Entry.objects.filter(act="desk.search", is_read=True).latest("id")
    assert entry.actor_id == people.SOCIAL_WORKER.account_id
    assert entry.why == "บุญมี"


def test_search_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.desk.views.queue.SEARCHES", 2)
    client = at_desk(people.FRONT_DESK)
    assert [client.get("/desk/?q=ก").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/desk/").status_code == 200, "the queue itself is not a search"


@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/?show=all", "/desk/?q=บุญมี", "/desk/?show=done", "/desk/?show=all&lang_=x"]
)
def test_at_most_twelve_queries(count_queries: Counting, address: str) -> None:
    for _ in range(3):
        scenes.submitted()
        scenes.recommended()
    scenes.approved()
    client = at_desk(people.SOCIAL_WORKER)
    client.get(address)
    with count_queries(most=12) as seen:
        assert client.get(address).status_code == 200
    few = len(seen)
    for _ in range(3):
        scenes.recommended()
    with count_queries() as seen:
        client.get(address)
    assert len(seen) == few, "one more case costs no more queries"


def test_pages_of_25(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.desk.views.queue.PAGE", 2)
    made = {scenes.submitted().reference for _ in range(3)}
    client = at_desk(people.FRONT_DESK)
    response = client.get("/desk/?show=new")
    total = response.context["page"].paginator.num_pages
    seen = [one for n in range(1, total + 1) for one in references(client, f"/desk/?show=new&page={n}")]
    assert made <= set(seen)
    assert len(seen) == len(set(seen))


def unreached(case: object, **more: str) -> UnreachedTask:
    return UnreachedTask.objects.create(
        subject_kind="application", subject_id=case.pk, reason_code="no_phone", made_at=MOMENT,  # type: ignore[attr-defined]
        dedupe_key=f"test:{case.pk}", template_code="application_received", **more,  # type: ignore[attr-defined]
    )  # fmt: skip


def test_unreached_task_is_settled_with_words() -> None:
    case = scenes.submitted()
    task = unreached(case)
    client = at_desk(people.FRONT_DESK)
    page = client.get("/desk/unreached/")
    assert case.applicant_name in page.content.decode()
    empty = client.post(f"/desk/unreached/{task.pk}/", {"outcome": " "})
    assert empty.status_code == 422
    done = client.post(f"/desk/unreached/{task.pk}/", {"outcome": "ฝากผู้ใหญ่บ้านบอกแล้ว"})
    assert done.status_code == 302
    task.refresh_from_db()
    assert (task.outcome, task.settled_by_id) == ("ฝากผู้ใหญ่บ้านบอกแล้ว", people.FRONT_DESK.account_id)
    again = client.post(f"/desk/unreached/{task.pk}/", {"outcome": "โทรแล้ว"}, follow=True)
    assert "ฝากผู้ใหญ่บ้านบอกแล้ว" in again.content.decode(), "a colleague was faster: told, not overwritten"


def test_unreached_task_of_another_office_is_not_there() -> None:
    task = unreached(scenes.submitted())
    client = at_desk(people.MUNICIPAL_OFFICER)
    assert client.post(f"/desk/unreached/{task.pk}/", {"outcome": "x"}).status_code == 404
