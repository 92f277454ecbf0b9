"""How Django finds this package."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The notices package."""

    name = "phueng.notices"
    label = "notices"
