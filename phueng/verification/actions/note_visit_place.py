"""Where did the visitor stand?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.verification.models import Visit
from phueng.verification.refusals import NOT_IN_THAILAND
from phueng.verification.states import insist_may
from phueng.verification.visits import locked_open_visit

# The bounding box of Thailand in degrees: 0,0 and swapped coordinates are slips, not homes.
SOUTH, NORTH, WEST, EAST = 5.5, 20.6, 97.2, 105.8


@action
def note_visit_place(
    *, by: Actor, at: datetime, visit_id: UUID, latitude: float, longitude: float, accuracy_metres: float | None = None
) -> Visit:
    """Keep the coordinates (degrees, WGS 84) and how exact they are. The latest reading counts.

    Raises Refused(not_in_thailand, visit_finished).
    """
    insist_may("visit", by.role)
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise Refused(NOT_IN_THAILAND)
    visit = locked_open_visit(visit_id)
    visit.latitude, visit.longitude, visit.accuracy_metres = latitude, longitude, accuracy_metres
    visit.save(update_fields=["latitude", "longitude", "accuracy_metres"])
    record(
        by=by, at=at, act="verification.note_visit_place", subject=("visit", visit.pk),
        person_id=visit.application.person_id, after={"accuracy_metres": accuracy_metres},
    )  # fmt: skip
    return visit
