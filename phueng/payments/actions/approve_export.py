"""Who else says that many rows may leave?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.actions.ask_export import KEPT_FOR
from phueng.payments.models import Export


@action
def approve_export(*, by: Actor, at: datetime, export_id: UUID) -> Export:
    """Let the worker make it; its day begins now. Approving again changes nothing.

    The caller has looked who may (ask_export.may_approve). Refused: not_your_own_export, export_is_over.
    """
    export = Export.objects.select_for_update(of=("self",)).defer("sealed").get(pk=export_id)
    if export.approved_at is not None or not export.needs_approval:
        return export
    if by.id is None or export.asked_by_id == by.id:
        raise Refused(problems.NOT_YOUR_OWN_EXPORT)
    if export.expires_at <= at:
        raise Refused(problems.EXPORT_IS_OVER)
    export.approved_at, export.approved_by_id, export.approved_by_name = at, by.id, by.name[:200]
    export.expires_at = at + KEPT_FOR
    export.save(update_fields=["approved_at", "approved_by", "approved_by_name", "expires_at"])
    record(by=by, at=at, act="payments.approve_export", subject=("export", export.pk), why=export.purpose)
    return export
