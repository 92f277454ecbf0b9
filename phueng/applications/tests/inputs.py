"""What does a woman of 78 type and tap, page by page, for the family grant?"""

import io
from typing import Any

from PIL import Image

from phueng.applications.tests.factories import SUBDISTRICT
from phueng.kernel.national_id import demo_national_id


def _jpeg() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 160, 140)).save(kept, "JPEG")
    return kept.getvalue()


JPEG = _jpeg()

FAMILY_INPUTS: dict[str, dict[str, Any]] = {
    "applying_for": {"applying_for": "self"},
    "name": {"full_name.title": "นาง", "full_name.first_name": "สมศรี", "full_name.last_name": "ใจดี"},
    "has_national_id": {"has_national_id": "yes"},
    "national_id": {"national_id": demo_national_id(1)},
    "birth_date": {"birth_date_0": "1", "birth_date_1": "2", "birth_date_2": "2491"},
    "has_phone": {"has_phone": "yes"},
    "phone": {"phone": "๐๘๑ ๒๓๔ ๕๖๗๘"},
    "contact_person": {"contact_name": "", "contact_phone": ""},
    "stays_at": {
        "stays_at.province": "99",
        "stays_at.district": "9901",
        "stays_at.subdistrict": SUBDISTRICT,
        "stays_at.house_no": "99/1",
        "stays_at.moo": "3",
        "stays_at.village": "",
        "stays_at.street": "",
        "stays_at.note": "",
    },
    "household_size": {"household_size": "2"},
    "hardship": {"hardship": "lost_income"},
    "urgency": {"urgency": "can_wait"},
    "story": {"story": "ขายของไม่ได้"},
    "household_income": {"household_income": "12,000"},
    "help_received": {"help_received": ["none"]},
    "pay_to": {"pay_to": "bank"},
    "bank_account": {
        "bank_account.bank": "006",
        "bank_account.number": "123-4-56789-0",
        "bank_account.holder": "สมศรี ใจดี",
    },
    "photos": {},
    "photos_of_papers": {},
    "registers": {},
}
