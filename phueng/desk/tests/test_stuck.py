"""Does whoever runs the service see what stands still and who took a bait, within the minute, and nobody's record?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phueng.access.actions import set_baits
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.demo import people
from phueng.desk.stuck import alarms, stuck
from phueng.desk.tests.scenes import at_desk
from phueng.documents.models import Evidence
from phueng.documents.tests.factories import EvidenceFactory

pytestmark = pytest.mark.django_db


def test_a_bait_that_is_taken_stands_on_the_page_at_once(db: Any) -> None:
    bait = set_baits(count=1, planted_where="old backup", by=SYSTEM("test"), at=now())[0]
    Client(REMOTE_ADDR="203.0.113.7").post("/track/", {"reference": bait, "birth_date": "1/2/2491"})
    (alarm,) = alarms(now())
    assert (alarm.network, now() - alarm.at < timedelta(seconds=60)) == ("203.0.113.0/24", True)
    assert alarms(now() + timedelta(days=31)) == []


@pytest.mark.parametrize("who", [people.ADMINISTRATOR, people.AUDITOR])
def test_the_page_opens_for_those_who_run_and_those_who_audit(db: Any, who: people.Staff) -> None:
    bait = set_baits(count=1, planted_where="old backup", by=SYSTEM("test"), at=now())[0]
    Client(REMOTE_ADDR="203.0.113.7").post("/track/", {"reference": bait, "birth_date": "1/2/2491"})
    page = at_desk(who).get("/desk/administration/stuck/").content.decode()
    assert "203.0.113.0/24" in page
    assert "งานที่ค้าง" in page
    assert bait not in page
    assert ("/desk/administration/offices/" in page) is (who is people.ADMINISTRATOR)


def test_what_waits_longer_than_a_quarter_of_an_hour_is_counted_with_its_moment(db: Any) -> None:
    set_baits(count=1, planted_where="so that rows by factory have a trace", by=SYSTEM("test"), at=now())
    at = now()
    EvidenceFactory(received_at=at - timedelta(minutes=16))
    EvidenceFactory(received_at=at - timedelta(minutes=14))
    Evidence.objects.update(examined_at=None, cleaned=None, thumbnail=None)
    rows = {one.en: one for one in stuck(at)}
    waiting = rows["Files waiting to be examined"]
    assert (waiting.count, waiting.since) == (1, at - timedelta(minutes=16))
    assert rows["Payment files not sent to the bank"].count == 0
    assert len(rows) == 8
