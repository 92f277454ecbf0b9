"""The worker opens a file from quarantine."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.contents import store_content, wipe_contents
from phueng.documents.examining import Examined
from phueng.documents.examining_apart import examine_apart
from phueng.documents.file_kinds import BY_MIME, PDF
from phueng.documents.models import Evidence


@action
def examine_evidence(*, by: Actor, at: datetime, evidence_id: UUID) -> Evidence | None:
    """Keep the cleaned copy or the reason for refusing; the picture as it came is wiped either way.

    It carried the place where somebody lives. None when another worker has this file in hand; a file examined before
    is returned as it is.
    """
    rows = Evidence.objects.select_for_update(of=("self",), skip_locked=True).select_related("raw")
    evidence = rows.filter(pk=evidence_id).first()
    if evidence is None or evidence.examined_at is not None:
        return evidence
    examined = examine_apart(bytes(evidence.raw.content), BY_MIME[evidence.raw.mime])
    evidence.examined_at = at
    evidence.refusal_code = examined.refusal_code
    _keep(evidence, examined, at)
    evidence.save(update_fields=["examined_at", "refusal_code", "cleaned", "thumbnail"])
    record(
        by=by,
        at=at,
        act="documents.examine_evidence",
        subject=("evidence", evidence.pk),
        after={
            "of_id": evidence.subject_id,
            "refusal": examined.refusal_code,
            "sha256": evidence.cleaned.sha256 if evidence.cleaned else "",
        },
    )
    return evidence


def _keep(evidence: Evidence, examined: Examined, at: datetime) -> None:
    if not examined.refusal_code and examined.mime == PDF.mime:
        evidence.cleaned = evidence.raw
        return
    if not examined.refusal_code:
        evidence.cleaned = store_content(examined.clean, examined.mime, at)
        evidence.thumbnail = store_content(examined.thumbnail, examined.mime, at)
    wipe_contents([evidence.raw], at)
