"""How does Django know this app?"""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "phueng.design"
    label = "design"
    verbose_name = "The look of the service"
