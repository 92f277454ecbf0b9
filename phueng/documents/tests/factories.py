"""One of each row of documents, for tests."""

import hashlib
import uuid
from datetime import UTC, datetime

import factory

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.documents.models import Content, Evidence, Letter
from phueng.kernel.references import new_reference

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def leave_a_trace(*_: object) -> None:
    """A row made by a factory needs an audit entry in its transaction, as every row does."""
    record(by=SYSTEM("tests"), at=AT, act="tests.make_row", subject=("test", uuid.uuid4()))


class ContentFactory(factory.django.DjangoModelFactory[Content]):
    class Meta:
        model = Content
        skip_postgeneration_save = True

    content = factory.Sequence(lambda n: b"\xff\xd8\xff" + str(n).encode())
    sha256 = factory.LazyAttribute(lambda row: hashlib.sha256(row.content).hexdigest())
    byte_size = factory.LazyAttribute(lambda row: len(row.content))
    mime = "image/jpeg"
    stored_at = AT
    trace = factory.PostGeneration(leave_a_trace)


class EvidenceFactory(factory.django.DjangoModelFactory[Evidence]):
    """A file that waits in quarantine."""

    class Meta:
        model = Evidence

    subject_kind = "application"
    subject_id = factory.LazyFunction(uuid.uuid4)
    slot = "photo_home"
    original_name = "บ้าน.jpg"
    received_at = AT
    received_by_name = "สมศรี ใจดี"
    raw = factory.SubFactory(ContentFactory)
    sha256 = factory.LazyAttribute(lambda row: row.raw.sha256)


class CleanEvidenceFactory(EvidenceFactory):
    """A file that was examined and may be shown."""

    examined_at = AT
    cleaned = factory.SubFactory(ContentFactory)
    thumbnail = factory.SubFactory(ContentFactory)


class LetterFactory(factory.django.DjangoModelFactory[Letter]):
    """A letter that was asked for."""

    class Meta:
        model = Letter
        skip_postgeneration_save = True

    kind = "decisions/decision_letter"
    subject_kind = "decision"
    subject_id = factory.LazyFunction(uuid.uuid4)
    office_code = "พม 0999"
    year_be = 2569
    running_no = factory.Sequence(lambda n: n + 1)
    verify_code = factory.LazyFunction(new_reference)
    context = factory.LazyFunction(dict)
    asked_at = AT
    trace = factory.PostGeneration(leave_a_trace)


class MadeLetterFactory(LetterFactory):
    """A letter that was made."""

    file = factory.SubFactory(ContentFactory, content=b"%PDF-1.7 letter", mime="application/pdf")
    made_at = AT
