"""Which sums were put into which run, and who signed for it?"""

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
        "prepared_at wanted_count frozen_at written_at files_digest gfmis_number approvals_needed checked_at released_at "
        "abandoned_at abandoned_why",
        personal="prepared_by released_by",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    pay_route = models.CharField(max_length=20)
    scheme_code = models.CharField(max_length=40)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    # While lines are being gathered these three stand at nothing; they are said once, when the list is frozen.
    line_count = models.PositiveIntegerField(default=0)
    total_satang = models.BigIntegerField(default=0)
    lines_root = models.CharField(max_length=64, blank=True, help_text="Merkle root of the frozen lines")
    prepared_at = models.DateTimeField(help_text="when the maker asked for the list")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wanted_count = models.PositiveIntegerField(default=0, help_text="dues that were ready when the maker asked")
    frozen_at = models.DateTimeField(null=True, help_text="the list is complete and never changes again")
    approvals_needed = models.PositiveSmallIntegerField(default=1, help_text="by the band of the total")
    gfmis_number = models.CharField(
        max_length=20, blank=True, help_text="document that draws the money from the treasury"
    )
    checked_at = models.DateTimeField(null=True, help_text="the last approval that the band asks for")
    written_at = models.DateTimeField(null=True, help_text="the intent of every file is stored")
    files_digest = models.CharField(max_length=64, blank=True, help_text="of one file its SHA-256, of several over all")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    abandoned_at = models.DateTimeField(null=True)
    abandoned_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, line_count=0, total_satang=0, lines_root="")
                | (Q(frozen_at__isnull=False, line_count__gt=0, total_satang__gt=0) & ~Q(lines_root="")),
                name="frozen_run_pays_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) | Q(frozen_at__isnull=False), name="checked_run_is_frozen"
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, files_digest="")
                | (Q(written_at__isnull=False, checked_at__isnull=False) & ~Q(files_digest="")),
                name="files_are_written_after_the_check",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | (
                    Q(released_at__isnull=False, released_by__isnull=False, written_at__isnull=False)
                    & ~Q(released_by=F("prepared_by"))
                ),
                name="run_is_released_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(approvals_needed__range=(1, 3)), name="run_needs_one_to_three_approvals"
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at__isnull=True) | Q(released_at__isnull=True),
                name="released_run_is_not_abandoned",
            ),
            models.CheckConstraint(
                condition=Q(pay_route__in=("krungthai", "iso20022", "comptroller", "counter")),
                name="pay_route_is_known",
            ),
        ]
        indexes = [models.Index(fields=["office", "prepared_at"])]


class Approval(models.Model):
    """One signature under a frozen list. How many a run needs, and from where, its band says (bands.yaml)."""

    PRIVACY = privacy(public="id run nth office approved_at", personal="approved_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="approvals")
    nth = models.PositiveSmallIntegerField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", help_text="for which they signed")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "approved_by"], name="nobody_approves_a_run_twice"),
            models.UniqueConstraint(fields=["run", "nth"], name="approvals_of_a_run_are_counted"),
            models.CheckConstraint(condition=Q(nth__range=(1, 3)), name="approval_is_first_to_third"),
        ]


class Line(models.Model):
    """One instruction to pay one due. A returned line is never sent again: the due gets a new line.

    A paid line comes back only by a confirmed reversal (paid_line_is_reversed_by_two in sql/answers.py); then it has both
    moments, and the later one counts.
    """

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
            models.CheckConstraint(condition=Q(reference__regex=r"^[0-9A-Z]{1,18}$"), name="line_reference_is_ascii"),
        ]
        indexes = [models.Index(fields=["person"])]

    @property
    def standing(self) -> str:
        """unsent, waiting, paid or returned: read from the line's own moments."""
        if self.run.released_at is None:
            return "unsent"
        return "returned" if self.returned_at else "paid" if self.paid_at else "waiting"

    @property
    def office_code(self) -> str:
        """Whose run it stands in."""
        return self.run.office.code
