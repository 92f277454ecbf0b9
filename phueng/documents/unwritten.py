"""What does a letter look like before it has a number, and what does the audit say about asking for it?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actions import entry_of
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.documents.models import Letter
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok


def unwritten_letter(
    *,
    at: datetime,
    kind: str,
    subject: tuple[str, UUID],
    office_code: str,
    language: str,
    context: dict[str, Any],
) -> Letter:
    """The row without its running number: that is taken last, because the whole office waits for it."""
    subject_kind, subject_id = subject
    return Letter(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        office_code=office_code,
        year_be=in_bangkok(at).year + 543,
        verify_code=new_reference(),
        language="en" if language == "en" else "th",
        context=context,
        asked_at=at,
    )


def letter_entry(letter: Letter, *, by: Actor, at: datetime, number: str) -> Entry:
    """The trace of asking for it."""
    after = {"kind": letter.kind, "of": letter.subject_kind, "of_id": letter.subject_id, "number": number}
    return entry_of(by=by, at=at, act="documents.ask_for_letter", subject=("letter", letter.pk), after=after)
