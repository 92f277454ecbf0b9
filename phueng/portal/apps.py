"""How Django finds this package."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal package."""

    name = "phueng.portal"
    label = "portal"
