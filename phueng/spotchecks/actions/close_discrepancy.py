"""An auditor looked into it: what was found?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_text import clean_text
from phueng.spotchecks.models import Discrepancy
from phueng.spotchecks.refusals import refuse, said_plainly


@action
def close_discrepancy(*, by: Actor, at: datetime, discrepancy_id: UUID, outcome: str, why: str) -> Discrepancy:
    """Close it, once, with an outcome (confirmed, explained, mistaken) and the reason.

    Refused: already_closed, say_why, outside_area (no auditor), of_the_paying_office, had_a_hand_before.
    """
    one = Discrepancy.objects.select_for_update(of=("self",)).select_related("line").get(pk=discrepancy_id)
    if one.closed_at is not None:
        raise refuse("already_closed")
    why = clean_text(why, 1000, keep_lines=True)
    if not why:
        raise refuse("say_why")
    one.outcome, one.why, one.closed_at, one.closed_by_id, one.closed_by_name = outcome, why, at, by.id, by.name
    with said_plainly():
        one.save(update_fields=["outcome", "why", "closed_at", "closed_by", "closed_by_name"])
    record(
        by=by, at=at, act="spotchecks.close_discrepancy", subject=("discrepancy", one.pk),
        person_id=one.line.person_id, why=why, after={"outcome": outcome},
    )  # fmt: skip
    return one
