"""How do we learn that a person receives something from another agency?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.benefits.models import ReceivedBenefit


@action
def state_received_benefit(
    *,
    by: Actor,
    at: datetime,
    source: str,
    person_id: UUID,
    benefit_code: str,
    agency_name: str,
    starts_on: date,
    ends_before: date | None = None,
    amount_satang: int | None = None,
    source_reference: str = "",
) -> ReceivedBenefit:
    """State what an agency says that a person receives. A code that our table does not know is kept as well: the
    officer who sees "unknown" decides. The same statement again changes nothing, except that an end now known is noted.
    """
    if not (benefit_code and agency_name and source):
        raise ValueError("a benefit has a code, an agency and a source")
    benefit, is_new = ReceivedBenefit.objects.select_for_update().get_or_create(
        person_id=person_id, benefit_code=benefit_code, starts_on=starts_on, source=source,
        defaults={
            "agency_name": agency_name[:120], "ends_before": ends_before, "amount_satang": amount_satang,
            "source_reference": source_reference[:80], "stated_at": at,
        },
    )  # fmt: skip
    ends_now = not is_new and benefit.ends_before is None and ends_before is not None
    if ends_now:
        benefit.ends_before = ends_before
        benefit.save(update_fields=["ends_before"])
    if is_new or ends_now:
        record(
            by=by, at=at, act="benefits.state_received_benefit", subject=("received_benefit", benefit.pk),
            person_id=person_id, before={"ends_before": None} if ends_now else None,
            after={"source": source, "starts_on": starts_on, "ends_before": ends_before},
        )  # fmt: skip
    return benefit
