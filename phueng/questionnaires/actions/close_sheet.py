"""When are answers final?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.questionnaires.models import Sheet


@action
def close_sheet(*, by: Actor, at: datetime, sheet_id: UUID) -> Sheet:
    """No further answers on this sheet. Closing it again changes nothing."""
    sheet = Sheet.objects.select_for_update().get(id=sheet_id)
    if sheet.closed_at is None:
        sheet.closed_at = at
        sheet.save(update_fields=["closed_at"])
        record(by=by, at=at, act="questionnaires.close_sheet", subject=("sheet", sheet.id), after={"closed_at": at})
    return sheet
