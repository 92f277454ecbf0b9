"""Which files did somebody ask for, which may be taken now, and which wait for a second person?"""

from datetime import datetime
from uuid import UUID

from phueng.access.viewers import Viewer
from phueng.payments.models import Export

MOST = 50


def exports_of(viewer: Viewer) -> list[Export]:
    """What this account asked for, the latest first; the files themselves stay where they are."""
    return list(Export.objects.defer("sealed").filter(asked_by_id=viewer.account_id).order_by("-asked_at")[:MOST])


def exports_to_approve(at: datetime) -> list[Export]:
    """What nobody has approved yet, oldest first. The caller keeps those that its viewer may approve."""
    waiting = Export.objects.filter(needs_approval=True, approved_at=None, dropped_at=None, expires_at__gt=at)
    return list(waiting.defer("sealed").order_by("asked_at")[:200])


def export_for(viewer: Viewer, export_id: UUID, at: datetime) -> Export | None:
    """A file that is ready and not over, of this very account."""
    kept = Export.objects.filter(made_at__isnull=False, dropped_at=None, trouble="", expires_at__gt=at)
    return kept.filter(pk=export_id, asked_by_id=viewer.account_id).first()
