"""How Django finds this package."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """The benefits package."""

    name = "phueng.benefits"
    label = "benefits"
