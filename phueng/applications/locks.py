"""How do two people who act on one application at once come one after the other?"""

from uuid import UUID

from phueng.applications.models import Application
from phueng.applications.states import next_state
from phueng.audit.actors import Actor


def locked(application_id: UUID) -> Application:
    """The application with its row held until the transaction ends. Raises Application.DoesNotExist."""
    return Application.objects.select_for_update(of=("self",)).select_related("office").get(id=application_id)


def locked_for(application_id: UUID, act: str, by: Actor) -> tuple[Application, str]:
    """The locked application and the state after `act`. Raises Refused when the table of states has no such step."""
    application = locked(application_id)
    to_state = next_state(application.state, act, by.role, is_closed=application.closed_at is not None)
    return application, to_state
