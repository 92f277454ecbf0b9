"""Who sits at the desk in a test, and what lies on it? Officers are the cast, cases come through the real acts."""

from typing import Any
from uuid import uuid4

from django.test import Client

from phueng.access import sessions
from phueng.access.models import Account
from phueng.applications.models import Application
from phueng.calendars.models import Clock
from phueng.decisions.tests import scenes
from phueng.demo.people import Staff
from phueng.verification.actions import answer_check, start_checks
from phueng.verification.models import Check

MOMENT = scenes.MOMENT


def at_desk(who: Staff) -> Client:
    """A browser in which this officer has just signed in."""
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    at = sessions.moment()
    session[sessions.SIGNED_IN_AT] = session[sessions.SEEN_AT] = session[sessions.FACTOR_AT] = at
    session.save()
    return client


def page_of(application: Application, act: str = "") -> str:
    """The address of a case or of one act on it."""
    return f"/desk/applications/{application.reference}/{act}"


def with_attention(**changed: Any) -> tuple[Application, Check]:
    """A triaged case whose civil register check found another spelling."""
    application = scenes.submitted(**changed)
    scenes.triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=application.pk, category="known")
    start_checks(by=scenes.WORKER, at=MOMENT, application_id=application.pk)
    check = Check.objects.get(application=application, kind="civil_register")
    answer: dict[str, Any] = {
        "code": "register_differs", "th": "มีข้อมูลไม่ตรง", "en": "Something differs", "stops_others": False,
        "facts": [
            {
                "code": "name", "label_th": "ชื่อ", "label_en": "Name", "stated": "บุญมี ทดสอบดี", "found": "บุญมีย์ ทดสอบดี",
                "verdict": "spelling", "source": "civil_register", "as_of": MOMENT.isoformat(),
            }
        ],
    }  # fmt: skip
    answer_check(
        by=scenes.WORKER, at=MOMENT, check_id=check.pk, outcome="attention", answer=answer, source="civil_register"
    )
    return application, Check.objects.get(pk=check.pk)


def due_of(application: Application) -> Clock:
    """The running clock of a case."""
    return Clock.objects.get(subject_id=application.pk, stopped_at=None)


NOWHERE = uuid4()
