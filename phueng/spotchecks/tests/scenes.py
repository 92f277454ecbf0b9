"""How does a test get a run whose sample was drawn, and somebody of another province who asks?"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from phueng.access.models import Duty
from phueng.access.tests.factories import AccountFactory
from phueng.audit.actors import Actor
from phueng.decisions.tests.scenes import CITIZEN, trace
from phueng.demo import people
from phueng.payments.models import Run
from phueng.payments.tests import scenes as money
from phueng.payments.tests.scenes import NOON
from phueng.places.identity import office_id
from phueng.places.models import Office
from phueng.spotchecks.actions import draw_sample, record_interview
from phueng.spotchecks.models import Draw, Interview, Sheet

WORKER = money.WORKER
PERSON = CITIZEN
AUDITOR = money.actor(people.AUDITOR)
LATER = NOON + timedelta(days=3)
CHIANG_MAI = office_id("CMI-DPC")
IN_CHIANG_MAI = people.OTHER_APPROVER.account_id


def paid(count: int = 1) -> Run:
    """A run of the centre of Khon Kaen; every payment arrived."""
    run = money.released(count)
    money.answered(run.lines.all())
    return Run.objects.select_related("office").get(pk=run.pk)


def drawn(count: int = 1) -> Draw:
    return draw_sample(by=WORKER, at=NOON, run_id=paid(count).pk)


def first(count: int = 1) -> Interview:
    """The first of the sample."""
    return drawn(count).interviews.select_related("office", "line", "draw__run").get(place=1)


def interviewer(one: Interview) -> Actor:
    """Who may ask: the cast member of the office that the seed chose."""
    staff = {"CMI-DPC": people.OTHER_APPROVER, "UDN-DPC": people.PAIRED_APPROVER}
    return money.actor(staff[one.office.code])


def asked(one: Interview | None = None, **said: Any) -> Sheet:
    """All of it came, unless `said` says otherwise."""
    one = one or first()
    words: dict[str, Any] = {
        "received": "full", "asked_back": "no", "signed_self": "yes", "knows_application": "yes",
        "by": interviewer(one), "at": LATER,
    }  # fmt: skip
    return record_interview(interview_id=one.pk, **words | said)


def officer_of(office: Office, role: str) -> Actor:
    """A new account with this duty."""
    with transaction.atomic():
        trace()
        account = AccountFactory.create()
        Duty.objects.create(account=account, role=role, office=office, starts_on=date(2026, 1, 1))
    return Actor("staff", account.pk, "เจ้าหน้าที่", role, office.code, "test")
