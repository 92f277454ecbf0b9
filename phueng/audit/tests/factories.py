"""One of each audit row, for tests."""

# mypy: allow-untyped-calls

import uuid
from datetime import UTC, datetime

from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from phueng.audit.models import Entry, Head, HeadCopy, Leaf
from phueng.kernel.merkle import leaf_hash


class EntryFactory(DjangoModelFactory[Entry]):
    class Meta:
        model = Entry

    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    actor_kind = "staff"
    actor_id = LazyFunction(uuid.uuid4)
    actor_name = "อรทัย ใจดี"
    role = "social_worker"
    office_code = "KKN"
    act = "audit.tested"
    subject_kind = "application"
    subject_id = LazyFunction(uuid.uuid4)


class LeafFactory(DjangoModelFactory[Leaf]):
    class Meta:
        model = Leaf

    entry_id = Sequence(lambda n: n + 1)
    leaf_index = Sequence(lambda n: n)
    leaf_hash = Sequence(lambda n: leaf_hash(str(n).encode()))


class HeadFactory(DjangoModelFactory[Head]):
    class Meta:
        model = Head

    size = Sequence(lambda n: n + 1)
    root = Sequence(lambda n: leaf_hash(b"root%d" % n))
    previous_hash = Sequence(lambda n: leaf_hash(b"previous%d" % n))
    head_hash = Sequence(lambda n: leaf_hash(b"head%d" % n))
    horizon_xid = 1000
    peaks: list[str] = []
    made_at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    key_id = "0" * 16
    signature = b"\x00" * 64


class HeadCopyFactory(DjangoModelFactory[HeadCopy]):
    class Meta:
        model = HeadCopy

    size = Sequence(lambda n: n + 1)
    place = "outside"
    published_at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
