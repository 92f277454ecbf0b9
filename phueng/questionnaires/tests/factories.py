"""What does a sheet of answers look like in a test?"""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from phueng.questionnaires.models import Answer, Sheet

MOMENT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


class SheetFactory(DjangoModelFactory[Sheet]):
    """An open sheet of the family grant."""

    class Meta:
        model = Sheet

    questionnaire_code = "family"
    version = "1"
    started_at = MOMENT


class AnswerFactory(DjangoModelFactory[Answer]):
    """One right answer."""

    class Meta:
        model = Answer

    sheet = factory.SubFactory(SheetFactory)
    question_code = factory.Sequence(lambda n: f"question_{n}")
    typed = "3"
    value = 3
    saved_at = MOMENT
