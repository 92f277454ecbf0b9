"""Somebody takes a file back."""

from datetime import datetime, timedelta
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.models import Evidence
from phueng.kernel.thai_dates import in_bangkok

# Long enough to answer "where did my photo go", short enough to keep nothing that nobody wants kept.
KEPT_AFTER_WITHDRAWAL = timedelta(days=30)


@action
def withdraw_evidence(*, by: Actor, at: datetime, evidence_id: UUID) -> Evidence:
    """Take a file out of its list; its bytes go 30 days later. A file withdrawn before stays as it is."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    if evidence.withdrawn_at is not None:
        return evidence
    evidence.withdrawn_at = at
    goes_on = in_bangkok(at).date() + KEPT_AFTER_WITHDRAWAL
    evidence.expires_on = min(goes_on, evidence.expires_on or goes_on)
    evidence.save(update_fields=["withdrawn_at", "expires_on"])
    record(
        by=by,
        at=at,
        act="documents.withdraw_evidence",
        subject=("evidence", evidence.pk),
        after={"of_id": evidence.subject_id, "slot": evidence.slot},
    )
    return evidence
