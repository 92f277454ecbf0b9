"""What do an application and the acts around it look like in a test?

Rows by factory for what only needs a row; `draft`, `filled_draft` and `submitted` go through the real actions.
"""

# mypy: allow-untyped-calls

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from phueng.applications.actions import save_application_answers, start_application, submit_application
from phueng.applications.models import Application, Claim, Forwarding, MissingThing, Transfer, Triage, Wiping
from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.kernel.national_id import demo_national_id
from phueng.kernel.references import new_reference
from phueng.places.models import Office, OfficeArea, Province, Subdistrict
from phueng.places.queries import forget_lists
from phueng.places.tests.factories import OfficeFactory, SubdistrictFactory
from phueng.questionnaires.tests.factories import SheetFactory
from phueng.schemes.catalogue import questionnaire

MOMENT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CITIZEN = Actor("citizen", None, "ผู้ขอ", "citizen")
SUBDISTRICT = "990101"


def officer(role: str = "social_worker", *, number: int = 1, office_code: str = "TEST-CENTRE") -> Actor:
    """An officer by role; the same number is the same account."""
    return Actor("staff", UUID(int=number), f"เจ้าหน้าที่ {number}", role, office_code)


class ApplicationFactory(DjangoModelFactory[Application]):
    """A draft of the family grant without answers."""

    class Meta:
        model = Application

    reference = LazyFunction(new_reference)
    scheme_code = "family"
    channel = "web"
    sheet = SubFactory(SheetFactory)
    started_at = MOMENT
    started_by_key = "0" * 64


class SubmittedApplicationFactory(ApplicationFactory):
    """A row that was submitted to a municipality; its sheet is empty."""

    scheme_code = "old_age"
    state = "submitted"
    submitted_at = MOMENT
    applicant_name = "นางสมศรี ใจดี"
    birth_on = date(1948, 2, 1)
    contact_phone = "+66812345678"
    office = SubFactory(OfficeFactory)


class TriageFactory(DjangoModelFactory[Triage]):
    """A triage without its clock."""

    class Meta:
        model = Triage

    application = SubFactory(SubmittedApplicationFactory)
    category = "known"
    triaged_at = MOMENT
    triaged_by_id = LazyFunction(uuid4)
    triaged_by_name = "เจ้าหน้าที่"


class TransferFactory(DjangoModelFactory[Transfer]):
    """A move to another office."""

    class Meta:
        model = Transfer

    application = SubFactory(SubmittedApplicationFactory)
    from_office = SubFactory(OfficeFactory)
    to_office = SubFactory(OfficeFactory)
    why = "ผู้ขอย้ายไปอยู่กับลูก"
    transferred_at = MOMENT
    transferred_by_id = LazyFunction(uuid4)
    transferred_by_name = "เจ้าหน้าที่"


class MissingThingFactory(DjangoModelFactory[MissingThing]):
    """Something asked for, not yet answered."""

    class Meta:
        model = MissingThing

    application = SubFactory(SubmittedApplicationFactory)
    question_code = "photo_home"
    note = "ขอภาพที่พักด้านนอก"
    asked_at = MOMENT
    asked_by_id = LazyFunction(uuid4)
    asked_by_name = "เจ้าหน้าที่"


class ForwardingFactory(DjangoModelFactory[Forwarding]):
    """A request that went elsewhere."""

    class Meta:
        model = Forwarding

    application = SubFactory(SubmittedApplicationFactory)
    to_agency = "สำนักงานจัดหางานจังหวัด"
    receipt_reference = "รง 0123/2569"
    why = "ผู้ขอต้องการหางาน"
    forwarded_at = MOMENT
    forwarded_by_id = LazyFunction(uuid4)
    forwarded_by_name = "เจ้าหน้าที่"


class WipingFactory(DjangoModelFactory[Wiping]):
    """A case that was let go; the database insists that its time is over."""

    class Meta:
        model = Wiping

    application = SubFactory(SubmittedApplicationFactory)
    last_act_on = date(2010, 11, 16)
    last_day = date(2021, 10, 1)
    wiped_at = MOMENT


class ClaimFactory(DjangoModelFactory[Claim]):
    """Somebody works on it for half an hour."""

    class Meta:
        model = Claim

    application = SubFactory(SubmittedApplicationFactory)
    account_id = LazyFunction(uuid4)
    account_name = "เจ้าหน้าที่"
    claimed_at = MOMENT
    ends_at = MOMENT + timedelta(minutes=30)


def settle_area() -> Office:
    """An invented subdistrict with a centre and a municipality that answer for it. Returns the centre."""
    with transaction.atomic():
        place = Subdistrict.objects.filter(code=SUBDISTRICT).first()
        if place is None:
            place = SubdistrictFactory.create(code=SUBDISTRICT, district__code="9901")
        province = Province.objects.get(code="99")
        centre, _ = Office.objects.get_or_create(
            code="TEST-CENTRE",
            defaults={"kind": "centre", "name_th": "ศูนย์สมมติ", "name_en": "Invented Centre", "province": province},
        )
        municipality, _ = Office.objects.get_or_create(
            code="TEST-MUNI",
            defaults={
                "kind": "municipality",
                "name_th": "เทศบาลสมมติ",
                "name_en": "Invented Town",
                "province": province,
            },
        )
        OfficeArea.objects.get_or_create(office=centre, kind="centre", province=province)
        OfficeArea.objects.get_or_create(office=municipality, kind="municipality", subdistrict=place)
        record(by=Actor("system", None, "test", "system"), at=MOMENT, act="places.load", subject=("office", centre.id))
    forget_lists()
    return centre


def family_answers(**changed: Any) -> dict[str, Any]:
    """Everything a woman of 78 with a phone and a bank account types for the family grant."""
    typed: dict[str, Any] = {
        "applying_for": "self",
        "full_name": {"title": "นาง", "first_name": "สมศรี", "last_name": "ใจดี"},
        "has_national_id": "yes",
        "national_id": demo_national_id(1),
        "birth_date": "1/2/2491",
        "has_phone": "yes",
        "phone": "081-234-5678",
        "stays_at": {"province_code": "99", "district_code": "9901", "subdistrict_code": SUBDISTRICT, "house_no": "99/1", "moo": "3"},
        "household_size": "๒",
        "hardship": "lost_income",
        "urgency": "can_wait",
        "story": "ขายของไม่ได้ ไม่มีรายได้มาสองเดือน",
        "household_income": "12,000",
        "help_received": ["none"],
        "pay_to": "bank",
        "bank_account": {"bank_code": "006", "number": "1234567890", "holder": "สมศรี ใจดี"},
        "photo_home": [],
        "photo_person": [],
        "photo_identity_card": [],
        "photo_passbook": [],
    }  # fmt: skip
    return typed | changed


def draft(*, by: Actor = CITIZEN, at: datetime = MOMENT, **changed: Any) -> Application:
    """A draft through the real action."""
    said: dict[str, Any] = {"scheme_code": "family", "device_key": "a device of the tests", **changed}
    return start_application(by=by, at=at, **said)


def filled_draft(
    *, by: Actor = CITIZEN, at: datetime = MOMENT, typed: dict[str, Any] | None = None, **changed: Any
) -> Application:
    """A draft with every page answered, page by page, in an area with offices."""
    settle_area()
    application = draft(by=by, at=at, **changed)
    answers = family_answers() if typed is None else typed
    for page in questionnaire(application.scheme_code).pages:
        on_page = {code: answers[code] for code in page.questions if code in answers}
        if on_page:
            save_application_answers(by=by, at=at, application_id=application.id, page_code=page.code, typed=on_page)
    return application


def submitted(*, by: Actor = CITIZEN, at: datetime = MOMENT, **changed: Any) -> Application:
    """A request that was sent, through the real actions."""
    application = filled_draft(by=by, at=at, **changed)
    return submit_application(by=by, at=at, application_id=application.id)
