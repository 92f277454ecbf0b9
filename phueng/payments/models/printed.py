"""What did two people read from a bank's printed report, when no file came?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.documents.models import Evidence
from phueng.kernel.privacy import privacy
from phueng.payments.models.files import BankFile
from phueng.payments.models.results import ResultFile
from phueng.payments.models.runs import Line


class PrintedReport(models.Model):
    """A printed result (037) or return report (038) of one file, its totals typed from the paper, its marks below it.

    Begun by a maker, handed over when marks and totals agree, confirmed by somebody else: only then it counts.
    """

    PRIVACY = privacy(
        public="id file kind evidence settled_on paid_count paid_satang returned_count returned_satang rest_is_paid "
        "begun_at handed_over_at confirmed_at dropped_at result",
        personal="begun_by handed_over_by confirmed_by dropped_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="printed_reports")
    kind = models.CharField(max_length=3)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField(help_text="the bank's day, as printed")
    paid_count = models.PositiveIntegerField()
    paid_satang = models.BigIntegerField()
    returned_count = models.PositiveIntegerField()
    returned_satang = models.BigIntegerField()
    rest_is_paid = models.BooleanField(default=False, help_text="all others of this file were paid")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=300, blank=True)
    result = models.ForeignKey(ResultFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_printed_report_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=("037", "038")), name="printed_report_kind_is_known"),
            models.CheckConstraint(
                condition=Q(paid_satang__gte=0, returned_satang__gte=0)
                & (Q(paid_count__gt=0) | Q(returned_count__gt=0)),
                name="printed_report_says_something",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, handed_over_by__isnull=True)
                | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
                name="handed_over_report_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, result__isnull=True)
                | (
                    Q(
                        confirmed_at__isnull=False,
                        confirmed_by__isnull=False,
                        result__isnull=False,
                        handed_over_at__isnull=False,
                        dropped_at__isnull=True,
                    )
                    & ~Q(confirmed_by=F("begun_by"))
                    & ~Q(confirmed_by=F("handed_over_by"))
                ),
                name="printed_report_is_confirmed_by_somebody_else",
            ),
        ]


class PrintedMark(models.Model):
    """What the paper says about one payment. It may be marked anew until the report is handed over."""

    PRIVACY = privacy(public="id report line outcome reason_code marked_at", personal="marked_by_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(PrintedReport, on_delete=models.PROTECT, related_name="marks")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, help_text="'' takes an earlier mark back")
    reason_code = models.CharField(max_length=40, blank=True)
    marked_at = models.DateTimeField()
    marked_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "line"], name="payment_is_marked_once_in_a_report"),
            models.CheckConstraint(
                condition=Q(outcome__in=("", "paid"), reason_code="") | (Q(outcome="returned") & ~Q(reason_code="")),
                name="returned_mark_says_why",
            ),
        ]
