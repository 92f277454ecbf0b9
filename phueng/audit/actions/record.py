"""How is one entry written?"""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from phueng.audit.actors import Actor
from phueng.audit.models import Entry


def record(
    *,
    by: Actor,
    at: datetime,
    act: str,
    subject: tuple[str, UUID],
    person_id: UUID | None = None,
    why: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write what was done, in the transaction that did it.

    `act` is "<package>.<verb>", `subject` is (kind, id), `person_id` the person it is about, if any.
    """
    entry_of(by=by, at=at, act=act, subject=subject, person_id=person_id, why=why, before=before, after=after).save(
        force_insert=True
    )


def record_read(
    *,
    by: Actor,
    at: datetime,
    act: str,
    subject: tuple[str, UUID],
    person_id: UUID | None = None,
    why: str = "",
) -> None:
    """Write that somebody looked at a person's record; wakes no worker."""
    entry_of(by=by, at=at, act=act, subject=subject, person_id=person_id, why=why, is_read=True).save(force_insert=True)


def entry_of(
    *,
    by: Actor,
    at: datetime,
    act: str,
    subject: tuple[str, UUID],
    person_id: UUID | None = None,
    why: str = "",
    is_read: bool = False,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """The entry before it is written, for an act that writes all of its rows in one statement."""
    kind, subject_id = subject
    return Entry(
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name[:200],
        role=by.role[:40],
        office_code=by.office_code,
        act=act,
        is_read=is_read,
        subject_kind=kind,
        subject_id=subject_id,
        person_id=person_id,
        why=_storable(why),
        before=_plain(before),
        after=_plain(after),
        request_id=by.request_id[:64],
    )


def _plain(value: Any) -> Any:
    """Turn what an action knows into JSON; amounts and moments become text, never rounded numbers."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return _plain(value.value)
        case str():
            return _storable(value)
        case datetime() | date() | time():
            return value.isoformat()
        case UUID() | Decimal() | float():
            return str(value)
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(inner) for inner in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _plain(dataclasses.asdict(value))
        case _:
            raise TypeError(f"{type(value).__name__} cannot be written into an audit entry")


def _storable(text: str) -> str:
    # PostgreSQL refuses NUL in text and jsonb; a pasted NUL must not stop an act from being recorded.
    return text.replace("\x00", "�")
