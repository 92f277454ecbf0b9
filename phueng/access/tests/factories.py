"""One of each row of access, for tests; and viewers who hold a duty."""

# mypy: allow-untyped-calls

import uuid
from datetime import UTC, date, datetime, timedelta

from django.test import Client
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from phueng.access import sessions
from phueng.access.models import (
    Account,
    BaitReference,
    BorrowedHand,
    Delegation,
    Duty,
    Hand,
    LimitEvent,
    OneTimeCode,
    ParkedForm,
    SignInEvent,
)
from phueng.access.viewers import Viewer, viewer_of
from phueng.places.models import Office
from phueng.places.tests.factories import OfficeFactory

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PASSWORD = "ข้าวเหนียวส้มตำไก่ย่าง"


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"officer{n}")
    display_name_th = Sequence(lambda n: f"เจ้าหน้าที่ {n}")
    display_name_en = Sequence(lambda n: f"Officer {n}")
    kind = "staff"
    opened_at = AT
    password = Password(PASSWORD)


class DutyFactory(DjangoModelFactory[Duty]):
    class Meta:
        model = Duty

    account = SubFactory(AccountFactory)
    role = "social_worker"
    office = SubFactory(OfficeFactory)
    starts_on = date(2020, 1, 1)


class DelegationFactory(DjangoModelFactory[Delegation]):
    class Meta:
        model = Delegation

    office = SubFactory(OfficeFactory)
    role = "approver"
    up_to_satang = 300_000
    starts_on = date(2020, 1, 1)
    reference = "คำสั่งกรม 1/2563"


class HandFactory(DjangoModelFactory[Hand]):
    class Meta:
        model = Hand

    case_id = LazyFunction(uuid.uuid4)
    hand = "recorder"
    account = SubFactory(AccountFactory)
    laid_at = AT


class BorrowedHandFactory(DjangoModelFactory[BorrowedHand]):
    """An office asks the one it is paired with for an approver."""

    class Meta:
        model = BorrowedHand

    case_id = LazyFunction(uuid.uuid4)
    hand = "approver"
    from_office = SubFactory(OfficeFactory)
    asking_office = SubFactory(OfficeFactory, paired_office=SelfAttribute("..from_office"))
    asked_by = LazyAttribute(lambda made: DutyFactory.create(office=made.asking_office).account)
    asked_at = AT
    why = "ผู้อนุมัติคนเดียวลาป่วย"


class OneTimeCodeFactory(DjangoModelFactory[OneTimeCode]):
    class Meta:
        model = OneTimeCode

    purpose = "tracking"
    subject_id = LazyFunction(uuid.uuid4)
    phone = "+66812345678"
    code_hash = Sequence(lambda n: f"{n:064x}")
    text_to_send = "รหัสที่พึ่ง 123456"
    created_at = AT
    expires_at = AT + timedelta(minutes=10)


class ParkedFormFactory(DjangoModelFactory[ParkedForm]):
    class Meta:
        model = ParkedForm

    account = SubFactory(AccountFactory)
    path = "/desk/"
    sealed = b"\x02k1"
    parked_at = AT
    expires_at = AT + timedelta(days=1)


class SignInEventFactory(DjangoModelFactory[SignInEvent]):
    class Meta:
        model = SignInEvent

    account = SubFactory(AccountFactory)
    outcome = "signed_in"
    at = AT


class LimitEventFactory(DjangoModelFactory[LimitEvent]):
    class Meta:
        model = LimitEvent

    key_hash = Sequence(lambda n: f"{n:064x}")
    at = AT


def give_step_up(client: Client, purpose: str, account_id: uuid.UUID | None = None) -> None:
    """Put a fresh step-up for this purpose into the session of a browser that is signed in."""
    session = client.session
    whose = str(account_id or session["_auth_user_id"])
    session["stepped_up"] = {**session.get("stepped_up", {}), purpose: {"at": sessions.moment(), "account": whose}}
    session.save()


def staff_viewer(*roles: str, office: Office | None = None) -> Viewer:
    """An account with these roles in one office, as a viewer."""
    account = AccountFactory.create()
    place = office or OfficeFactory.create()
    for role in roles:
        DutyFactory.create(account=account, role=role, office=place)
    return viewer_of(account, request_id="test")


class BaitReferenceFactory(DjangoModelFactory[BaitReference]):
    class Meta:
        model = BaitReference

    reference_hash = Sequence(lambda n: f"{n:064x}")
    planted_where = "old backup"
    set_at = AT
