"""What did the person say: did all of it come, did anybody want a part of it back?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_text import clean_text
from phueng.spotchecks import rules
from phueng.spotchecks.models import Discrepancy, Interview, Sheet
from phueng.spotchecks.refusals import said_plainly


@action
def record_interview(
    *,
    by: Actor,
    at: datetime,
    interview_id: UUID,
    received: str,
    amount_satang: int | None = None,
    received_on: date | None = None,
    asked_back: str = "unsure",
    signed_self: str = "unsure",
    knows_application: str = "unsure",
    visitor: str = "",
    words: str = "",
) -> Sheet:
    """Keep the answers once; what does not fit the payment goes on the auditor's list in the same breath.

    Refused: interview_is_over, of_the_paying_office, had_a_hand_before, related_to_person, outside_area.
    """
    if by.id is None:
        raise ValueError("an interviewer has an account")
    interview = Interview.objects.select_for_update(of=("self",)).select_related("line").get(pk=interview_id)
    line = interview.line
    with said_plainly():
        sheet = Sheet.objects.create(
            interview=interview, received=received, amount_satang=amount_satang, received_on=received_on,
            asked_back=asked_back, signed_self=signed_self, knows_application=knows_application,
            visitor=clean_text(visitor, 300), words=clean_text(words, 4000, keep_lines=True) or None, asked_at=at,
            asked_by_id=by.id, asked_by_name=by.name,
        )  # fmt: skip
        said = rules.Said(received, amount_satang, asked_back, knows_application)
        found = rules.discrepancies(said, line.amount_satang)
        Discrepancy.objects.bulk_create(
            Discrepancy(
                line=line,
                sheet=sheet,
                kind=kind,
                paid_satang=line.amount_satang,
                said_satang=amount_satang,
                found_at=at,
            )
            for kind in found
        )
    # The answers themselves are not copied into the journal: it is read by more people than the sheet.
    record(
        by=by, at=at, act="spotchecks.record_interview", subject=("interview", interview.pk), person_id=line.person_id,
        after={"discrepancies": len(found)},
    )  # fmt: skip
    return sheet
