"""What was checked, whom did we ask, what did they answer, and what did the officer see at the home?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.applications.models import Application
from phueng.kernel.privacy import privacy
from phueng.questionnaires.models import Sheet


class Check(models.Model):
    """One question put to one source about one application. No answer means waiting, never passed."""

    PRIVACY = privacy(
        public="id application kind round outcome source asked_at answered_at tries next_try_at last_failure",
        sensitive="question answer",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=10, default="waiting")
    question = models.JSONField(default=dict)
    answer = models.JSONField(null=True)
    source = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "round"], name="one_check_of_a_kind_per_round"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", answered_at__isnull=True)
                | (
                    Q(outcome__in=("passed", "failed", "attention"))
                    & Q(answered_at__isnull=False)
                    & Q(answer__isnull=False)
                    & ~Q(source="")
                ),
                name="check_never_passes_without_an_answer",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(outcome="waiting"), name="checks_waiting")]


class Settlement(models.Model):
    """An officer looked at a check that asked for attention and said what holds, and why."""

    PRIVACY = privacy(
        public="id outcome settled_at", personal="why settled_by_id settled_by_name", sensitive="check_asked"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_asked = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="settlement")
    outcome = models.CharField(max_length=10)
    why = models.CharField(max_length=500)
    settled_at = models.DateTimeField()
    settled_by_id = models.UUIDField()
    settled_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=("accepted", "refused")), name="settlement_outcome_is_known"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="settlement_says_why"),
        ]


class Visit(models.Model):
    """A home visit (form ปสค.1): answers, photos and where the visitor stood."""

    PRIVACY = privacy(
        public="id application started_at finished_at accuracy_metres",
        personal="visited_by_id visited_by_name latitude longitude",
        sensitive="sheet",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    visited_by_id = models.UUIDField()
    visited_by_name = models.CharField(max_length=200)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_metres = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(finished_at__isnull=True), name="one_open_visit_per_application"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(5.5, 20.6), longitude__range=(97.2, 105.8)),
                name="visit_is_in_thailand",
            ),
        ]
