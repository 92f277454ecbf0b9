"""What does a sheet of answers look like in a test?"""

# mypy: allow-untyped-calls

from datetime import UTC, datetime

from factory.declarations import Sequence, SubFactory
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

    sheet = SubFactory(SheetFactory)
    question_code = Sequence(lambda n: f"question_{n}")
    typed = "3"
    value = 3
    saved_at = MOMENT
