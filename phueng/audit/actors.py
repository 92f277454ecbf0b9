"""Who acts?

An actor is written into each audit entry as plain values, so it carries its own name, role and office and
needs no account to be understood later.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ActorKind = Literal["citizen", "helper", "staff", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A citizen, a helper with consent, a member of staff, or a step of the worker."""

    kind: ActorKind
    id: UUID | None
    name: str
    role: str
    office_code: str = ""
    request_id: str = ""


def SYSTEM(step: str) -> Actor:
    """Name the worker step that acts on its own clock."""
    return Actor(kind="system", id=None, name=step, role="system")
