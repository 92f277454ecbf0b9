"""Which sums were put into which run, who signed, what did the bank answer?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.access.sealed import SealedTextField
from phueng.entitlements.models import Due
from phueng.kernel.privacy import privacy
from phueng.places.models import Office
from phueng.registry.models import Person


class Run(models.Model):
    """A frozen list of payments: prepared, checked and released by three people."""

    PRIVACY = privacy(
        public="id number pay_route scheme_code office fiscal_year effective_on line_count total_satang lines_root "
        "prepared_at checked_at released_at abandoned_at abandoned_why",
        personal="prepared_by checked_by released_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    pay_route = models.CharField(max_length=20)
    scheme_code = models.CharField(max_length=40)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    line_count = models.PositiveIntegerField()
    total_satang = models.BigIntegerField()
    lines_root = models.CharField(max_length=64, help_text="Merkle root of the frozen lines")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    abandoned_at = models.DateTimeField(null=True)
    abandoned_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(line_count__gt=0, total_satang__gt=0), name="run_pays_somebody"),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("prepared_by"))),
                name="run_is_checked_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | (
                    Q(released_at__isnull=False, released_by__isnull=False, checked_at__isnull=False)
                    & ~Q(released_by=F("prepared_by"))
                    & ~Q(released_by=F("checked_by"))
                ),
                name="run_is_released_by_a_third_person",
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at__isnull=True) | Q(released_at__isnull=True),
                name="released_run_is_not_abandoned",
            ),
            models.CheckConstraint(condition=Q(pay_route__in=("krungthai", "comptroller")), name="pay_route_is_known"),
        ]
        indexes = [models.Index(fields=["office", "prepared_at"])]


class Line(models.Model):
    """One instruction to pay one due. A returned line is never sent again: the due gets a new line."""

    PRIVACY = privacy(
        public="id run number due reference bank_code branch amount_satang paid_at returned_at returned_code dropped_at "
        "settled_on bank_reference",
        personal="person payee_name last_digits",
        sensitive="account national_id",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    payee_name = models.CharField(max_length=200)
    bank_code = models.CharField(max_length=3)
    branch = models.CharField(max_length=4, default="0000")
    account = SealedTextField()
    last_digits = models.CharField(max_length=4)
    national_id = SealedTextField(null=True, help_text="certified lists name the person by number; bank files do not")
    amount_satang = models.BigIntegerField()
    reference = models.CharField(max_length=18, unique=True, help_text="ours, printed in the bank's file; never reused")
    paid_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_code = models.CharField(max_length=60, blank=True)
    dropped_at = models.DateTimeField(null=True, help_text="the run was abandoned before release")
    settled_on = models.DateField(null=True)
    bank_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["due"],
                condition=Q(returned_at__isnull=True, dropped_at__isnull=True),
                name="due_has_one_live_instruction",
            ),
            models.UniqueConstraint(fields=["run", "number"], name="line_number_is_used_once"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="line_pays_something"),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | Q(returned_at__isnull=True), name="paid_line_is_not_returned"
            ),
            models.CheckConstraint(condition=Q(reference__regex=r"^[0-9A-Z]{1,18}$"), name="line_reference_is_ascii"),
        ]
        indexes = [models.Index(fields=["person"])]

    @property
    def standing(self) -> str:
        """unsent, waiting, paid or returned: read from the line's own moments."""
        if self.run.released_at is None:
            return "unsent"
        return "paid" if self.paid_at else "returned" if self.returned_at else "waiting"

    @property
    def office_code(self) -> str:
        """Whose run it stands in."""
        return self.run.office.code


class BankFile(models.Model):
    """The intent and the bytes of one file: stored, hashed and signed before any byte leaves."""

    PRIVACY = privacy(
        public="id run product part name layout_version sha256 line_count total_satang lines_root signature key_id "
        "intended_at sent_at header",
        sensitive="content",
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
    content = models.BinaryField()
    signature = models.CharField(max_length=200)
    key_id = models.CharField(max_length=40)
    intended_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "product", "part"], name="one_file_per_product_and_part"),
            models.CheckConstraint(
                condition=Q(product__in=("direct", "standard", "certified_list")), name="bank_file_product_is_known"
            ),
        ]
        indexes = [models.Index(fields=["intended_at"], condition=Q(sent_at__isnull=True), name="files_to_send")]


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


class ResultFile(models.Model):
    """What the bank (or the Comptroller General) answered, whole; the same bytes count once.

    `office` is whose run it answers; an answer that names no run of ours is everybody's until somebody settles it.
    """

    PRIVACY = privacy(
        public="id name office sha256 received_at imported_at paid_count returned_count suspense_count repeated_count "
        "pending_count",
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
    imported_at = models.DateTimeField(null=True)
    paid_count = models.PositiveIntegerField(default=0)
    returned_count = models.PositiveIntegerField(default=0)
    suspense_count = models.PositiveIntegerField(default=0)
    repeated_count = models.PositiveIntegerField(default=0)
    pending_count = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="result_file_has_sha256")
        ]
        indexes = [models.Index(fields=["office", "received_at"])]


class SuspenseItem(models.Model):
    """A result line we cannot explain (see problems.SUSPENSE). Line 0 is the file as a whole. A person settles it."""

    PRIVACY = privacy(
        public="id result_file line_no reference amount_satang outcome reason_code settled_at",
        personal="settled_by_name settled_why",
        sensitive="stated",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result_file = models.ForeignKey(ResultFile, on_delete=models.PROTECT, related_name="suspense_items")
    line_no = models.PositiveIntegerField()
    reference = models.CharField(max_length=40, blank=True)
    amount_satang = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason_code = models.CharField(max_length=40)
    stated = models.JSONField()
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    settled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result_file", "line_no"], name="suspense_line_is_kept_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(settled_why=""), name="settled_suspense_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["result_file"], condition=Q(settled_at__isnull=True), name="suspense_to_settle")
        ]
