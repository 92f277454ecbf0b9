"""How does Django know this package?"""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit package."""

    name = "phueng.audit"
    label = "audit"
    verbose_name = "Audit"
