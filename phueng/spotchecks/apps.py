"""How Django finds this package."""

from django.apps import AppConfig


class SpotchecksConfig(AppConfig):
    """The spotchecks package."""

    name = "phueng.spotchecks"
    label = "spotchecks"
