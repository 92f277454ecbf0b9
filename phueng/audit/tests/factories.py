"""One of each audit row, for tests."""

import uuid
from datetime import UTC, datetime

import factory

from phueng.audit.models import Entry, Head, HeadCopy, Leaf
from phueng.kernel.merkle import leaf_hash


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    actor_kind = "staff"
    actor_id = factory.LazyFunction(uuid.uuid4)
    actor_name = "อรทัย ใจดี"
    role = "social_worker"
    office_code = "KKN"
    act = "audit.tested"
    subject_kind = "application"
    subject_id = factory.LazyFunction(uuid.uuid4)


class LeafFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Leaf

    entry_id = factory.Sequence(lambda n: n + 1)
    leaf_index = factory.Sequence(lambda n: n)
    leaf_hash = factory.Sequence(lambda n: leaf_hash(str(n).encode()))


class HeadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Head

    size = factory.Sequence(lambda n: n + 1)
    root = factory.Sequence(lambda n: leaf_hash(b"root%d" % n))
    previous_hash = factory.Sequence(lambda n: leaf_hash(b"previous%d" % n))
    head_hash = factory.Sequence(lambda n: leaf_hash(b"head%d" % n))
    horizon_xid = 1000
    peaks: list[str] = []
    made_at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    key_id = "0" * 16
    signature = b"\x00" * 64


class HeadCopyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HeadCopy

    size = factory.Sequence(lambda n: n + 1)
    place = "outside"
    published_at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
