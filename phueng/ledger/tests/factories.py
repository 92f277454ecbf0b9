"""One factory for each ledger model."""

import datetime
import uuid

import factory

from phueng.access.tests.factories import AccountFactory
from phueng.ledger.models import (
    BudgetApproval,
    BudgetPlan,
    BudgetTransfer,
    CarryOver,
    DailyProof,
    LedgerAccount,
    Movement,
    PlannedAllotment,
    Posting,
    ProofFinding,
)

NOON = datetime.datetime(2026, 11, 2, 5, 0, tzinfo=datetime.UTC)


class LedgerAccountFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """An unguarded account."""

    class Meta:
        model = LedgerAccount

    code = factory.Sequence(lambda n: f"2570/family/TEST-{n}/bank")
    role = "bank"
    fiscal_year = 2570
    scheme_code = "family"
    office_code = factory.Sequence(lambda n: f"TEST-{n}")
    opened_at = NOON


class MovementFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A movement; its postings are the test's business."""

    class Meta:
        model = Movement

    key = factory.Sequence(lambda n: f"test:{n}")
    memo = "ทดสอบ"
    subject_kind = "test"
    subject_id = factory.LazyFunction(uuid.uuid4)
    moved_at = NOON
    moved_by_name = "ผู้ทดสอบ"


class PostingFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """One side of a movement."""

    class Meta:
        model = Posting

    movement = factory.SubFactory(MovementFactory)
    account = factory.SubFactory(LedgerAccountFactory)
    amount_satang = 100


class BudgetPlanFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A plan without lines; its two people are the test's business."""

    class Meta:
        model = BudgetPlan

    fiscal_year = 2570
    reference = "พม 0201/1"
    entered_at = NOON
    entered_by = factory.SubFactory(AccountFactory)
    entered_by_name = "ผู้บันทึก"


class PlannedAllotmentFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A line of a plan."""

    class Meta:
        model = PlannedAllotment

    plan = factory.SubFactory(BudgetPlanFactory)
    scheme_code = "family"
    office_code = factory.Sequence(lambda n: f"TEST-{n}")
    amount_satang = 100_000


class BudgetTransferFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A transfer that was asked for."""

    class Meta:
        model = BudgetTransfer

    fiscal_year = 2570
    scheme_code = "family"
    from_office_code = "KKN-DPC"
    to_office_code = "UDN-DPC"
    amount_satang = 100_000
    reason = "น้ำท่วม"
    asked_at = NOON
    asked_by = factory.SubFactory(AccountFactory)
    asked_by_name = "ผู้ขอ"


class CarryOverFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A carry-over that was asked for."""

    class Meta:
        model = CarryOver

    fiscal_year = 2569
    scheme_code = "family"
    office_code = factory.Sequence(lambda n: f"TEST-{n}")
    reserved_satang = 0
    committed_satang = 0
    reference = "กค 0402.5/ว 1"
    asked_at = NOON
    asked_by = factory.SubFactory(AccountFactory)
    asked_by_name = "ผู้ขอ"


class BudgetApprovalFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """An approval; who gives it is the test's business."""

    class Meta:
        model = BudgetApproval

    transfer = factory.SubFactory(BudgetTransferFactory)
    approved_by = factory.SubFactory(AccountFactory)
    approved_by_name = "ผู้อนุมัติ"
    role = "finance_checker"
    office_code = "KKN-DPC"
    approved_at = NOON


class DailyProofFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """A day that was proved."""

    class Meta:
        model = DailyProof

    on = datetime.date(2026, 11, 2)
    round = factory.Sequence(lambda n: n + 1)
    proved_at = NOON
    proved_by_name = "ledger"
    is_proved = True
    difference_count = 0
    figures = factory.LazyFunction(dict)
    sha256 = "0" * 64


class ProofFindingFactory(factory.django.DjangoModelFactory):  # type: ignore[misc]
    """Something that did not agree."""

    class Meta:
        model = ProofFinding

    proof = factory.SubFactory(DailyProofFactory, is_proved=False, difference_count=1)
    number = factory.Sequence(lambda n: n + 1)
    code = "day_does_not_balance"
