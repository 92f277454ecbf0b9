"""How Django finds this package."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """The retention package; it has no tables of its own."""

    name = "phueng.retention"
    label = "retention"
