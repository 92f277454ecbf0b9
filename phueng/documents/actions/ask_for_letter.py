"""An act wants a letter: it is numbered now and made by the worker a moment later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.documents.letter_numbers import letter_number
from phueng.documents.models import Letter
from phueng.documents.unwritten import letter_entry, unwritten_letter


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
    known = Letter.objects.filter(kind=kind, subject_id=subject[1])
    if (same := known.first()) is not None:
        return same
    letter = unwritten_letter(
        at=at, kind=kind, subject=subject, office_code=office_code, language=language, context=context
    )
    try:
        with transaction.atomic():
            letter.running_no = _next_number(letter)
            letter.save(force_insert=True)
    except IntegrityError:
        return known.get()
    letter_entry(letter, by=by, at=at, number=letter_number(letter)).save(force_insert=True)
    return letter


def _next_number(letter: Letter) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phueng_next_letter_number(%s, %s)", [letter.office_code, letter.year_be])
        (number,) = cursor.fetchone()
    return int(number)
