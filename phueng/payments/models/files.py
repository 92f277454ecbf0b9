"""Which files does a run become, and what went wrong with a whole file?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from phueng.kernel.privacy import privacy
from phueng.payments.models.runs import Run


class BankFile(models.Model):
    """The intent of one file: counted, summed and hashed before anybody releases it, signed before any byte leaves.

    The bytes themselves are derived from its chunks each time, and compared with what was intended.
    """

    PRIVACY = privacy(
        public="id run product part name layout_version sha256 line_count total_satang lines_root signature key_id "
        "intended_at signed_at sent_at header",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="files")
    product = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120, unique=True)
    layout_version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    line_count = models.PositiveIntegerField()
    total_satang = models.BigIntegerField()
    lines_root = models.CharField(max_length=64)
    header = models.JSONField(null=True, help_text="what the file says about us: kept, because settings change")
    signature = models.CharField(max_length=200, blank=True)
    key_id = models.CharField(max_length=40, blank=True)
    intended_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, help_text="at release; before it nobody gets the file")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "product", "part"], name="one_file_per_product_and_part"),
            models.CheckConstraint(
                condition=Q(product__in=("direct", "standard", "credit_transfer", "certified_list", "payment_sheet")),
                name="bank_file_product_is_known",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signature="", sent_at__isnull=True)
                | (Q(signed_at__isnull=False) & ~Q(signature="")),
                name="file_is_signed_before_it_is_sent",
            ),
        ]
        indexes = [models.Index(fields=["intended_at"], condition=Q(sent_at__isnull=True), name="files_to_send")]


class FileChunk(models.Model):
    """Records of a file, rendered when their lines were frozen: compressed, sealed, in the order of the file.

    A file is its header and its chunks, so that a million lines are written without holding them in memory and
    without an account number lying open in the database.
    """

    PRIVACY = privacy(public="id run product part number first_line line_count total_satang sha256", sensitive="sealed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="chunks")
    product = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    first_line = models.PositiveIntegerField(help_text="number of its first line within the run")
    line_count = models.PositiveIntegerField()
    total_satang = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the records before compression and sealing")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "product", "part", "number"], name="chunk_stands_in_one_place"),
            models.CheckConstraint(condition=Q(line_count__gt=0, total_satang__gt=0), name="chunk_holds_something"),
        ]


class FileTrouble(models.Model):
    """Something is wrong with a whole file: the bank did not take it, or it is not what was signed. A person settles it."""

    PRIVACY = privacy(public="id file code said noted_at settled_at", personal="settled_by settled_by_name settled_why")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="troubles")
    code = models.CharField(max_length=20)
    said = models.JSONField(default=list, help_text="the other side's reasons: line, field, th, en")
    noted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "code"], name="trouble_is_noted_once"),
            models.CheckConstraint(
                condition=Q(code__in=("bank_refused", "not_as_signed", "name_taken")), name="trouble_is_known"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_why="")),
                name="settled_trouble_says_who_and_why",
            ),
        ]
