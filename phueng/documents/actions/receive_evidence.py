"""Somebody hands in a file."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.contents import sha256_of, store_content
from phueng.documents.models import Evidence
from phueng.documents.receiving import welcome
from phueng.kernel.problems import value_or_refuse


@action
def receive_evidence(
    *, by: Actor, at: datetime, subject: tuple[str, UUID], slot: str, original_name: str, content: bytes
) -> Evidence:
    """Take a file into quarantine; the worker examines it within seconds.

    Raises Refused with what to do instead. The same file sent again into the same slot (a double click, a bad line) is
    the file we have.
    """
    kind, subject_id = subject
    welcomed = value_or_refuse(welcome(content, original_name))
    known = Evidence.objects.filter(
        subject_id=subject_id, slot=slot, sha256=sha256_of(content), withdrawn_at__isnull=True
    )
    if (same := known.first()) is not None:
        return same
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                subject_kind=kind,
                subject_id=subject_id,
                slot=slot,
                original_name=welcomed.name,
                sha256=sha256_of(content),
                received_at=at,
                received_by_id=by.id,
                received_by_name=by.name[:200],
                raw=store_content(content, welcomed.kind.mime, at),
            )
    except IntegrityError:
        # The other click was faster, and has committed by now.
        return known.get()
    record(
        by=by,
        at=at,
        act="documents.receive_evidence",
        subject=("evidence", evidence.pk),
        after={"of": kind, "of_id": subject_id, "slot": slot, "sha256": evidence.sha256, "bytes": len(content)},
    )
    return evidence
