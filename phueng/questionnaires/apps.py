"""How Django finds this package."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """The questionnaires package."""

    name = "phueng.questionnaires"
    label = "questionnaires"
