"""How does Django know this package?"""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo package: no tables of its own."""

    name = "phueng.demo"
    label = "demo"
    verbose_name = "Demo"
