"""Has the person the second factor (a code from an app, TOTP)?"""

from base64 import b32encode
from uuid import UUID

import segno
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from phueng.access.models import Account


def has_device(account_id: UUID) -> bool:
    """Say whether this account has enrolled an app."""
    return bool(TOTPDevice.objects.filter(user_id=account_id, confirmed=True).exists())


def device_to_enrol(account: Account) -> TOTPDevice:
    """The app that waits for its first code; made when there is none."""
    device, _ = TOTPDevice.objects.get_or_create(user=account, confirmed=False, defaults={"name": "app"})
    return device


def secret_text(device: TOTPDevice) -> str:
    """The secret in base 32, in groups of four, for typing it by hand."""
    plain = b32encode(device.bin_key).decode()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def qr_svg(device: TOTPDevice) -> str:
    """The QR code for the app, as inline SVG: no file and no other host ever sees the secret.

    On white paper also on a dark page, else cameras do not read it.
    """
    return segno.make(device.config_url, error="m").svg_inline(scale=5, border=3, light="#fff")


@transaction.atomic
def is_right(account_id: UUID, code: str) -> bool:
    """Check a code against the enrolled app; each code works once, and wrong ones slow the next try down."""
    code = code.replace(" ", "")
    devices = TOTPDevice.objects.select_for_update().filter(user_id=account_id, confirmed=True)
    # Every device is asked: stopping at the first would tell by time which one fits.
    fitting = [device for device in devices if device.verify_is_allowed()[0] and device.verify_token(code)]
    return bool(fitting)
