"""What did the bank answer, and what of it can nobody explain yet?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.ledger.models import Movement
from phueng.payments.models.runs import Line
from phueng.places.models import Office


class ResultFile(models.Model):
    """What the bank (or the Comptroller General) answered, whole; the same bytes count once.

    `office` is whose run it answers; an answer that names no run of ours is everybody's until somebody settles it.
    """

    PRIVACY = privacy(
        public="id name office sha256 received_at received_office_code imported_at paid_count returned_count "
        "suspense_count repeated_count pending_count",
        personal="received_by_name",
        sensitive="content",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    received_at = models.DateTimeField()
    received_by_name = models.CharField(max_length=200)
    received_office_code = models.CharField(
        max_length=20, blank=True, help_text="an officer brings answers of the own office only; the worker of all"
    )
    imported_at = models.DateTimeField(null=True, help_text="not yet: the worker takes large files in")
    paid_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)
    suspense_count = models.PositiveIntegerField(default=0)
    repeated_count = models.PositiveIntegerField(default=0)
    pending_count = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="result_file_has_sha256")
        ]
        indexes = [
            models.Index(fields=["office", "received_at"]),
            models.Index(fields=["received_at"], condition=Q(imported_at__isnull=True), name="results_to_take_in"),
        ]


class ResultLine(models.Model):
    """What an answer says about one payment, as it came: added once, never changed, whatever becomes of it here.

    A million of them come in one statement, so the file they belong to is checked once a statement (sql/answers.py).
    The account that an answer may name is compared while it is read, and not kept.
    """

    PRIVACY = privacy(
        public="id result_file position line_no column_no reference outcome reason_code amount_satang settled_on "
        "bank_reference",
    )

    id = models.BigAutoField(primary_key=True)
    result_file = models.ForeignKey(
        ResultFile, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    position = models.PositiveIntegerField(help_text="from 1, in the order of the file")
    line_no = models.PositiveIntegerField()
    column_no = models.PositiveIntegerField()
    reference = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=60)
    amount_satang = models.BigIntegerField(null=True, help_text="a status report may leave it out")
    settled_on = models.DateField(null=True)
    bank_reference = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result_file", "position"], name="answer_says_one_thing_in_one_place"),
            models.CheckConstraint(
                condition=Q(outcome__in=("paid", "returned", "pending")), name="result_outcome_is_known"
            ),
        ]


class SuspenseItem(models.Model):
    """A result line we cannot explain (see problems.SUSPENSE). Line 0 is the file as a whole. A person settles it."""

    PRIVACY = privacy(
        public="id result_file line_no column_no position reference amount_satang outcome reason_code movement settled_at",
        personal="settled_by_name settled_why",
        sensitive="stated",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result_file = models.ForeignKey(ResultFile, on_delete=models.PROTECT, related_name="suspense_items")
    line_no = models.PositiveIntegerField()
    column_no = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0, help_text="of the answer's line; 0: no line could be read")
    reference = models.CharField(max_length=40, blank=True)
    amount_satang = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason_code = models.CharField(max_length=40)
    stated = models.JSONField()
    movement = models.ForeignKey(
        Movement,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="when the bank's statement shows money",
    )
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result_file", "line_no", "position"], name="suspense_line_is_kept_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(settled_why=""), name="settled_suspense_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["result_file"], condition=Q(settled_at__isnull=True), name="suspense_to_settle"),
            models.Index(fields=["reference"]),
        ]


class Reversal(models.Model):
    """A payment that the bank had reported as paid did come back. Two people say so; only then is the line returned.

    The line keeps the day on which it was paid; this row is why it may be returned all the same (sql/answers.py).
    """

    PRIVACY = privacy(
        public="id line suspense_item returned_code noted_at confirmed_at dropped_at",
        personal="noted_by noted_why confirmed_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="reversals")
    suspense_item = models.ForeignKey(SuspenseItem, on_delete=models.PROTECT, related_name="reversals")
    returned_code = models.CharField(max_length=60)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noted_why = models.CharField(max_length=300)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="the second person found another explanation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(dropped_at__isnull=True), name="payment_is_reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False, dropped_at__isnull=True)
                    & ~Q(confirmed_by=F("noted_by"))
                ),
                name="reversal_is_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(noted_why=""), name="reversal_says_why"),
        ]
