"""What does the slip say that a person takes home?"""

from datetime import datetime
from typing import Any

from phueng.applications.addresses import tracking_address
from phueng.applications.models import Application
from phueng.places.models import Office
from phueng.places.queries import place_line
from phueng.schemes.catalogue import scheme

SLIP = "applications/slip"


def slip_context(application: Application, office: Office, at: datetime) -> dict[str, Any]:
    """Everything the slip's template needs, in both languages; kept with the letter, so that it can be made again."""
    known = scheme(application.scheme_code)
    address = tracking_address(application.reference)
    return {
        "reference": application.reference,
        "scheme_th": known.name.th,
        "scheme_en": known.name.en,
        "applicant_name": application.applicant_name,
        "helper_name": application.helper_name,
        "submitted_at": at.isoformat(),
        "office_th": office.name_th,
        "office_en": office.name_en,
        "office_phone": office.phone,
        "place_th": place_line(application.subdistrict_id or "", "th"),
        "place_en": place_line(application.subdistrict_id or "", "en"),
        "tracking_address": address,
        "qr_of": address,
    }
