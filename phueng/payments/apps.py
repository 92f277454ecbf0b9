"""How Django finds this package."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The payments package."""

    name = "phueng.payments"
    label = "payments"
