"""One of each row of notices, for tests."""

import uuid
from datetime import UTC, datetime, timedelta

import factory

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.notices.models import Message, ProviderPart, UnreachedTask

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def leave_a_trace(*_: object) -> None:
    """A row made by a factory needs an audit entry in its transaction, as every row does."""
    record(by=SYSTEM("tests"), at=AT, act="tests.make_row", subject=("test", uuid.uuid4()))


class MessageFactory(factory.django.DjangoModelFactory[Message]):
    """A message that waits to be sent."""

    class Meta:
        model = Message
        skip_postgeneration_save = True

    template_code = "application_received"
    subject_kind = "application"
    subject_id = factory.LazyFunction(uuid.uuid4)
    dedupe_key = factory.LazyAttribute(lambda row: f"{row.template_code}:{row.subject_id}:")
    to_phone = "+66812345678"
    text = "ที่พึ่ง: ได้รับคำขอแล้ว"
    queued_at = AT
    next_try_at = AT
    give_up_at = factory.LazyAttribute(lambda row: row.queued_at + timedelta(hours=24))
    trace = factory.PostGeneration(leave_a_trace)


class ProviderPartFactory(factory.django.DjangoModelFactory[ProviderPart]):
    class Meta:
        model = ProviderPart

    message = factory.SubFactory(MessageFactory)
    provider_id = factory.Sequence(lambda n: f"operator-{n}")
    attempt = 1
    submitted_at = AT


class UnreachedTaskFactory(factory.django.DjangoModelFactory[UnreachedTask]):
    class Meta:
        model = UnreachedTask
        skip_postgeneration_save = True

    template_code = "application_received"
    subject_kind = "application"
    subject_id = factory.LazyFunction(uuid.uuid4)
    dedupe_key = factory.LazyAttribute(lambda row: f"{row.template_code}:{row.subject_id}:")
    reason_code = "no_phone"
    made_at = AT
    trace = factory.PostGeneration(leave_a_trace)
