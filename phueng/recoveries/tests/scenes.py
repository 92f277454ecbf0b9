"""How does a test get money that was paid and not owed, at any step? Through the acts that lead there.

The centre of Khon Kaen has paid 2,000 baht. Whoever judged or paid that case may not judge here: the front desk assesses,
the second approver decides, and an approver lent by the neighbour settles an appeal.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from phueng.access.models import Duty
from phueng.access.tests.factories import AccountFactory
from phueng.audit.actors import Actor
from phueng.decisions.tests.scenes import CITIZEN, trace
from phueng.demo import people
from phueng.payments.models import Line
from phueng.payments.tests import scenes as money
from phueng.payments.tests.scenes import NOON
from phueng.places.identity import office_id
from phueng.places.models import Office
from phueng.recoveries.actions import (
    answer_notice,
    assess,
    begin_enquiry,
    decide,
    finish_enquiry,
    lodge_appeal,
    note_overpayment,
    tell_person,
)
from phueng.recoveries.models import Overpayment
from phueng.registry.actions import state_death

OFFICER = money.actor(people.FRONT_DESK)
OTHER_OFFICER = money.actor(people.SOCIAL_WORKER)
APPROVER = money.actor(people.RELATED_APPROVER)
FIRST_APPROVER = money.actor(people.APPROVER)
CASHIER = money.actor(people.FINANCE_MAKER)
WORKER = money.WORKER
LATER = NOON + timedelta(days=5)
AFTERWARDS = NOON + timedelta(days=16)
RULED = NOON + timedelta(days=20)
WHY = "ตรวจรายการจ่ายและคำขอแล้ว"
PERSON = CITIZEN


def paid_line(count: int = 1) -> Line:
    """A payment that arrived."""
    run = money.released(count)
    money.answered(run.lines.all())
    return run.lines.select_related("run__office", "due__entitlement").order_by("number")[0]


def noted(
    line: Line | None = None, *, cause: str = "wrong_amount", satang: int | None = 100_000, **changed: Any
) -> Overpayment:
    """1,000 of 2,000 baht were not owed."""
    line = line or paid_line()
    said: dict[str, Any] = {"by": OFFICER, "at": NOON, "lines": {line.pk: satang}, "cause": cause, "what_happened": WHY}
    return note_overpayment(**said | changed)


def told(**changed: Any) -> Overpayment:
    return tell_person(by=OFFICER, at=NOON, overpayment_id=noted(**changed).pk)


def heard(
    *,
    left_satang: int | None = None,
    income_satang: int | None = 2_000_000,
    household_size: int | None = 2,
    **changed: Any,
) -> Overpayment:
    """The person answered on the fifth day."""
    overpayment = told(**changed)
    answer_notice(
        by=PERSON, at=LATER, overpayment_id=overpayment.pk, words="ใช้ซื้อข้าวกับยาไปแล้ว", left_satang=left_satang,
        income_satang=income_satang, household_size=household_size,
    )  # fmt: skip
    return again(overpayment)


def assessed(
    fault: str = "both", *, good_faith: bool = True, said_falsely: bool = False, **changed: Any
) -> Overpayment:
    """Both at fault by default: 500 baht are asked back."""
    overpayment = heard(**changed)
    assess(
        by=OFFICER, at=AFTERWARDS, overpayment_id=overpayment.pk, fault=fault, acted_in_good_faith=good_faith,
        said_falsely=said_falsely, evidence="ใบสำคัญจ่าย", why=WHY,
    )  # fmt: skip
    return again(overpayment)


def decided(fault: str = "both", **changed: Any) -> Overpayment:
    overpayment = assessed(fault, **changed)
    decide(by=APPROVER, at=RULED, overpayment_id=overpayment.pk)
    return again(overpayment)


def appealed(**changed: Any) -> Overpayment:
    overpayment = decided(**changed)
    lodge_appeal(by=PERSON, at=RULED, overpayment_id=overpayment.pk, grounds="เดือดร้อนมาก")
    return again(overpayment)


def noted_for_the_dead() -> Overpayment:
    """The person died before the payment; an officer noted it and asked bank and family."""
    line = paid_line()
    state_death(by=WORKER, at=NOON, source="civil_register", person_id=line.person_id, died_on=date(2026, 10, 20))
    return noted(line, cause="paid_after_death", satang=None)


def asked_everywhere() -> Overpayment:
    overpayment = noted_for_the_dead()
    begin_enquiry(by=OFFICER, at=NOON, overpayment_id=overpayment.pk)
    finish_enquiry(
        by=OFFICER, at=LATER, overpayment_id=overpayment.pk, found="ธนาคารมีเหลือ 300 บาท", found_satang=30_000
    )
    return again(overpayment)


def again(overpayment: Overpayment) -> Overpayment:
    """As it stands in the database now."""
    return Overpayment.objects.select_related("office", "application", "person").get(pk=overpayment.pk)


def lent_approver(office_code: str = "") -> Actor:
    """An approver of the paired office: made once, with a duty there."""
    home = Office.objects.get(pk=office_id("KKN-DPC"))
    pair = Office.objects.get(code=office_code) if office_code else Office.objects.get(pk=home.paired_office_id)
    return officer_of(pair, "approver")


def officer_of(office: Office, role: str) -> Actor:
    """A new account with this duty."""
    with transaction.atomic():
        trace()
        account = AccountFactory.create()
        Duty.objects.create(account=account, role=role, office=office, starts_on=date(2026, 1, 1))
    number: UUID = account.pk
    return Actor("staff", number, "เจ้าหน้าที่ยืมตัว", role, office.code, "test")


def at_day(number: int) -> datetime:
    """So many days after the note."""
    return NOON + timedelta(days=number)
