"""How Django finds this package."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger package."""

    name = "phueng.ledger"
    label = "ledger"
