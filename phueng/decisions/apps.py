"""How Django finds this package."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The decisions package."""

    name = "phueng.decisions"
    label = "decisions"
