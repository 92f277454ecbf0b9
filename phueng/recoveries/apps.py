"""How Django finds this package."""

from django.apps import AppConfig


class RecoveriesConfig(AppConfig):
    """The recoveries package."""

    name = "phueng.recoveries"
    label = "recoveries"
