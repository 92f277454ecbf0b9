"""How Django finds this package."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """The applications package."""

    name = "phueng.applications"
    label = "applications"
