"""An act wants a letter: it is numbered now and made by the worker a moment later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.letter_numbers import letter_number
from phueng.documents.models import Letter
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok


@action
def ask_for_letter(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    subject: tuple[str, UUID],
    office_code: str,
    language: str,
    context: dict[str, Any],
) -> Letter:
    """Number a letter and put it in line. Asked for again for the same kind and subject: the same letter.

    `kind` names the template ("decisions/decision_letter"), `context` is what it says (plain JSON).
    """
    subject_kind, subject_id = subject
    known = Letter.objects.filter(kind=kind, subject_id=subject_id)
    if (same := known.first()) is not None:
        return same
    year_be = in_bangkok(at).year + 543
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                kind=kind,
                subject_kind=subject_kind,
                subject_id=subject_id,
                office_code=office_code,
                year_be=year_be,
                running_no=_next_number(office_code, year_be),
                verify_code=new_reference(),
                language="en" if language == "en" else "th",
                context=context,
                asked_at=at,
            )
    except IntegrityError:
        return known.get()
    record(
        by=by,
        at=at,
        act="documents.ask_for_letter",
        subject=("letter", letter.pk),
        after={"kind": kind, "of": subject_kind, "of_id": subject_id, "number": letter_number(letter)},
    )
    return letter


def _next_number(office_code: str, year_be: int) -> int:
    """One more than the last. The lock lasts until commit, so two letters of one office wait for each other: a register
    of letters has no gaps and no twins. The unique constraint stands behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7022))", [f"{office_code}/{year_be}"])
    last = Letter.objects.filter(office_code=office_code, year_be=year_be).aggregate(last=Max("running_no"))["last"]
    return int(last or 0) + 1
