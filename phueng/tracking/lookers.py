"""Who looked at this request? Roles and times; a name would make an officer a target."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from phueng.access.roles import ROLE_NAMES
from phueng.audit.queries import entries_about, entries_about_person
from phueng.kernel.thai_dates import in_bangkok
from phueng.tracking import wording
from phueng.tracking.wording import pick


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at this request: in which role and when, never who."""

    role: str
    at: datetime


def lookers_of(application_id: UUID, person_id: UUID | None, lang: str, *, most: int = 5) -> list[Looked]:
    """The latest looks, one a role and day, newest first, in one query."""
    if person_id is not None:
        page = entries_about_person(person_id, reads=True)
    else:
        page = entries_about(("application", application_id), reads=True)
    found: dict[tuple[str, date], Looked] = {}
    for entry in page.entries:
        if entry.actor_kind == "system":
            continue
        known = ROLE_NAMES.get(entry.role, (entry.role, entry.role))
        words = wording.LOOKED_BY_KEY if entry.actor_kind == "citizen" else known
        key = (entry.role, in_bangkok(entry.at).date())
        found.setdefault(key, Looked(pick(words, lang), entry.at))
    return list(found.values())[:most]
