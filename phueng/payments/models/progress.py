"""Who was left out of a run and why, how far its work has come, and what was looked at before money goes?"""

import uuid

from django.db import models
from django.db.models import F, Q

from phueng.entitlements.models import Due
from phueng.kernel.privacy import privacy
from phueng.payments.models.runs import Run
from phueng.registry.models import Person


class Exclusion(models.Model):
    """A sum that was due when a run was prepared and did not go into it; `reason` is a key of problems.EXCLUSIONS."""

    PRIVACY = privacy(public="id run due reason")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="exclusions")
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "due"], name="sum_is_left_out_of_a_run_once"),
            models.CheckConstraint(condition=Q(reason__regex=r"^[a-z_]+$"), name="exclusion_says_why"),
        ]


class Progress(models.Model):
    """How far one step of a run's work has come, and where it goes on: moved with each batch, in its transaction.

    It is the worker's own note, kept for the run's page: what was paid is never read from it.
    """

    PRIVACY = privacy(public="id run step done wanted began_at last_at ended_at trouble place")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="progress")
    step = models.CharField(max_length=10)
    done = models.PositiveIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True, help_text="why it waits; a key of problems.WAITS")
    place = models.JSONField(default=dict, help_text="where the next batch begins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "step"], name="step_of_a_run_has_one_progress"),
            models.CheckConstraint(
                condition=Q(step__in=("ask", "gather", "write", "verify", "send")), name="progress_step_is_known"
            ),
            models.CheckConstraint(condition=Q(last_at__gte=F("began_at")), name="progress_runs_forward"),
        ]
        indexes = [models.Index(fields=["step"], condition=Q(ended_at__isnull=True), name="work_under_way")]


class Verification(models.Model):
    """The root of a run, derived again from its rows at a moment, and whether it is the one that was frozen."""

    PRIVACY = privacy(public="id run lines_root line_count is_right verified_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="verifications")
    lines_root = models.CharField(max_length=64)
    line_count = models.PositiveIntegerField()
    is_right = models.BooleanField()
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "verified_at"], name="run_is_verified_once_at_a_moment"),
        ]


class RegisterWord(models.Model):
    """What the civil register said about a payee when it was asked before a run. The latest word counts."""

    PRIVACY = privacy(
        public="id asked_at said_at register_reference", personal="person standing died_on subdistrict_code"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10)
    died_on = models.DateField(null=True)
    subdistrict_code = models.CharField(max_length=6, blank=True)
    register_reference = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "asked_at"], name="register_is_asked_once_at_a_moment"),
            models.CheckConstraint(
                condition=Q(standing__in=("alive", "dead", "moved", "unknown")), name="register_word_is_known"
            ),
        ]
