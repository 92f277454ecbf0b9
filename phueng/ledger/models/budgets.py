"""Who gave a centre its budget, who moved some of it to another, and who carried it into the next year?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.ledger.models.books import Movement
from phueng.ledger.sources import BUDGET, SOURCES


class BudgetPlan(models.Model):
    """Allotments of one fiscal year as one person at headquarters entered them and another confirmed them.

    Nothing is allotted before it is confirmed; afterwards nothing in it changes. A second plan of the same year adds.
    """

    PRIVACY = privacy(
        public="id fiscal_year reference entered_at confirmed_at dropped_at",
        personal="entered_by entered_by_name confirmed_by confirmed_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fiscal_year = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=200, help_text="the letter that gave the budget")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_by_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["fiscal_year", "entered_at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="budget_plan_names_its_letter"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("entered_by"))),
                name="budget_plan_is_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(dropped_at__isnull=True),
                name="confirmed_budget_plan_is_not_dropped",
            ),
        ]


class PlannedAllotment(models.Model):
    """One line of a plan: this much for this office, scheme and source."""

    PRIVACY = privacy(public="id plan scheme_code source office_code amount_satang movement")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(BudgetPlan, on_delete=models.PROTECT, related_name="allotments")
    scheme_code = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default=BUDGET)
    office_code = models.CharField(max_length=20)
    amount_satang = models.BigIntegerField()
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "scheme_code", "source", "office_code"], name="fund_once_in_a_plan"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="planned_allotment_is_something"),
            models.CheckConstraint(condition=Q(source__in=tuple(SOURCES)), name="planned_source_is_known"),
        ]


class BudgetTransfer(models.Model):
    """Available budget asked for by one person to go from one office to another; two others approve it."""

    PRIVACY = privacy(
        public="id fiscal_year scheme_code source from_office_code to_office_code amount_satang asked_at movement moved_at "
        "withdrawn_at",
        personal="reason asked_by asked_by_name withdrawn_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fiscal_year = models.PositiveSmallIntegerField()
    scheme_code = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default=BUDGET)
    from_office_code = models.CharField(max_length=20)
    to_office_code = models.CharField(max_length=20)
    amount_satang = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["fiscal_year", "asked_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="transfer_moves_something"),
            models.CheckConstraint(
                condition=~Q(from_office_code=F("to_office_code")), name="transfer_goes_to_another_office"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="transfer_has_a_reason"),
            models.CheckConstraint(
                condition=Q(movement__isnull=True, moved_at__isnull=True)
                | Q(movement__isnull=False, moved_at__isnull=False, withdrawn_at__isnull=True),
                name="moved_transfer_is_not_withdrawn",
            ),
        ]


class CarryOver(models.Model):
    """The end of a fund's year (กันเงินไว้เบิกเหลื่อมปี): its open promises go into the next year, the rest lapses.

    The two sums are those that the approvers saw; when they have changed since, it is asked for anew.
    """

    PRIVACY = privacy(
        public="id fiscal_year scheme_code source office_code reserved_satang committed_satang reference asked_at movement "
        "lapse moved_at withdrawn_at",
        personal="asked_by asked_by_name withdrawn_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fiscal_year = models.PositiveSmallIntegerField(help_text="the year that ends")
    scheme_code = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default=BUDGET)
    office_code = models.CharField(max_length=20)
    reserved_satang = models.BigIntegerField()
    committed_satang = models.BigIntegerField()
    reference = models.CharField(max_length=200, help_text="the permission to carry over")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")
    lapse = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "scheme_code", "source", "office_code"],
                condition=Q(withdrawn_at__isnull=True),
                name="fund_is_carried_over_once",
            ),
            models.CheckConstraint(
                condition=Q(reserved_satang__gte=0, committed_satang__gte=0), name="carried_sums_are_not_negative"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="carry_over_has_a_reference"),
            models.CheckConstraint(
                condition=Q(moved_at__isnull=True, movement__isnull=True, lapse__isnull=True)
                | Q(moved_at__isnull=False, withdrawn_at__isnull=True),
                name="moved_carry_over_is_not_withdrawn",
            ),
        ]


class BudgetApproval(models.Model):
    """One approval of a transfer or carry-over, by somebody who did not ask for it."""

    PRIVACY = privacy(
        public="id transfer carry_over office_code role approved_at", personal="approved_by approved_by_name"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    transfer = models.ForeignKey(BudgetTransfer, on_delete=models.PROTECT, null=True, related_name="approvals")
    carry_over = models.ForeignKey(CarryOver, on_delete=models.PROTECT, null=True, related_name="approvals")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20)
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "approved_by"], name="nobody_approves_a_transfer_twice"),
            models.UniqueConstraint(fields=["carry_over", "approved_by"], name="nobody_approves_a_carry_over_twice"),
            models.CheckConstraint(
                condition=Q(transfer__isnull=True, carry_over__isnull=False)
                | Q(transfer__isnull=False, carry_over__isnull=True),
                name="approval_is_of_one_request",
            ),
        ]
