"""How Django finds this package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The documents package."""

    name = "phueng.documents"
    label = "documents"
