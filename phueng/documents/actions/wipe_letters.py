"""The day has come on which what stood in letters must go."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.contents import wipe_contents
from phueng.documents.models import Letter


@action
def wipe_letters(*, by: Actor, at: datetime, subject_ids: Collection[UUID]) -> int:
    """Wipe the PDFs about these subjects. Number, kind and code stay, so a letter in hand can still be recognised."""
    rows = Letter.objects.filter(subject_id__in=subject_ids, file__isnull=False, file__wiped_at__isnull=True)
    letters = list(rows.select_related("file"))
    wipe_contents([letter.file for letter in letters], at)
    for letter in letters:
        record(by=by, at=at, act="documents.wipe_letter", subject=("letter", letter.pk), after={"kind": letter.kind})
    return len(letters)
