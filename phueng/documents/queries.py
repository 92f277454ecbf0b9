"""Which files and letters belong to a case, and may they be shown?

Documents does not know who may see a case: packages above ask for the subjects that they have already checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from phueng.documents.file_kinds import PDF
from phueng.documents.models import Content, Evidence, Letter
from phueng.documents.refusals import PROBLEMS
from phueng.kernel.problems import Problem
from phueng.kernel.references import is_valid_reference, normalise_reference


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What a page shows about one file, without its bytes."""

    id: UUID
    subject_id: UUID
    slot: str
    original_name: str
    received_at: datetime
    received_by_name: str
    is_clean: bool
    has_thumbnail: bool
    mime: str
    byte_size: int
    refusal_code: str

    @property
    def is_picture(self) -> bool:
        return self.mime != PDF.mime

    @property
    def is_waiting(self) -> bool:
        """Not examined yet: shown as "being checked"."""
        return not self.is_clean and not self.refusal_code

    @property
    def refusal(self) -> Problem | None:
        """Why it was refused, in both languages."""
        return PROBLEMS.get(self.refusal_code)


def evidence_of(subject_ids: Iterable[UUID]) -> dict[UUID, list[EvidenceCard]]:
    """The files of these subjects, oldest first, without withdrawn and wiped ones. One query."""
    return evidence_from(evidence_rows(subject_ids))


def evidence_rows(subject_ids: Iterable[UUID]) -> QuerySet[Evidence, tuple[Any, ...]]:
    """What `evidence_of` reads, for a page that fetches several lists at once."""
    return (
        Evidence.objects.filter(subject_id__in=list(subject_ids), withdrawn_at__isnull=True)
        .exclude(cleaned__wiped_at__isnull=False)
        .order_by("received_at", "id")
        .values_list(
            "id", "subject_id", "slot", "original_name", "received_at", "received_by_name", "cleaned_id", "thumbnail_id",
            "cleaned__mime", "raw__mime", "cleaned__byte_size", "raw__byte_size", "refusal_code",
        )
    )  # fmt: skip


def evidence_from(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[EvidenceCard]]:
    """The files by their subject."""
    found: dict[UUID, list[EvidenceCard]] = {}
    for one, of, slot, name, at, giver, cleaned, thumbnail, mime, raw_mime, size, raw_size, refusal in rows:
        card = EvidenceCard(
            id=one,
            subject_id=of,
            slot=slot,
            original_name=name,
            received_at=at,
            received_by_name=giver,
            is_clean=cleaned is not None,
            has_thumbnail=thumbnail is not None,
            mime=mime or raw_mime,
            byte_size=size or raw_size,
            refusal_code=refusal,
        )
        found.setdefault(of, []).append(card)
    return found


def clean_content(evidence_id: UUID, *, subject_id: UUID) -> Content | None:
    """The examined copy of one file of this subject; None when it is not examined, withdrawn, wiped or another's."""
    return _copy(evidence_id, subject_id, "cleaned")


def thumbnail_content(evidence_id: UUID, *, subject_id: UUID) -> Content | None:
    """The small picture (400 px) of one file of this subject, or None as above."""
    return _copy(evidence_id, subject_id, "thumbnail")


def shown_copy(evidence_id: UUID, *, is_thumbnail: bool) -> Content | None:
    """For the serving view, which trusts its ticket instead of a subject."""
    return _copy(evidence_id, None, "thumbnail" if is_thumbnail else "cleaned")


def _copy(evidence_id: UUID, subject_id: UUID | None, which: str) -> Content | None:
    rows = Evidence.objects.select_related(which).filter(pk=evidence_id, withdrawn_at__isnull=True)
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    evidence = rows.first()
    copy: Content | None = getattr(evidence, which) if evidence is not None else None
    return copy if copy is not None and copy.wiped_at is None else None


def letter_of(kind: str, subject_id: UUID) -> Letter | None:
    """The letter of this kind about this subject; `.file` is None until it is made."""
    return Letter.objects.select_related("file").filter(kind=kind, subject_id=subject_id).first()


def letters_of(subject_ids: Iterable[UUID]) -> dict[UUID, list[Letter]]:
    """All letters about these subjects, oldest first, without their bytes."""
    found: dict[UUID, list[Letter]] = {}
    for letter in letter_rows(subject_ids):
        found.setdefault(letter.subject_id, []).append(letter)
    return found


def letter_rows(subject_ids: Iterable[UUID]) -> QuerySet[Letter]:
    """What `letters_of` reads, for a page that fetches several lists at once."""
    return Letter.objects.filter(subject_id__in=list(subject_ids)).order_by("asked_at", "id")


def letter_by_id(letter_id: UUID) -> Letter | None:
    return Letter.objects.select_related("file").filter(pk=letter_id).first()


def letter_by_code(code: str) -> Letter | None:
    """The letter with this verification code, however it was typed; only letters that were really made."""
    if not is_valid_reference(code):
        return None
    rows = Letter.objects.filter(verify_code=normalise_reference(code), made_at__isnull=False)
    return rows.select_related("file").defer("file__content", "context").first()


def letters_in_trouble() -> int:
    """How many letters failed to be made more than twice and still wait: for the administrator's page."""
    return Letter.objects.filter(made_at__isnull=True, tries__gt=2).count()
