"""What does each row look like in a test? What must be there before a row is arranged by acts: the guards know the cast."""

# mypy: allow-untyped-calls

from typing import Any
from uuid import uuid4

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence
from factory.django import DjangoModelFactory

from phueng.demo import people
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.places.identity import office_id
from phueng.recoveries.models import (
    Answer,
    Assessment,
    DeductionConsent,
    Enquiry,
    Hearing,
    Instalment,
    OverpaidLine,
    Overpayment,
    Plan,
    Repayment,
    Ruling,
    RulingAppeal,
)
from phueng.recoveries.tests import scenes

CENTRE = office_id("KKN-DPC")
TODAY = in_bangkok(scenes.RULED).date()


class OverpaymentFactory(DjangoModelFactory[Overpayment]):
    """Noted: 1,000 baht of a payment; its line is made beside it."""

    class Meta:
        model = Overpayment

    reference = LazyFunction(new_reference)
    person = LazyFunction(lambda: scenes.paid_line().person)
    office_id = CENTRE
    scheme_code = "family"
    cause = "wrong_amount"
    amount_satang = 100_000
    known_on = scenes.NOON.date()
    what_happened = scenes.WHY
    found_by = "officer"
    noted_at = scenes.NOON
    noted_by_id = people.FRONT_DESK.account_id
    noted_by_name = "มาลี"


class OverpaidLineFactory(DjangoModelFactory[OverpaidLine]):
    class Meta:
        model = OverpaidLine

    line: Any = LazyFunction(scenes.paid_line)
    overpayment: Any = LazyAttribute(lambda one: OverpaymentFactory.create(person=one.line.person))
    amount_satang = 100_000


class HearingFactory(DjangoModelFactory[Hearing]):
    class Meta:
        model = Hearing

    overpayment: Any = LazyFunction(scenes.noted)
    told_at = scenes.NOON
    answer_until = TODAY
    told_by_id = people.FRONT_DESK.account_id
    told_by_name = "มาลี"


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    overpayment: Any = LazyFunction(scenes.told)
    words = "ใช้ไปแล้ว"
    channel = "web"
    answered_at = scenes.LATER
    answered_by_name = "ผู้ขอ"


class EnquiryFactory(DjangoModelFactory[Enquiry]):
    class Meta:
        model = Enquiry

    overpayment: Any = LazyFunction(scenes.noted_for_the_dead)
    begun_at = scenes.NOON
    begun_by_name = "มาลี"


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """Half of 1,000 baht, by the front desk."""

    class Meta:
        model = Assessment

    overpayment: Any = LazyFunction(scenes.heard)
    fault = "both"
    acted_in_good_faith = True
    evidence = "ใบสำคัญจ่าย"
    why = scenes.WHY
    outcome = "part"
    asked_satang = 50_000
    waived_satang = 50_000
    office_id = CENTRE
    assessed_at = scenes.AFTERWARDS
    assessed_by_id = people.FRONT_DESK.account_id
    assessed_by_name = "มาลี"


class RulingFactory(DjangoModelFactory[Ruling]):
    """By the second approver, who had no hand in the case."""

    class Meta:
        model = Ruling

    overpayment: Any = LazyFunction(scenes.assessed)
    assessment = LazyAttribute(lambda one: one.overpayment.assessments.get())
    outcome = "agreed"
    asked_satang = 50_000
    office_id = CENTRE
    ruled_at = scenes.RULED
    ruled_by_id = people.RELATED_APPROVER.account_id
    ruled_by_name = "วิทยา"


class RulingAppealFactory(DjangoModelFactory[RulingAppeal]):
    class Meta:
        model = RulingAppeal

    ruling: Any = LazyFunction(lambda: scenes.decided().rulings.get())
    reference = LazyFunction(new_reference)
    grounds = "เดือดร้อน"
    channel = "web"
    appealed_at = scenes.RULED
    office_id = CENTRE


class PlanFactory(DjangoModelFactory[Plan]):
    class Meta:
        model = Plan

    overpayment: Any = LazyFunction(scenes.decided)
    amount_satang = 50_000
    monthly_satang = 50_000
    cap_satang = 50_000
    first_on = TODAY
    channel = "web"
    agreed_at = scenes.RULED
    agreed_by_name = "ผู้ขอ"


class InstalmentFactory(DjangoModelFactory[Instalment]):
    class Meta:
        model = Instalment

    plan: Any = LazyFunction(PlanFactory.create)
    ordinal = 1
    due_on = TODAY
    amount_satang = 50_000


class DeductionConsentFactory(DjangoModelFactory[DeductionConsent]):
    class Meta:
        model = DeductionConsent

    overpayment: Any = LazyFunction(scenes.decided)
    monthly_satang = 10_000
    words = "ยินยอม"
    channel = "office"
    given_at = scenes.RULED
    given_by_name = "ผู้ขอ"


class RepaymentFactory(DjangoModelFactory[Repayment]):
    """100 baht in cash."""

    class Meta:
        model = Repayment

    overpayment: Any = LazyFunction(scenes.decided)
    number = Sequence(lambda n: n + 1)
    way = "cash"
    reference = Sequence(lambda n: f"T-{n}")
    amount_satang = 10_000
    received_on = TODAY
    received_at = scenes.RULED
    received_by_id = people.FINANCE_MAKER.account_id
    received_by_name = SelfAttribute("reference")
    movement_id = LazyFunction(uuid4)
