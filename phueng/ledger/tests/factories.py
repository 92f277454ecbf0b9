"""One factory for each ledger model."""

import datetime
import uuid

import factory

from phueng.ledger.models import LedgerAccount, Movement, Posting

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
