"""Which registers were asked for as files, for what, with whose approval, and until when are they kept?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy


class Export(models.Model):
    """A file of many rows that leaves the system: made by the worker, gone after a day.

    Whoever asked cannot approve. The file is sealed, and dropped when its time is over; who took what stays.
    """

    PRIVACY = privacy(
        public="id register layout asked language row_count office_codes needs_approval asked_at approved_at made_at "
        "sha256 size expires_at dropped_at trouble",
        personal="asked_by asked_by_name approved_by approved_by_name purpose",
        sensitive="sealed",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=20)
    layout = models.CharField(max_length=4)
    asked = models.JSONField(help_text="what the register was narrowed to")
    language = models.CharField(max_length=2)
    purpose = models.CharField(max_length=300)
    row_count = models.PositiveIntegerField(help_text="when it was asked for; when it is made, what it holds")
    office_codes = models.JSONField(null=True, help_text="whose rows; null is every office")
    needs_approval = models.BooleanField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(layout__in=("xlsx", "csv", "pdf")), name="export_layout_is_known"),
            models.CheckConstraint(condition=~Q(purpose=""), name="export_says_what_for"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("asked_by"))),
                name="export_is_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(needs_approval=False) | Q(approved_at__isnull=False),
                name="export_is_made_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(needs_approval=True) | Q(row_count__lte=1000), name="many_rows_need_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True) | (Q(made_at__isnull=False, dropped_at__isnull=True) & ~Q(sha256="")),
                name="export_holds_a_file_only_while_kept",
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "asked_at"])]
