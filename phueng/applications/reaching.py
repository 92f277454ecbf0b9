"""Which request does this page stand for, and what time is it? One statement, asked at the start of every citizen's page."""

from datetime import datetime

from phueng.applications.models import Application
from phueng.audit.prepared import columns_in, instance_from, names_in, row_of
from phueng.kernel.references import normalise_reference
from phueng.places.models import Office

# The moment is there even when the request is not.
_REACHED = f"""
SELECT phueng_now(), {columns_in(Application, "a")}, {columns_in(Office, "o")}
  FROM (SELECT 1) always LEFT JOIN applications_application a ON a.reference = $1
  LEFT JOIN places_office o ON o.id = a.office_id
"""  # noqa: S608  # nosec B608  # columns of our own models
_OFFICE_FROM = 1 + len(names_in(Application))


def reach(reference: str) -> tuple[Application, datetime] | None:
    """The application with this reference, written in any way, with its office, and the time; None when it is not there.

    For code that has checked the right to see it in another way (ticket, second factor).
    """
    meant = normalise_reference(reference)
    row = row_of("applications_reached", _REACHED, meant) if meant else None
    if row is None or row[1] is None:
        return None
    application = instance_from(Application, row[1:_OFFICE_FROM])
    application.office = instance_from(Office, row[_OFFICE_FROM:]) if application.office_id else None
    return application, row[0]
