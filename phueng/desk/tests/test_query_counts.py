"""Does every page of the desk ask the database little, and no more when there is more to show?

Counted as a browser pays for it: session, account, duties and the journal's own entry included.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from phueng.applications.actions import claim_case, release_case, take_over_case
from phueng.applications.models import Application
from phueng.commandline.testing import Counting
from phueng.decisions.actions import call_meeting, lodge_appeal, put_on_agenda
from phueng.decisions.queries import decisions_of
from phueng.decisions.tests import scenes
from phueng.decisions.tests.scenes import Applicant
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.desk import queries
from phueng.desk.tests.scenes import MOMENT, at_desk, page_of, with_attention
from phueng.notices.models import UnreachedTask
from phueng.places.identity import office_id
from phueng.registry.actions import join_household, register_person
from phueng.verification.actions import start_visit

pytestmark = pytest.mark.django_db
MOST = 12
KHON_KAEN = office_id("KKN-DPC")


@dataclass
class Town:
    """Cases in every stage at one office, and what hangs on them; `grow` adds as much again to each page."""

    cases: dict[str, Application] = field(default_factory=dict)
    meeting: str = ""
    visit: str = ""
    appeal: str = ""
    who: Applicant = field(default_factory=scenes.new_applicant)

    def grow(self) -> "Town":
        """More of everything: cases, entries, members of the household, meetings, tasks."""
        made = {
            "fresh": scenes.submitted(), "attention": with_attention()[0], "verified": scenes.verified(),
            "recommended": scenes.recommended().application, "approved": scenes.approved(self.who).application,
            "refused": scenes.refused().application,
        }  # fmt: skip
        self.cases = {**made, **self.cases}
        for case in made["verified"], *self.cases.values():
            if Application.objects.get(pk=case.pk).closed_at is None:
                take_over_case(by=scenes.SOCIAL_WORKER, at=MOMENT, application_id=case.pk)
                release_case(by=scenes.SOCIAL_WORKER, at=MOMENT, application_id=case.pk)
        claim_case(by=scenes.SOCIAL_WORKER, at=MOMENT, application_id=made["verified"].pk)
        self._look_after(made["fresh"])
        self._appeal(made["refused"])
        self._meet(made["recommended"])
        self._move_in()
        return self

    def _look_after(self, case: Application) -> None:
        scenes.triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=case.pk, category="known")
        visit = start_visit(by=scenes.SOCIAL_WORKER, at=MOMENT, application_id=case.pk)
        self.visit = self.visit or str(visit.pk)
        UnreachedTask.objects.create(
            subject_kind="application", subject_id=case.pk, reason_code="no_phone", made_at=MOMENT,
            dedupe_key=f"test:{case.pk}", template_code="application_received",
        )  # fmt: skip

    def _appeal(self, case: Application) -> None:
        decision = decisions_of([case.pk])[case.pk].decisions[-1]
        lodged = lodge_appeal(
            by=scenes.FRONT_DESK, at=MOMENT, decision_id=decision.pk, grounds="ไม่จริง", channel="counter"
        )
        self.appeal = self.appeal or str(lodged.reference)

    def _meet(self, case: Application) -> None:
        by, at = scenes.APPROVER, MOMENT
        meeting = call_meeting(
            by=by, at=at, office_id=KHON_KAEN, scheme_code="family", held_at=at + timedelta(days=2), quorum=2
        )
        self.meeting = self.meeting or str(meeting.pk)
        waiting = decisions_of([case.pk])[case.pk].recommendations[-1]
        put_on_agenda(by=by, at=at, meeting_id=UUID(self.meeting), recommendation_id=waiting.pk)

    def _move_in(self) -> None:
        said: dict[str, Any] = {"by": scenes.WORKER, "at": MOMENT, "source": "application"}
        person = register_person(
            **said, title="นาย", first_name="บุญมา", last_name="ทดสอบดี", sex="m", nationality="THA",
            born_on=date(1990, 3, 12), born_precision="day", no_id_reason="never_registered",
        )  # fmt: skip
        join_household(
            **said, person_id=person.pk, household_id=self.who.household_id, role="child", starts_on=date(2020, 1, 1)
        )


Page = tuple[Staff, Callable[[Town], str]]
PAGES: dict[str, Page] = {
    "queue": (people.SOCIAL_WORKER, lambda town: "/desk/"),
    "queue of an approver": (people.APPROVER, lambda town: "/desk/?show=all"),
    "search": (people.SOCIAL_WORKER, lambda town: "/desk/?q=บุญมี"),
    "search of an approver": (people.APPROVER, lambda town: "/desk/?q=บุญมี"),
    "finished": (people.APPROVER, lambda town: "/desk/?show=done"),
    "fresh case": (people.FRONT_DESK, lambda town: page_of(town.cases["fresh"])),
    "case with a doubt": (people.SOCIAL_WORKER, lambda town: page_of(town.cases["attention"])),
    "case to recommend": (people.SOCIAL_WORKER, lambda town: page_of(town.cases["verified"])),
    "case to decide": (people.APPROVER, lambda town: page_of(town.cases["recommended"])),
    "paid case": (people.APPROVER, lambda town: page_of(town.cases["approved"])),
    "appealed case": (people.AUDITOR, lambda town: page_of(town.cases["refused"])),
    "checks of a case": (people.SOCIAL_WORKER, lambda town: page_of(town.cases["attention"], "checks/")),
    "people": (people.SOCIAL_WORKER, lambda town: "/desk/people/?q=ทดสอบ"),
    "person": (people.SOCIAL_WORKER, lambda town: f"/desk/people/{town.cases['approved'].person_id}/"),
    "visit": (people.SOCIAL_WORKER, lambda town: f"/desk/visits/{town.visit}/"),
    "page of a visit": (people.SOCIAL_WORKER, lambda town: f"/desk/visits/{town.visit}/money/"),
    "unreached": (people.FRONT_DESK, lambda town: "/desk/unreached/"),
    "meetings": (people.APPROVER, lambda town: "/desk/meetings/"),
    "meeting": (people.APPROVER, lambda town: f"/desk/meetings/{town.meeting}/"),
    "appeals": (people.AUDITOR, lambda town: "/desk/appeals/"),
    "appeal": (people.AUDITOR, lambda town: f"/desk/appeals/{town.appeal}/"),
    "journal": (people.AUDITOR, lambda town: "/desk/audit/"),
    "accounts": (people.ADMINISTRATOR, lambda town: "/desk/administration/"),
    "account": (
        people.ADMINISTRATOR,
        lambda town: f"/desk/administration/accounts/{people.APPROVER.account_id}/",
    ),
    "delegations": (people.ADMINISTRATOR, lambda town: "/desk/administration/delegations/"),
    "calendar": (people.ADMINISTRATOR, lambda town: "/desk/administration/calendar/"),
    "offices": (people.ADMINISTRATOR, lambda town: "/desk/administration/offices/"),
    "stuck": (people.ADMINISTRATOR, lambda town: "/desk/administration/stuck/"),
}


def opened(page: str, town: Town) -> tuple[Client, str]:
    """The page opened once, so that what is kept in memory is there."""
    who, address = PAGES[page]
    client = at_desk(who)
    assert client.get(address(town)).status_code == 200, address(town)
    return client, address(town)


@pytest.mark.parametrize("page", list(PAGES))
def test_at_most_twelve(page: str, count_queries: Counting) -> None:
    client, address = opened(page, Town().grow())
    with count_queries(most=MOST):
        client.get(address)


def counts(town: Town, count_queries: Counting) -> dict[str, int]:
    """How often each page asks."""
    asked = {}
    for page in PAGES:
        client, address = opened(page, town)
        with count_queries() as seen:
            client.get(address)
        asked[page] = len(seen)
    return asked


def test_more_rows_cost_no_more_queries(count_queries: Counting) -> None:
    town = Town().grow()
    before = counts(town, count_queries)
    assert counts(town.grow(), count_queries) == before


def test_a_query_for_each_row_would_be_seen(count_queries: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the queue as it would be with one question a line."""
    town, rows = Town().grow(), queries.queue_rows

    def asking_each(page: Any, at: Any) -> Any:
        return [row for one in page for row in rows([one], at)]

    monkeypatch.setattr(queries, "queue_rows", asking_each)
    client, address = opened("queue", town)
    with count_queries() as before:
        client.get(address)
    town.grow()
    with count_queries() as after:
        client.get(address)
    assert len(after) > len(before)
    with pytest.raises(pytest.fail.Exception), count_queries(most=MOST):
        client.get(address)
