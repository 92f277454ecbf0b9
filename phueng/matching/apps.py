"""How Django finds this package."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """The matching package."""

    name = "phueng.matching"
    label = "matching"
