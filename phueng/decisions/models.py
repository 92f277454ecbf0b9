"""What was recommended, decided and appealed, by whom, and why?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from phueng.access.models import Delegation
from phueng.applications.models import Application
from phueng.kernel.privacy import privacy
from phueng.places.models import Office


class Recommendation(models.Model):
    """The social worker's proposal with reasons and, where the scheme leaves it open, an amount."""

    PRIVACY = privacy(
        public="id application round outcome amount_satang office recommended_at",
        personal="why recommended_by recommended_by_name",
        sensitive="reasons",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12)
    amount_satang = models.BigIntegerField(null=True)
    reasons = models.JSONField(default=list)
    why = models.TextField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recommended_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_recommendation_per_round"),
            models.CheckConstraint(
                condition=Q(outcome="approve", amount_satang__gt=0)
                | Q(outcome__in=("refuse", "wait_budget"), amount_satang__isnull=True)
                | Q(outcome="wait_budget", amount_satang__gt=0),
                name="recommendation_amount_fits_its_outcome",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="recommendation_says_why"),
        ]


class Meeting(models.Model):
    """A committee sits: agenda, who is there, quorum, minutes."""

    PRIVACY = privacy(
        public="id office scheme_code held_at quorum closed_at called_at", personal="minutes called_by closed_by_name"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    scheme_code = models.CharField(max_length=40)
    held_at = models.DateTimeField()
    quorum = models.PositiveSmallIntegerField()
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    minutes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quorum__gte=2), name="committee_is_more_than_one"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(minutes=""), name="closed_meeting_has_minutes"
            ),
            models.UniqueConstraint(fields=["office", "scheme_code", "held_at"], name="one_meeting_at_a_time"),
        ]


class Attendance(models.Model):
    """A member was there."""

    PRIVACY = privacy(public="id meeting", personal="member is_chair")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="member_attends_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_chair=True), name="meeting_has_one_chair"),
        ]


class AgendaItem(models.Model):
    """A recommendation on the agenda, with its resolution."""

    PRIVACY = privacy(public="id meeting position recommendation resolved_at resolution", personal="note")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    resolution = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=500, blank=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_is_used_once"),
            models.UniqueConstraint(fields=["meeting", "recommendation"], name="case_is_on_an_agenda_once"),
        ]


class Recusal(models.Model):
    """A member left the room for one item, and said why."""

    PRIVACY = privacy(public="id item recused_at", personal="member why")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    recused_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="member_recuses_once")]


class Decision(models.Model):
    """The order of the second person or of the committee. Immutable; an appeal makes a new one."""

    PRIVACY = privacy(
        public="id application recommendation round outcome amount_satang office delegation meeting decided_at "
        "is_appeal_outcome",
        personal="decided_by decided_by_name why",
        sensitive="reasons",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=10)
    amount_satang = models.BigIntegerField(null=True)
    reasons = models.JSONField(default=list)
    why = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    is_appeal_outcome = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "round"], name="one_decision_per_round"),
            models.CheckConstraint(
                condition=Q(outcome="approved", amount_satang__gt=0) | Q(outcome="refused", amount_satang__isnull=True),
                name="decision_amount_fits_its_outcome",
            ),
            models.CheckConstraint(condition=Q(outcome="approved") | ~Q(why=""), name="refusal_says_why"),
        ]


class Appeal(models.Model):
    """The citizen asks for the decision to be looked at again, by somebody else, on its own clock."""

    PRIVACY = privacy(
        public="id decision reference appealed_at channel office settled_at outcome",
        personal="grounds settled_by settled_by_name settled_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    reference = models.CharField(max_length=11, unique=True)
    grounds = models.TextField()
    channel = models.CharField(max_length=10, default="web")
    appealed_at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, blank=True)
    settled_why = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=("", "upheld", "reversed", "late")), name="appeal_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(outcome="") & ~Q(settled_why="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="settled_appeal_says_who_and_why",
            ),
        ]
