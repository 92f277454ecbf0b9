"""How does Django know this package?"""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access package."""

    name = "phueng.access"
    label = "access"
    verbose_name = "Access"
