"""How is a finished draft read with one statement, and sent with one more?

Sending writes eight rows of five tables. One after the other they took 27 journeys to the database, with the row of the
application and the letters of its office held all the while. Now nothing is held while the answers are looked at: the
draft is read, judged, and then sent only if it is still the draft that was read. Postgres gives every version of a row
a number (xmin); whoever saves an answer writes the sheet, so its version stands for its answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.applications.models import Application
from phueng.audit.models import Entry
from phueng.audit.prepared import columns_in, instance_from, names_in, row_of
from phueng.audit.together import as_document, as_rows, insert_into, rows_in
from phueng.documents.models import Letter
from phueng.documents.sql import NUMBER
from phueng.kernel.references import normalise_reference
from phueng.notices.models import Message
from phueng.questionnaires.queries import KEPT_ANSWERS, KeptAnswer, kept_answers

# What sending changes of the application itself.
CHANGED = (
    "state", "submitted_at", "office_id", "subdistrict_id", "applicant_name", "birth_on", "contact_phone", "is_emergency",
    "helper_name", "helper_phone", "helper_relation", "consent_how",
)  # fmt: skip

_READ = f"""
SELECT {columns_in(Application, "a")}, a.xmin::text || ' ' || s.xmin::text, phueng_now(), k.codes, k.typed, k.said, k.problems
  FROM applications_application a JOIN questionnaires_sheet s ON s.id = a.sheet_id CROSS JOIN LATERAL ({KEPT_ANSWERS}) k
"""  # noqa: S608  # nosec B608  # columns of our own models
_WIDTH = len(names_in(Application))

_MESSAGES = insert_into(Message, "sent, " + rows_in(Message, "messages"))
_LETTERS = insert_into(
    Letter,
    "sent, " + rows_in(Letter, "letters"),
    {"running_no": "phueng_next_letter_number(r.office_code, r.year_be)"},
)
_NUMBERED = "CASE WHEN r.number IS NULL THEN r.after ELSE r.after || jsonb_build_object('number', r.number) END"
_ENTRIES = insert_into(Entry, "entries r", {"after": _NUMBERED})

# Whoever comes second waits in `held`, then finds no draft there: nothing below it happens. The number of the letter
# comes after everything that could wait; the entries come last, those of a message or letter only when it is new.
SEND = f"""
WITH held AS (
  SELECT a.id, a.sheet_id FROM applications_application a JOIN questionnaires_sheet s ON s.id = a.sheet_id
   WHERE a.id = ($1::jsonb->>'id')::uuid AND a.state = 'draft' AND s.closed_at IS NULL
     AND a.xmin::text || ' ' || s.xmin::text = $1->>'version' FOR UPDATE OF a, s),
sent AS (
  UPDATE applications_application a SET {", ".join(f"{name} = r.{name}" for name in CHANGED)}
    FROM held, {rows_in(Application, "applications")} WHERE a.id = held.id RETURNING a.id),
closed AS (
  UPDATE questionnaires_sheet s SET closed_at = ($1->>'at')::timestamptz FROM held WHERE s.id = held.sheet_id),
told AS ({_MESSAGES} ON CONFLICT (dedupe_key) DO NOTHING RETURNING id),
asked AS ({_LETTERS} ON CONFLICT (kind, subject_id) DO NOTHING RETURNING id, {NUMBER} AS number),
entries AS (
  SELECT NULL AS number, r.* FROM sent, {rows_in(Entry, "entries")}
  UNION ALL SELECT NULL, r.* FROM told JOIN {rows_in(Entry, "message_entries")} ON r.subject_id = told.id
  UNION ALL SELECT asked.number, r.* FROM asked JOIN {rows_in(Entry, "letter_entries")} ON r.subject_id = asked.id),
traced AS ({_ENTRIES})
SELECT id FROM sent
"""  # noqa: S608  # nosec B608  # tables and columns of our own models


@dataclass(frozen=True, slots=True)
class Draft:
    """An application as it was read, its answers, the version of both, and the time at which it was read."""

    application: Application
    answers: Sequence[KeptAnswer]
    version: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """Everything that sending writes besides the application. The entries of a message and a letter go with them."""

    entries: Sequence[Entry]
    letter: Letter
    letter_entry: Entry
    message: Message | None = None
    message_entry: Entry | None = field(default=None)


def read_draft(application_id: UUID) -> Draft:
    """The application, sent or not, with its answers. Holds nothing. Raises Application.DoesNotExist."""
    draft = _draft_from(row_of("applications_draft_by_id", f"{_READ} WHERE a.id = $1", application_id))
    if draft is None:
        raise Application.DoesNotExist
    return draft


def draft_of_reference(reference: str) -> Draft | None:
    """The same by reference, written in any way; for a page that has checked the right to see it."""
    meant = normalise_reference(reference)
    return _draft_from(row_of("applications_draft", f"{_READ} WHERE a.reference = $1", meant)) if meant else None


def _draft_from(row: tuple[Any, ...] | None) -> Draft | None:
    if row is None:
        return None
    application = instance_from(Application, row[:_WIDTH])
    version, read_at, *answers = row[_WIDTH:]
    return Draft(application, kept_answers(application.sheet_id, *answers), version, read_at)


def send(draft: Draft, sending: Sending, *, at: datetime) -> bool:
    """Write it all, or nothing: False when the draft is not any more what was read (sent, withdrawn, answered anew)."""
    document = as_document(
        {
            "id": draft.application.id,
            "version": draft.version,
            "at": at,
            "applications": as_rows([draft.application]),
            "messages": as_rows(one for one in [sending.message] if one),
            "letters": as_rows([sending.letter]),
            "entries": as_rows(sending.entries),
            "message_entries": as_rows(one for one in [sending.message_entry] if one),
            "letter_entries": as_rows([sending.letter_entry]),
        }
    )
    return row_of("applications_send", SEND, document) is not None
