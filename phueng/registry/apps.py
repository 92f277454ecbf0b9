"""How Django finds this package."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry package."""

    name = "phueng.registry"
    label = "registry"
