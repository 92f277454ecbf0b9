"""What happens when the same button is pressed 32 times at once?"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections

from phueng.applications.actions import submit_application
from phueng.applications.models import Application
from phueng.applications.tests.factories import CITIZEN, MOMENT, draft, filled_draft, submitted
from phueng.audit.models import Entry
from phueng.documents.models import Letter
from phueng.notices.models import Message
from phueng.questionnaires.models import Sheet

THREADS = 32


def at_once(act: Any) -> list[Any]:
    def one(_: int) -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_many_submits_make_one_application_one_message_and_one_slip(committed_db: Any) -> None:
    application = filled_draft()
    sent = at_once(lambda: submit_application(by=CITIZEN, at=MOMENT, application_id=application.id))
    assert {one.submitted_at for one in sent} == {MOMENT}
    assert Application.objects.filter(state="submitted").count() == 1
    assert Message.objects.filter(subject_id=application.id).count() == 1
    assert Letter.objects.filter(subject_id=application.id).count() == 1
    assert Entry.objects.filter(act="applications.submit", subject_id=application.id).count() == 1


def test_many_requests_to_one_office_are_numbered_without_gap_or_twin(committed_db: Any) -> None:
    drafts = iter([filled_draft() for _ in range(THREADS)])
    at_once(lambda: submit_application(by=CITIZEN, at=MOMENT, application_id=next(drafts).id))
    assert sorted(Letter.objects.values_list("running_no", flat=True)) == list(range(1, THREADS + 1))


def test_many_starts_from_one_page_make_one_draft_and_one_sheet(committed_db: Any) -> None:
    once = uuid4()
    made = at_once(lambda: draft(once=once).reference)
    assert len(set(made)) == 1
    assert (Application.objects.count(), Sheet.objects.count()) == (1, 1)


def test_the_database_refuses_a_change_without_a_trace(committed_db: Any) -> None:
    application = submitted()
    with pytest.raises(IntegrityError, match="left no audit entry"):
        Application.objects.filter(id=application.id).update(is_emergency=True)
