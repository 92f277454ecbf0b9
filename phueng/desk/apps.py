"""How Django finds this package."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk package."""

    name = "phueng.desk"
    label = "desk"
