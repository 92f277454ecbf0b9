"""Is the request open, and does nobody else act on it just now?"""

from uuid import UUID

from phueng.applications.models import Application
from phueng.kernel.problems import Refused
from phueng.verification.refusals import NOT_OPEN


def locked_open_application(application_id: UUID) -> Application:
    """The application with its row held until the transaction ends; Refused when it is not submitted or is closed."""
    application = Application.objects.select_for_update(of=("self",)).select_related("office").get(pk=application_id)
    if application.state != "submitted" or application.closed_at is not None:
        raise Refused(NOT_OPEN)
    return application
