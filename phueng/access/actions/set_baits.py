"""How are references laid out that belong to nobody?"""

from datetime import datetime
from uuid import uuid4

from phueng.access.baits import bait_hash
from phueng.access.models import BaitReference
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.references import new_reference


@action
def set_baits(*, count: int, planted_where: str, by: Actor, at: datetime) -> list[str]:
    """Make `count` baits and return them, this once: put them where only a thief would read them.

    50 random bits each: that one is ever given to a real request is not to be expected in a million years.
    """
    made = [new_reference() for _ in range(count)]
    where = planted_where.strip()[:200]
    BaitReference.objects.bulk_create(
        BaitReference(reference_hash=bait_hash(one), planted_where=where, set_at=at, set_by_id=by.id) for one in made
    )
    record(
        by=by, at=at, act="access.set_baits", subject=("baits", uuid4()), after={"count": count, "planted_where": where}
    )
    return made
