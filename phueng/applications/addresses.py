"""Where does the citizen look afterwards?"""

from django.conf import settings


def tracking_address(reference: str) -> str:
    """The address in the QR code. It names the case and nothing else: without the second factor it shows nothing."""
    return f"{settings.PHUENG_PUBLIC_URL}/track/?reference={reference}"
