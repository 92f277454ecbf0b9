"""How does a request begin? With a reference and an empty sheet, so that nothing typed is ever without a home."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from phueng.applications.models import Application
from phueng.applications.refusals import CONSENT_NEEDED, HELPER_NEEDED
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.references import new_reference
from phueng.kernel.thai_text import clean_text
from phueng.questionnaires.actions import start_sheet
from phueng.schemes.catalogue import questionnaire, scheme


def device_mark(device_key: str) -> str:
    """The hash under which a device is remembered; the key itself stays in the device's cookie."""
    return sha256(device_key.encode()).hexdigest()


@action
def start_application(
    *,
    by: Actor,
    at: datetime,
    scheme_code: str,
    device_key: str,
    channel: str = "web",
    language: str = "th",
    entered_by_id: UUID | None = None,
    helper_name: str = "",
    helper_phone: str = "",
    helper_relation: str = "",
    consent_how: str = "",
    consent_witness: str = "",
    is_emergency: bool = False,
    once: UUID | None = None,
) -> Application:
    """A draft. `once` comes from the page that was posted: a double click finds the draft it made before.

    On behalf of somebody else (counter, helper) it must be said how that person agreed. Raises UnknownScheme and
    Refused("consent_needed" | "helper_name_needed").
    """
    known = scheme(scheme_code)
    if channel != "web" and not consent_how:
        raise Refused(CONSENT_NEEDED)
    if channel == "helper" and not clean_text(helper_name):
        raise Refused(HELPER_NEEDED)
    mark = device_mark(device_key)
    existing = Application.objects.filter(id=once, started_by_key=mark).first() if once else None
    if existing is not None:
        return existing
    application = Application(
        id=once or uuid4(),
        reference=new_reference(),
        scheme_code=known.code,
        channel=channel,
        language=language,
        started_at=at,
        started_by_key=mark,
        entered_by_id=entered_by_id,
        helper_name=clean_text(helper_name, 200),
        helper_phone=helper_phone[:16],
        helper_relation=clean_text(helper_relation, 60),
        consent_how=consent_how[:30],
        consent_witness=clean_text(consent_witness, 200),
        is_emergency=is_emergency,
    )
    try:
        with transaction.atomic():
            application.sheet = start_sheet(by=by, at=at, questionnaire=questionnaire(known.code))
            application.save(force_insert=True)
    except IntegrityError:
        # The other click of a double click was faster; its draft is the one.
        return Application.objects.get(id=application.id, started_by_key=mark)
    record(
        by=by,
        at=at,
        act="applications.start",
        subject=("application", application.id),
        after={
            "reference": application.reference,
            "scheme": known.code,
            "channel": channel,
            "consent_how": application.consent_how,
            "is_emergency": is_emergency,
        },
    )
    return application
