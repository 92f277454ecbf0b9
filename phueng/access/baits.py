"""Did somebody ask for a reference that belongs to nobody?

Asked in one statement at every look-up, bait or not: what is answered, and what it costs, tells nothing. When it is
one, the same statement writes the alarm into the journal and uses up what the asking network had left of its tries.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from phueng.access.limits import hashed
from phueng.audit.actions import entry_of
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.audit.prepared import row_of
from phueng.audit.together import as_document, as_rows, insert_into, rows_in

BAIT_TAKEN = "access.bait_taken"
NOBODY = UUID(int=0)

_ALARM = insert_into(Entry, "bait, " + rows_in(Entry, "entries"), {"subject_id": "bait.id"})
_ASKED = f"""
WITH bait AS (SELECT id FROM access_baitreference WHERE reference_hash = $1::jsonb->>'hash'),
told AS ({_ALARM}),
tightened AS (
  INSERT INTO access_limitevent (key_hash, at)
  SELECT used.key_hash, phueng_now() FROM bait, jsonb_to_recordset($1->'used_up') used(key_hash text, most int),
         generate_series(1, used.most))
SELECT count(*) FROM bait
"""  # noqa: S608  # nosec B608  # columns of our own models


def bait_hash(reference: str) -> str:
    """The keyed hash under which a bait is kept; `reference` as it is stored, 11 plain characters."""
    return hashed(f"bait {reference}")


def watch(reference: str, *, network: str, using_up: Iterable[tuple[str, int]], by: Actor, at: datetime) -> None:
    """Raise the alarm if this reference is a bait. Nothing is returned: no page may answer differently.

    `using_up` are the limits of whoever asks, as (key, most): a bait taken leaves none of them.
    """
    alarm = entry_of(by=by, at=at, act=BAIT_TAKEN, subject=("bait", NOBODY), after={"network": network})
    used_up = [{"key_hash": hashed(key), "most": most} for key, most in using_up]
    document = as_document({"hash": bait_hash(reference), "used_up": used_up, "entries": as_rows([alarm])})
    row_of("access_watch_baits", _ASKED, document)
