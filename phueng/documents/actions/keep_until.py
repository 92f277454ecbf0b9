"""Until when are the files of a finished case kept?"""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.models import Evidence


@action
def keep_until(*, by: Actor, at: datetime, subject: tuple[str, UUID], expires_on: date) -> int:
    """Give every file of this subject its last day, as the scheme's retention says. Returns how many files."""
    count = Evidence.objects.filter(subject_kind=subject[0], subject_id=subject[1], withdrawn_at=None).update(
        expires_on=expires_on
    )
    if count:
        record(
            by=by, at=at, act="documents.keep_until", subject=subject, after={"expires_on": expires_on, "files": count}
        )
    return count
