"""What does each row look like in a test? What must be there before it is arranged by acts: the guards know the cast."""

# mypy: allow-untyped-calls

from typing import Any

from factory.declarations import LazyAttribute, LazyFunction
from factory.django import DjangoModelFactory

from phueng.payments.models import SampleSeed
from phueng.spotchecks.models import Discrepancy, Draw, Interview, Receipt, Sheet, Try
from phueng.spotchecks.rules import key_of
from phueng.spotchecks.tests import scenes


class DrawFactory(DjangoModelFactory[Draw]):
    """The sample of a run with one payment."""

    class Meta:
        model = Draw

    run: Any = LazyFunction(scenes.paid)
    seed = LazyAttribute(lambda one: SampleSeed.objects.get(run=one.run).sealed_seed)
    paid_count = LazyAttribute(lambda one: one.run.lines.count())
    wanted = 1
    margin = 10
    confidence = 95
    tries = 3
    drawn_at = scenes.NOON


class InterviewFactory(DjangoModelFactory[Interview]):
    """The first of the sample, asked by Chiang Mai."""

    class Meta:
        model = Interview

    draw: Any = LazyFunction(DrawFactory.create)
    place = 1
    line = LazyAttribute(
        lambda one: min(one.draw.run.lines.all(), key=lambda line: key_of(one.draw.seed, line.reference))
    )
    sort_key = LazyAttribute(lambda one: key_of(one.draw.seed, one.line.reference).hex())
    office_id = scenes.CHIANG_MAI
    assigned_at = scenes.NOON


class TryFactory(DjangoModelFactory[Try]):
    class Meta:
        model = Try

    interview: Any = LazyFunction(InterviewFactory.create)
    tried_on = scenes.LATER.date()
    tried_at = scenes.LATER
    tried_by_id = scenes.IN_CHIANG_MAI
    tried_by_name = "ไพบูลย์"


class SheetFactory(DjangoModelFactory[Sheet]):
    """All of it came."""

    class Meta:
        model = Sheet

    interview: Any = LazyFunction(InterviewFactory.create)
    received = "full"
    asked_back = "no"
    signed_self = "yes"
    knows_application = "yes"
    asked_at = scenes.LATER
    asked_by_id = scenes.IN_CHIANG_MAI
    asked_by_name = "ไพบูลย์"


class ReceiptFactory(DjangoModelFactory[Receipt]):
    class Meta:
        model = Receipt

    line = LazyFunction(lambda: scenes.paid().lines.get())
    round = 1
    answer = "full"
    said_at = scenes.LATER
    said_by_name = "ผู้ขอ"


class DiscrepancyFactory(DjangoModelFactory[Discrepancy]):
    """The payee says that nothing came."""

    class Meta:
        model = Discrepancy

    receipt: Any = LazyFunction(lambda: ReceiptFactory.create(answer="none"))
    line = LazyAttribute(lambda one: one.receipt.line)
    kind = "not_received"
    paid_satang = LazyAttribute(lambda one: one.line.amount_satang)
    said_satang = 0
    found_at = scenes.LATER
