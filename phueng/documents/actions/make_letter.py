"""The worker writes a letter as PDF."""

from datetime import datetime, timedelta
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.contents import store_content
from phueng.documents.lettering import letter_as_pdf
from phueng.documents.models import Letter

LONGEST_WAIT = timedelta(minutes=10)


@action
def make_letter(*, by: Actor, at: datetime, letter_id: UUID) -> Letter | None:
    """Write it once. None when another worker is writing it; a letter made before is returned as it is.

    The row stays locked while the PDF is drawn (about a second), so that no letter exists in two versions.
    """
    letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter_id).first()
    if letter is None or letter.made_at is not None:
        return letter
    letter.file = store_content(letter_as_pdf(letter), "application/pdf", at)
    letter.made_at = at
    letter.save(update_fields=["file", "made_at"])
    record(
        by=by,
        at=at,
        act="documents.make_letter",
        subject=("letter", letter.pk),
        after={"of_id": letter.subject_id, "sha256": letter.file.sha256},
    )
    return letter


@action
def postpone_letter(*, by: Actor, at: datetime, letter_id: UUID, failure: str) -> None:
    """Note that writing failed (`failure`: class of the error, no personal words) and try again later and later."""
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.tries = min(letter.tries + 1, 1000)
    letter.next_try_at = at + min(LONGEST_WAIT, timedelta(seconds=2 ** min(letter.tries, 12)))
    letter.save(update_fields=["tries", "next_try_at"])
    record(
        by=by,
        at=at,
        act="documents.postpone_letter",
        subject=("letter", letter.pk),
        why=failure,
        after={"tries": letter.tries},
    )
