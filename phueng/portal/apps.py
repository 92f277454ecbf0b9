"""How does Django know this package?"""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal package: no tables of its own."""

    name = "phueng.portal"
    label = "portal"
    verbose_name = "Portal"
