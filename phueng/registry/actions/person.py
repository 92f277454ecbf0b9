"""How does a person enter the register, once, even when two doors open at the same moment?"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.access.sealed import blind_index
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.national_id import is_valid_national_id
from phueng.registry.models import Identifier, Person, PersonName
from phueng.registry.queries import person_by_identifier

NATIONAL_ID = "national_id"


@action
def register_person(
    *,
    by: Actor,
    at: datetime,
    source: str,
    title: str,
    first_name: str,
    last_name: str,
    sex: str = "",
    nationality: str = "",
    born_on: date | None = None,
    born_precision: str = "day",
    national_id: str | None = None,
    no_id_reason: str = "",
) -> Person:
    """Register a person, or return the one whose national ID this already is.

    `national_id` is 13 ASCII digits; without it `no_id_reason` says why there is none. The unique blind index decides
    races: the loser of two simultaneous registrations gets the winner's person.
    """
    if national_id:
        known = person_by_identifier(NATIONAL_ID, national_id)
        if known is not None:
            return Person.objects.get(pk=known)
    elif not no_id_reason:
        raise ValueError("a person without a national ID needs a reason why there is none")
    try:
        with transaction.atomic():
            person = _new_person(at, source, sex, nationality, born_on, born_precision, national_id, no_id_reason)
            PersonName.objects.create(
                person=person, title=title, first_name=first_name, last_name=last_name, source=source, stated_at=at
            )
    except IntegrityError:
        winner = person_by_identifier(NATIONAL_ID, national_id or "")
        if winner is None:
            raise
        return Person.objects.get(pk=winner)
    record(
        by=by,
        at=at,
        act="registry.register_person",
        subject=("person", person.pk),
        person_id=person.pk,
        after={"source": source, "has_national_id": bool(national_id), "no_id_reason": no_id_reason},
    )
    return person


def _new_person(
    at: datetime,
    source: str,
    sex: str,
    nationality: str,
    born_on: date | None,
    born_precision: str,
    national_id: str | None,
    no_id_reason: str,
) -> Person:
    person = Person.objects.create(
        sex=sex, nationality=nationality, born_on=born_on, born_precision=born_precision, source=source, stated_at=at
    )
    Identifier.objects.create(
        person=person,
        kind=NATIONAL_ID if national_id else "none",
        value=national_id or None,
        blind_index=blind_index(NATIONAL_ID, national_id) if national_id else None,
        is_checksum_right=is_valid_national_id(national_id) if national_id else None,
        reason=no_id_reason,
        source=source,
        stated_at=at,
    )
    return person


@action
def complete_person(
    *,
    by: Actor,
    at: datetime,
    source: str,
    person_id: UUID,
    sex: str = "",
    nationality: str = "",
    born_on: date | None = None,
    born_precision: str = "day",
) -> Person:
    """Fill in what was not known when the person was registered. What is known already is never overwritten."""
    person = Person.objects.select_for_update().get(pk=person_id)
    filled: dict[str, str] = {}
    if sex and not person.sex:
        person.sex = filled["sex"] = sex
    if nationality and not person.nationality:
        person.nationality = filled["nationality"] = nationality
    if born_on is not None and person.born_on is None:
        person.born_on, person.born_precision = born_on, born_precision
        filled["born_on"] = born_on.isoformat()
    if filled:
        person.save(update_fields=["sex", "nationality", "born_on", "born_precision"])
        record(
            by=by,
            at=at,
            act="registry.complete_person",
            subject=("person", person.pk),
            person_id=person.pk,
            after={"source": source, **filled},
        )
    return person
