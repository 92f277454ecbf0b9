"""How does a person prove that a phone is theirs? First we send a code to it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from phueng.access.codes import LIVES_FOR, MOST_A_DAY, code_hash, new_code, text_with
from phueng.access.limits import allow
from phueng.access.models import OneTimeCode
from phueng.access.problems import NOT_A_MOBILE, TOO_MANY_CODES
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.phones import is_mobile, mask_phone
from phueng.kernel.problems import Refused


@action
def issue_code(*, purpose: str, subject_id: UUID, phone: str, language: str = "th", by: Actor, at: datetime) -> UUID:
    """Make a code bound to this purpose, subject and phone, and leave it for notices to fetch.

    Codes made before for the same three stop working. Raises Refused(too_many_codes) after 5 codes to one
    phone in a day (nobody's phone shall ring all night) and Refused(not_a_mobile).
    """
    if not is_mobile(phone):
        raise Refused(NOT_A_MOBILE)
    if not allow(f"one-time codes to {phone}", most=MOST_A_DAY, within=timedelta(days=1)):
        raise Refused(TOO_MANY_CODES)
    OneTimeCode.objects.filter(
        purpose=purpose, subject_id=subject_id, phone=phone, redeemed_at__isnull=True, expires_at__gt=at
    ).delete()
    code_id, code = uuid4(), new_code()
    OneTimeCode.objects.create(
        id=code_id,
        purpose=purpose,
        subject_id=subject_id,
        phone=phone,
        code_hash=code_hash(code_id, code),
        text_to_send=text_with(code, language),
        language=language,
        created_at=at,
        expires_at=at + LIVES_FOR,
    )
    record(
        by=by,
        at=at,
        act="access.issue_code",
        subject=("code", code_id),
        after={"purpose": purpose, "subject": subject_id, "phone": mask_phone(phone)},
    )
    return code_id
