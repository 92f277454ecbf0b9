"""Which days were proved, and what did not agree?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.kernel.privacy import privacy


class DailyProof(models.Model):
    """One proof that ledger, payments and bank say the same for a day; proving again makes the next round.

    `office_code` "" is all offices. `figures` are what was compared, so that the proof can be read without computing it
    again; `sha256` is that of their canonical form. The PDF is signed when the worker has made it.
    """

    PRIVACY = privacy(
        public="id on office_code round proved_at is_proved difference_count figures sha256 pdf_sha256 pdf_signature "
        "key_id signed_at",
        personal="proved_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField()
    office_code = models.CharField(max_length=20, blank=True, default="")
    round = models.PositiveSmallIntegerField()
    proved_at = models.DateTimeField()
    proved_by_name = models.CharField(max_length=200)
    is_proved = models.BooleanField()
    difference_count = models.PositiveIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="")
    pdf_signature = models.CharField(max_length=200, blank=True, default="")
    key_id = models.CharField(max_length=40, blank=True, default="")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "office_code", "round"], name="day_is_proved_round_by_round"),
            models.CheckConstraint(
                condition=Q(is_proved=True, difference_count=0) | Q(is_proved=False, difference_count__gt=0),
                name="proof_with_differences_is_no_proof",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, pdf_signature="", pdf_sha256="")
                | (Q(signed_at__isnull=False) & ~Q(pdf_signature="") & ~Q(pdf_sha256="")),
                name="signed_proof_has_its_signature",
            ),
        ]


class ProofFinding(models.Model):
    """One thing that did not agree, with what was expected and what was found."""

    PRIVACY = privacy(
        public="id proof number code office_code fund_code expected_satang found_satang about subject_kind subject_id"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proof = models.ForeignKey(DailyProof, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20, blank=True, default="")
    fund_code = models.CharField(max_length=80, blank=True, default="")
    expected_satang = models.BigIntegerField(null=True)
    found_satang = models.BigIntegerField(null=True)
    about = models.CharField(max_length=200, blank=True, default="", help_text="a line, run or movement by its name")
    subject_kind = models.CharField(max_length=30, blank=True, default="")
    subject_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "number"], name="findings_of_a_proof_are_numbered")]
