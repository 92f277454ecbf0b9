"""As whom do the members of the cast act?"""

from phueng.audit.actors import Actor
from phueng.demo.people import HELPER, Staff

CITIZEN = Actor("citizen", None, "ผู้ขอ", "citizen")


def as_actor(one: Staff) -> Actor:
    """The actor that this person's first duty makes them."""
    kind = "helper" if one is HELPER else "staff"
    return Actor(kind, one.account_id, one.name_th, one.role, one.office_code)  # type: ignore[arg-type]
