"""How Django finds this package."""

from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    """The entitlements package."""

    name = "phueng.entitlements"
    label = "entitlements"
