"""How is it said that two records are one person, and how is that taken back?"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.registry.models import Person, SamePerson
from phueng.registry.queries import canonical_id


@action
def say_same_person(*, by: Actor, at: datetime, person_id: UUID, canonical_person_id: UUID, why: str) -> SamePerson:
    """`person` is `canonical`: one row is the whole merge. A record merged before takes its whole group along."""
    _one_merge_at_a_time()
    merging, target = canonical_id(person_id), canonical_id(canonical_person_id)
    # Whoever is making a sum fall due holds these rows as well (key share): it sees the merge wholly or not at all.
    list(Person.objects.select_for_update().filter(pk__in=[merging, target]).order_by("pk"))
    if target == merging:
        already = SamePerson.objects.filter(person_id=person_id, undone_at__isnull=True).first()
        if already is not None:
            return already
        raise Refused(
            Problem(
                "already_same_person",
                "สองรายการนี้เป็นคนเดียวกันอยู่แล้ว",
                "These two records are already one person",
                "ไม่ต้องทำอะไรเพิ่ม",
                "Nothing more to do",
            )
        )
    merge = SamePerson.objects.create(
        person_id=merging, canonical_id=target, why=why[:300], stated_at=at, stated_by_name=by.name[:200]
    )
    record(
        by=by,
        at=at,
        act="registry.say_same_person",
        subject=("person", merging),
        person_id=merging,
        why=why,
        after={"canonical": target},
    )
    return merge


@action
def undo_same_person(*, by: Actor, at: datetime, person_id: UUID, why: str) -> None:
    """Take the merge back: both records stand again as they were."""
    _one_merge_at_a_time()
    merge = SamePerson.objects.select_for_update().filter(person_id=person_id, undone_at__isnull=True).first()
    if merge is None:
        return
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    record(
        by=by,
        at=at,
        act="registry.undo_same_person",
        subject=("person", person_id),
        person_id=person_id,
        why=why,
        before={"canonical": merge.canonical_id},
    )


def _one_merge_at_a_time() -> None:
    # Merges are rare, and two at once could close a circle that no constraint sees (A is B, B is C, C is A).
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry.same_person'))")
