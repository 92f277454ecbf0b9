"""How does an account get its second factor, and how is a lost one forgotten?"""

from datetime import datetime
from uuid import UUID

from django_otp.plugins.otp_totp.models import TOTPDevice

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor


@action
def confirm_factor(*, account_id: UUID, code: str, by: Actor, at: datetime) -> bool:
    """Take the waiting app into use when its code is right; an older app stops working.

    Returned, not raised, when wrong: a raised refusal would undo the slowing down of guesses.
    """
    device = TOTPDevice.objects.select_for_update().filter(user_id=account_id, confirmed=False).first()
    if device is None or not device.verify_is_allowed()[0] or not device.verify_token(code.replace(" ", "")):
        return False
    TOTPDevice.objects.filter(user_id=account_id, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(by=by, at=at, act="access.enrol_factor", subject=("account", account_id))
    return True


@action
def forget_factor(*, account_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """Forget the app of somebody who lost the phone; the person enrols again at the next sign-in."""
    TOTPDevice.objects.filter(user_id=account_id).delete()
    record(by=by, at=at, act="access.forget_factor", subject=("account", account_id), why=why)
