"""An officer opens a file or a letter: looking is an act, and leaves its trace."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record_read
from phueng.audit.actors import Actor


@action
def note_reading(*, by: Actor, at: datetime, what: str, file_id: UUID) -> None:
    """`what` is evidence or letter."""
    record_read(by=by, at=at, act=f"documents.read_{what}", subject=(what, file_id))
