"""How Django finds this package."""

from django.apps import AppConfig


class AdvancesConfig(AppConfig):
    """The advances package."""

    name = "phueng.advances"
    label = "advances"
