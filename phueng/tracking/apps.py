"""How Django finds this package."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """The tracking package."""

    name = "phueng.tracking"
    label = "tracking"
