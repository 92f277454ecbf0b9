"""When are answers final?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, entry_of
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.questionnaires.models import Sheet


@action
def close_sheet(*, by: Actor, at: datetime, sheet_id: UUID) -> Sheet:
    """No further answers on this sheet. Closing it again changes nothing."""
    sheet = Sheet.objects.select_for_update().get(id=sheet_id)
    if sheet.closed_at is None:
        sheet.closed_at = at
        sheet.save(update_fields=["closed_at"])
        closing_entry(by=by, at=at, sheet_id=sheet.id).save(force_insert=True)
    return sheet


def closing_entry(*, by: Actor, at: datetime, sheet_id: UUID) -> Entry:
    """The trace of closing a sheet, for an act that closes it in its own statement."""
    return entry_of(
        by=by, at=at, act="questionnaires.close_sheet", subject=("sheet", sheet_id), after={"closed_at": at}
    )
