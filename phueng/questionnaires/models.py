"""What was answered to which question, exactly as typed, and what did we understand?"""

import uuid

from django.db import models

from phueng.access.sealed import SealedJSONField
from phueng.kernel.privacy import privacy


class Sheet(models.Model):
    """One run through a questionnaire (version kept, so an old sheet reads as it was asked)."""

    PRIVACY = privacy(public="id questionnaire_code version started_at closed_at last_page_code")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire_code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    last_page_code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(questionnaire_code=""), name="sheet_has_a_questionnaire")
        ]


class Answer(models.Model):
    """The latest answer to one question. `typed` is what was typed, valid or not; `value` what we understood.

    Both are sealed (AES-GCM): answers hold identity numbers, accounts and people's stories.
    """

    PRIVACY = privacy(public="id sheet question_code problem_code saved_at", sensitive="typed value")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question_code = models.CharField(max_length=60)
    typed = SealedJSONField()
    value = SealedJSONField(null=True)
    problem_code = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question_code"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=models.Q(problem_code="") | models.Q(value__isnull=True),
                name="answer_with_problem_has_no_value",
            ),
        ]
