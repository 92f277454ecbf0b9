"""…then the person types it here."""

import hmac
from datetime import datetime
from uuid import UUID

from phueng.access.codes import MOST_ATTEMPTS, code_hash, only_digits
from phueng.access.models import OneTimeCode
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@action
def redeem_code(*, purpose: str, subject_id: UUID, phone: str, code: str, by: Actor, at: datetime) -> bool:
    """Say whether this is the code; it works once, for ten minutes, and five wrong tries end it.

    The answer for a code that never was, is over, is used up or is wrong is the same False. It is returned,
    not raised: a raised refusal would roll back the count of wrong tries.
    """
    sent = (
        OneTimeCode.objects.select_for_update()
        .filter(purpose=purpose, subject_id=subject_id, phone=phone, redeemed_at__isnull=True, expires_at__gt=at)
        .filter(attempts__lt=MOST_ATTEMPTS)
        .order_by("-created_at")
        .first()
    )
    if sent is None:
        return False
    fits = hmac.compare_digest(sent.code_hash, code_hash(sent.id, only_digits(code)))
    sent.attempts += 1
    if fits:
        sent.redeemed_at = at
        sent.text_to_send = ""
    sent.save(update_fields=["attempts", "redeemed_at", "text_to_send"])
    record(
        by=by,
        at=at,
        act="access.redeem_code" if fits else "access.miss_code",
        subject=("code", sent.id),
        after={"purpose": purpose, "subject": subject_id, "attempts": sent.attempts},
    )
    return fits
