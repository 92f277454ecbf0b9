"""The day has come on which a file must go."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.contents import wipe_contents
from phueng.documents.models import Evidence


@action
def expire_evidence(*, by: Actor, at: datetime, evidence_id: UUID) -> None:
    """Wipe every copy of one file. That it existed, and its checksum, stay. Wiped before: nothing happens."""
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("raw", "cleaned", "thumbnail")
    evidence = rows.get(pk=evidence_id)
    copies = [copy for copy in (evidence.raw, evidence.cleaned, evidence.thumbnail) if copy and copy.wiped_at is None]
    if not copies:
        return
    wipe_contents(copies, at)
    if evidence.examined_at is None:
        evidence.examined_at, evidence.refusal_code = at, "expired"
        evidence.save(update_fields=["examined_at", "refusal_code"])
    record(
        by=by,
        at=at,
        act="documents.expire_evidence",
        subject=("evidence", evidence.pk),
        before={"sha256": evidence.sha256, "expires_on": evidence.expires_on},
    )
