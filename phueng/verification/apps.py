"""How Django finds this package."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """The verification package."""

    name = "phueng.verification"
    label = "verification"
