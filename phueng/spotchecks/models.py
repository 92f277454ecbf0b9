"""Who was drawn, who was asked by whom, what did they say, and what became of what does not fit?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from phueng.access.sealed import SealedTextField
from phueng.kernel.privacy import privacy
from phueng.payments.models import Line, Run
from phueng.places.models import Office
from phueng.spotchecks.rules import KINDS, OUTCOMES, RECEIVED, YES_NO

RECEIPT_ANSWERS = ("full", "part", "none")


class Draw(models.Model):
    """The sample of one run: the seed that was laid down before the release, said now, so that anybody can draw it again."""

    PRIVACY = privacy(public="id run seed paid_count wanted margin confidence tries drawn_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=64)
    paid_count = models.PositiveIntegerField(help_text="payments that arrived: the sample is drawn from them")
    wanted = models.PositiveIntegerField(help_text="how many are to be asked")
    margin = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    tries = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wanted__gte=1, wanted__lte=models.F("paid_count")), name="sample_is_part_of_the_run"
            ),
            models.CheckConstraint(condition=Q(tries__gte=1), name="draw_tries_somebody"),
        ]


class Interview(models.Model):
    """One payment of the sample, and the office that asks about it."""

    PRIVACY = privacy(public="id draw line place sort_key office assigned_at unreached_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="interviews")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField(help_text="in the order of the seed, from 1")
    sort_key = models.CharField(max_length=64, help_text="HMAC of the line's reference under the seed, in hex")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", help_text="that asks")
    assigned_at = models.DateTimeField()
    unreached_at = models.DateTimeField(null=True, help_text="tried in vain; the next in the order takes the place")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "place"], name="place_of_a_draw_is_taken_once")]
        indexes = [models.Index(fields=["office", "assigned_at"])]


class Try(models.Model):
    """Somebody could not be reached on this day."""

    PRIVACY = privacy(public="id interview tried_on tried_at", personal="tried_by tried_by_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="tries")
    tried_on = models.DateField()
    tried_at = models.DateTimeField()
    tried_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tried_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "tried_on"], name="one_try_a_day")]


class Sheet(models.Model):
    """What somebody answered, once. The interviewer does not see how much was paid."""

    PRIVACY = privacy(
        public="id interview asked_at",
        personal="asked_by asked_by_name",
        sensitive="received amount_satang received_on asked_back signed_self knows_application visitor words",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="sheet")
    received = models.CharField(max_length=6)
    amount_satang = models.BigIntegerField(null=True)
    received_on = models.DateField(null=True)
    asked_back = models.CharField(max_length=6)
    signed_self = models.CharField(max_length=6)
    knows_application = models.CharField(max_length=6)
    visitor = models.CharField(max_length=300, blank=True, help_text="who came to the home, as the person says")
    words = SealedTextField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__in=RECEIVED)
                & Q(asked_back__in=YES_NO)
                & Q(signed_self__in=YES_NO)
                & Q(knows_application__in=YES_NO),
                name="sheet_answers_are_known",
            ),
            models.CheckConstraint(
                condition=Q(amount_satang__isnull=True) | Q(amount_satang__gte=0), name="received_sum_is_a_sum"
            ),
        ]


class Receipt(models.Model):
    """What the payee says about a payment by themselves. The last one counts; none is overwritten."""

    PRIVACY = privacy(public="id line round answer amount_satang said_at channel", personal="said_by_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=4)
    amount_satang = models.BigIntegerField(null=True, help_text="what came, when it was not all of it")
    said_at = models.DateTimeField()
    channel = models.CharField(max_length=10, default="web")
    said_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "round"], name="receipts_of_a_line_are_counted"),
            models.CheckConstraint(
                condition=Q(answer="part", amount_satang__gt=0)
                | Q(answer__in=("full", "none"), amount_satang__isnull=True),
                name="receipt_says_how_much",
            ),
        ]


class Discrepancy(models.Model):
    """Something that does not fit a payment: from an interview or from the payee. Auditors follow it up, never the payer."""

    PRIVACY = privacy(
        public="id line sheet receipt kind paid_satang found_at outcome closed_at",
        personal="why closed_by closed_by_name",
        sensitive="said_satang",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, related_name="discrepancies")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="discrepancies")
    kind = models.CharField(max_length=20)
    paid_satang = models.BigIntegerField()
    said_satang = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "kind"], name="a_sheet_says_a_thing_once"),
            models.UniqueConstraint(fields=["receipt", "kind"], name="a_receipt_says_a_thing_once"),
            models.CheckConstraint(
                condition=Q(sheet__isnull=True, receipt__isnull=False) | Q(sheet__isnull=False, receipt__isnull=True),
                name="discrepancy_was_said_by_somebody",
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="discrepancy_kind_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at__isnull=True, closed_by__isnull=True, why="")
                | Q(outcome__in=OUTCOMES, closed_at__isnull=False, closed_by__isnull=False) & ~Q(why=""),
                name="closed_discrepancy_says_why",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "found_at"]), models.Index(fields=["line"])]
