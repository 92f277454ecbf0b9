"""How does a code reach the applicant's phone, without telling whoever asked whether there is an applicant?

For an unknown reference (or one without a mobile phone) the same rows are written about nobody: a code whose text is
emptied at once, so that nothing is ever sent. What is asked of the database, and what is answered, is the same.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from phueng.access.actions import issue_code, redeem_code
from phueng.access.models import OneTimeCode
from phueng.audit.actors import Actor
from phueng.kernel.phones import is_mobile
from phueng.kernel.problems import Refused
from phueng.tracking.letting_in import Claimed

PURPOSE = "tracking"


@dataclass(frozen=True, slots=True)
class _Addressee:
    subject_id: UUID
    phone: str
    is_real: bool


def send_code(claim: Claimed, *, by: Actor, at: datetime, language: str) -> None:
    """Send a code to the phone that stands in the request. Says nothing about whether it did.

    A phone that had its five codes today gets no other; the page reads the same.
    """
    to = _addressee(claim)
    try:
        with transaction.atomic():
            code_id = issue_code(
                purpose=PURPOSE, subject_id=to.subject_id, phone=to.phone, language=language, by=by, at=at
            )
            changed = {"language": language} if to.is_real else {"text_to_send": ""}
            OneTimeCode.objects.filter(pk=code_id).update(**changed)
    except Refused:
        return


def code_fits(claim: Claimed, typed: str, *, by: Actor, at: datetime) -> bool:
    """Is this the code that was sent for this request? It works once."""
    to = _addressee(claim)
    fits = redeem_code(purpose=PURPOSE, subject_id=to.subject_id, phone=to.phone, code=typed, by=by, at=at)
    return fits and to.is_real


def _addressee(claim: Claimed) -> _Addressee:
    if claim.is_known and is_mobile(claim.phone):
        return _Addressee(claim.application_id, claim.phone, is_real=True)
    # The same nobody each time for the same reference, so that waiting and counting go as for a real one.
    key = hmac.new(settings.PHUENG_BLIND_INDEX_KEY, f"nobody {claim.reference}".encode(), hashlib.sha256).digest()
    return _Addressee(
        UUID(bytes=key[:16], version=4), f"+668000{int.from_bytes(key[16:20]) % 100_000:05d}", is_real=False
    )
